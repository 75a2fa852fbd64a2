import CVectorscan

/// One thread's room to scan in: Vectorscan's scratch space, PCRE2's match data and lists that keep their memory.
package final class ScanSession {
  // What the scanner holds and not the scanner itself, whose pool holds sessions.
  private let rules: RuleSet
  private let database: CandidateDatabase
  private let table: PatternTable
  private var patterns: [ConfirmingPattern?]
  private let scratch: OpaquePointer
  private let matcher: Matcher
  private let collector: CandidateCollector
  private var named: [UInt8] = []

  init(_ scanner: SecretScanner) throws(RedactionError) {
    rules = scanner.rules
    database = scanner.database
    table = scanner.patterns
    patterns = Array(repeating: nil, count: rules.rules.count)
    matcher = try Matcher(groups: rules.mostGroups)
    collector = CandidateCollector(reaches: database.reaches)
    var made: OpaquePointer?
    guard hs_alloc_scratch(database.database, &made) == HS_SUCCESS, let made else {
      throw RedactionError(.engine, "no memory to search for secrets in")
    }
    scratch = made
  }

  deinit { hs_free_scratch(scratch) }

  /// As `SecretScanner.scan(_:into:)`.
  package func scan(_ bytes: UnsafeRawBufferPointer, into detections: inout [Detection]) throws(RedactionError) {
    var found: [Detection] = []
    try scanAll(bytes, into: &found)
    found.resolve(rules)
    detections.append(contentsOf: found)
  }

  /// Adds what every rule finds, rule by rule, also what lies inside something else: for telling why.
  ///
  /// - Throws: as `SecretScanner.scan(_:into:)`.
  package func scanAll(_ bytes: UnsafeRawBufferPointer, into found: inout [Detection]) throws(RedactionError) {
    guard !bytes.isEmpty else { return }
    collector.reset()
    try search(bytes, Unmanaged.passUnretained(collector).toOpaque()) { rule, _, end, _, context in
      guard let context else { return 1 }
      Unmanaged<CandidateCollector>.fromOpaque(context).takeUnretainedValue().add(rule: Int(rule), end: Int(end))
      return 0
    }
    guard !collector.places.isEmpty else { return }
    for place in collector.takeSorted() { try confirm(place, in: bytes, into: &found) }
  }

  /// Adds the last byte of every candidate of any rule, and of every word that makes a name telling, as a range; nothing
  /// is confirmed.
  ///
  /// - Throws: `.engine`.
  func candidateEnds(
    in bytes: UnsafeRawBufferPointer, into ends: inout [Range<Int>]
  ) throws(RedactionError) {
    let collected = EndCollector()
    try search(bytes, Unmanaged.passUnretained(collected).toOpaque()) { _, _, end, _, context in
      guard let context else { return 1 }
      Unmanaged<EndCollector>.fromOpaque(context).takeUnretainedValue().add(end: Int(end))
      return 0
    }
    ends += collected.ends
  }

  private func search(
    _ bytes: UnsafeRawBufferPointer, _ context: UnsafeMutableRawPointer, _ found: match_event_handler
  ) throws(RedactionError) {
    guard bytes.count <= SecretScanner.maximumBlock else {
      throw RedactionError(.engine, "a block of \(bytes.count) bytes is more than one scan takes")
    }
    let start = bytes.bindMemory(to: CChar.self).baseAddress
    let result = hs_scan(database.database, start, UInt32(bytes.count), 0, scratch, found, context)
    guard result == HS_SUCCESS else { throw RedactionError(.engine, "Vectorscan failed with \(result)") }
  }

  /// Finds secrets in a value whose name stands elsewhere, such as a JSON string under a key: as if `name = "value"`
  /// were one text. Bounds are those in the value.
  ///
  /// - Throws: as `SecretScanner.scan(_:into:)`.
  package func scan(
    _ value: UnsafeRawBufferPointer, named name: some Collection<UInt8>, into detections: inout [Detection]
  ) throws(RedactionError) {
    // A long value is a document with names of its own, and copying it would cost more than it finds.
    guard !name.isEmpty, name.count <= 256, value.count <= 4096 else { return try scan(value, into: &detections) }
    named.removeAll(keepingCapacity: true)
    named.append(UInt8(ascii: "\""))
    named.append(contentsOf: name)
    named.append(contentsOf: "\": \"".utf8)
    let origin = named.count
    named.append(contentsOf: value)
    named.append(UInt8(ascii: "\""))
    var found: [Detection] = []
    let text = named
    try text.withUnsafeBufferPointer { (buffer) throws(RedactionError) -> Void in
      try scan(UnsafeRawBufferPointer(buffer), into: &found)
    }
    for detection in found where detection.range.lowerBound >= origin && detection.range.upperBound < text.count {
      detections.append(detection.shifted(by: -origin))
    }
  }

  private func confirm(
    _ place: CandidatePlaces, in bytes: UnsafeRawBufferPointer, into found: inout [Detection]
  ) throws(RedactionError) {
    let rule = rules.rules[place.rule]
    let pattern = try pattern(place.rule)
    var next = place.starts.lowerBound
    let last = min(place.starts.upperBound, bytes.count)
    while next <= last {
      let match = try matcher.first(pattern, in: bytes, starts: next...last, group: rule.group, rule: rule.id)
      guard let match else { return }
      let isSecret =
        !match.secret.isEmpty && rule.accepts(UnsafeRawBufferPointer(rebasing: bytes[match.secret]))
        && (!rule.check.takesAnyText || TextSurroundings.hold(match.whole, match.secret, in: bytes))
      if isSecret { found.append(Detection(rule: place.rule, kind: rule.kind, range: match.secret)) }
      // After a refused match, another may begin inside it; after a secret, none of this rule does.
      next = isSecret ? max(match.whole.upperBound, match.whole.lowerBound + 1) : match.whole.lowerBound + 1
    }
  }

  private func pattern(_ rule: Int) throws(RedactionError) -> ConfirmingPattern {
    if let held = patterns[rule] { return held }
    let made = try table.pattern(rule)
    patterns[rule] = made
    return made
  }
}

extension SecretRule {
  /// Whether the value passes the rule's check and is no known example.
  func accepts(_ value: UnsafeRawBufferPointer) -> Bool {
    guard check.accepts(value) else { return false }
    if Placeholders.isMarked(value) { return false }
    return !allowed.contains { $0.utf8.elementsEqual(value) }
  }
}
