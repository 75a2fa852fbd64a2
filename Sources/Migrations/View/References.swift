import Files
import JSONBytes
import KumoState

/// What happens to references to a queue, table or bucket that gets another name.
public enum ReferencePolicy: String, Sendable, CaseIterable {
  /// ARNs (and queue URLs) that stand as whole texts are rewritten: in the settings of buckets, and in the files of
  /// `DirectoryView.referringServices`. Where one stands inside a longer text (a policy, a template), a note says so.
  case rewrite
  /// They stay.
  case keep
}

/// An ARN or URL that changes.
struct Reference {
  let from: [UInt8]
  let to: [UInt8]
  /// Whether it also stands before a slash: the ARN of a table's stream, of a bucket's objects.
  var isPrefix = false

  /// The new text; nil when the text is another one.
  func rewritten(_ text: [UInt8]) -> [UInt8]? {
    if text == from { return to }
    guard isPrefix, text.count > from.count, text[from.count] == UInt8(ascii: "/"), text.starts(with: from) else {
      return nil
    }
    return to + text[from.count...]
  }
}

extension DirectoryView {
  /// The services, besides S3, in whose files references are rewritten: event source mappings of functions,
  /// subscriptions, rules' targets, pipes and schedules.
  public static let referringServices = ["lambda", "sns", "eventbridge", "pipes", "scheduler"]

  /// Rewrites references in other services' files.
  func rewriteReferences(_ references: [Reference], _ policy: ReferencePolicy) throws {
    guard policy == .rewrite else { return }
    for service in Self.referringServices {
      let name = try RelativePath(text: "\(service).json")
      guard try directory.status(name) != nil else { continue }
      var found = ReferenceCount()
      try rewrite(name) { source, target in
        try Self.rewriteTexts(source, target, references, &found)
      }
      report(found, references, in: "\(name)")
    }
    try rewriteBucketReferences(references)
  }

  /// Rewrites references in the settings of buckets: notifications, logging, replication.
  private func rewriteBucketReferences(_ references: [Reference]) throws {
    guard try directory.status(Self.bucketsFile) != nil else { return }
    var visitor = SettingsVisitor(references: references)
    try rewrite(Self.bucketsFile) { source, target in
      try S3Rewriter.rewrite(source: source, target: target, visitor: &visitor)
    }
    touched.merge("s3", visitor.changed)
    report(visitor.count, references, in: "\(Self.bucketsFile)")
  }

  private func report(_ count: ReferenceCount, _ references: [Reference], in file: String) {
    if count.rewritten > 0 {
      touched.merge(String(file.dropLast(".json".count)), [])
      note("\(file): \(count.rewritten) reference(s) to \(Printable.text(references[0].from)) rewritten")
    }
    if count.inside > 0 {
      note(
        "\(file): \(Printable.text(references[0].from)) stands inside \(count.inside) longer text(s), which stay as they are"
      )
    }
  }

  /// Copies a file with every text that is a reference replaced; keys and everything else stay.
  private static func rewriteTexts(
    _ source: ReadableFile, _ target: WritableFile, _ references: [Reference], _ found: inout ReferenceCount
  ) throws -> RewriteOutcome {
    let reader = JSONReader.rewriting(source)
    var writer = SpliceWriter(source: source, target: target)
    var tape = JSONTape()
    while try reader.next() != .end {
      guard reader.token == .string else { continue }
      try reader.capture(into: &tape)
      let root = tape.root
      if let text = root.string(), let new = found.rewritten(text, references) {
        try writer.replace(root.range, with: JSONText.string(new))
      }
    }
    let outcome = RewriteOutcome(isChanged: writer.spliceCount > 0)
    try writer.finish()
    return outcome
  }
}

/// How many references were found.
struct ReferenceCount {
  var rewritten = 0
  var inside = 0

  /// The new text of a reference; counts it, and texts that only contain one.
  mutating func rewritten(_ text: [UInt8], _ references: [Reference]) -> [UInt8]? {
    for reference in references {
      if let new = reference.rewritten(text) {
        rewritten += 1
        return new
      }
      if text.count > reference.from.count, Self.contains(text, reference.from) { inside += 1 }
    }
    return nil
  }

  /// Whether a longer text has the name in it, as a name of its own and not as a part of a longer one.
  private static func contains(_ text: [UInt8], _ name: [UInt8]) -> Bool {
    guard let first = name.first else { return false }
    var start = 0
    while let place = text[start...].firstIndex(of: first), place + name.count <= text.count {
      let end = place + name.count
      if text[place..<end].elementsEqual(name) {
        guard end < text.count else { return true }
        let next = text[end]
        let isName =
          next == UInt8(ascii: "-") || next == UInt8(ascii: "_") || next == UInt8(ascii: ".")
          || (0x30...0x39).contains(next) || (0x41...0x5A).contains(next & 0xDF)
        if !isName { return true }
      }
      start = place + 1
    }
    return false
  }
}

/// Rewrites references in the settings of all buckets.
private struct SettingsVisitor: S3Rewriter.Visitor {
  let references: [Reference]
  var count = ReferenceCount()
  var changed: Set<[UInt8]> = []

  mutating func setting(_ name: [UInt8], _ value: JSONNode, of bucket: [UInt8]) throws -> RewriteVerdict {
    guard value.isObject || value.isArray || value.isString else { return .keep }
    let before = count.rewritten
    let json = try rewritten(value)
    guard count.rewritten > before else { return .keep }
    changed.insert(bucket)
    return .replace(key: nil, value: json)
  }

  /// The value with its references replaced; what is around them stays as it is.
  private mutating func rewritten(_ value: JSONNode) throws -> [UInt8] {
    let raw = value.rawBytes
    var options = JSONReader.Options()
    options.duplicateKeys = .allow
    options.loneSurrogates = .allow
    let reader = JSONReader(bytes: raw, options: options)
    var output: [UInt8] = []
    var position = 0
    while try reader.next() != .end {
      guard reader.token == .string else { continue }
      let start = reader.tokenOffset
      let end = start + 2 + (try reader.withTokenBytes { $0.count })
      guard let new = count.rewritten(try reader.string(), references) else { continue }
      output += raw[position..<start] + JSONText.string(new)
      position = end
    }
    return output + raw[position...]
  }
}

/// What a visitor says that is not interested.
extension S3Rewriter.Visitor {
  mutating func bucket(_ name: [UInt8]) throws -> RewriteVerdict { .keep }
  mutating func setting(_ name: [UInt8], _ value: JSONNode, of bucket: [UInt8]) throws -> RewriteVerdict { .keep }
  mutating func object(_ entry: S3Entry, in bucket: [UInt8]) throws -> S3Verdict { .keep }
  mutating func version(_ entry: S3Entry, index: Int, in bucket: [UInt8]) throws -> S3Verdict { .keep }
  mutating func versionList(of key: [UInt8], in bucket: [UInt8]) throws -> [UInt8]? { nil }
  mutating func additions(to bucket: [UInt8]) throws -> [S3Addition] { [] }
  mutating func newBuckets() throws -> [RewriteEntry] { [] }
}
