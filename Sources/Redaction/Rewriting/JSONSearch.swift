import JSONBytes

/// Searches one JSON value: every key, string and number of it, each as what it stands for.
///
/// With the structure of a service's file, places decide first and the detectors see the strings without KUMO's own
/// names around them. Without it the value is somebody's document: the detectors see it as it is, so that a name can
/// say what its value is, and what they find is cut to the strings it lies in. Either way the result is JSON again.
struct JSONSearch {
  /// A string to be searched.
  private struct Segment {
    /// Between the quotes, from the value's first byte.
    let content: Range<Int>
    /// The text without escapes, when it has any.
    let mapped: MappedText?
    /// Where its text stands in the bytes that the detectors see.
    let place: Range<Int>
    /// Where it stands in the directory; empty when nobody asks.
    let address: [UInt8]
  }

  /// The longest document that is no service's and is taken apart, in bytes, and how deep it may be: it takes ten
  /// times its length.
  private static let longestDocument = 8 << 20
  private static let deepest = 200

  private let search: ContentSearch
  private let raw: UnsafeRawBufferPointer
  private let origin: Int
  private let depth: Int
  private let structure: ServiceStructure?
  /// The structure, or what holds for documents that belong to no service.
  private let names: ServiceStructure
  private var segments: [Segment] = []
  private var batch: [UInt8] = []
  private var claims: [Claim] = []
  /// Where the current value stands in the directory, for the policy; empty when there is none.
  private var address: [UInt8] = []

  /// The value of a text that is a JSON object or array and nothing else; nil for any other text.
  static func document(in text: UnsafeRawBufferPointer) -> JSONNode? {
    guard text.count >= 2, text.count <= longestDocument, let first = text.first(where: { $0 > 0x20 }),
      let last = text.last(where: { $0 > 0x20 })
    else { return nil }
    guard (first, last) == (UInt8(ascii: "{"), UInt8(ascii: "}")) || (first, last) == (0x5B, 0x5D) else { return nil }
    var options = JSONReader.Options()
    options.maxDepth = deepest
    options.duplicateKeys = .allow
    options.loneSurrogates = .allow
    return (try? JSONTape(parsing: Array(text), options: options))?.root
  }

  /// The claims on a document inside something else; nil when it is none.
  ///
  /// - Throws: as `ContentSearch.claims`.
  static func claims(
    in text: UnsafeRawBufferPointer, _ search: ContentSearch, depth: Int
  ) throws(RedactionError) -> [Claim]? {
    guard let root = document(in: text) else { return nil }
    var document = JSONSearch(search, text, origin: 0, depth: depth, structure: nil)
    try document.walk(root, document.names.root)
    return try document.finish()
  }

  /// The claims on a record of a service's file, counted from its first byte.
  ///
  /// - Throws: as `ContentSearch.claims`.
  static func claims(
    in record: JSONNode, at place: ServiceStructure.Place, of structure: ServiceStructure, _ search: ContentSearch,
    origin: [UInt8]
  ) throws(RedactionError) -> [Claim] {
    var failure: RedactionError?
    let claims = record.withRawBytes { raw -> [Claim] in
      do throws(RedactionError) {
        var value = JSONSearch(search, raw, origin: record.offset, depth: 0, structure: structure)
        value.address = origin
        try value.walk(record, place)
        return try value.finish()
      } catch {
        failure = error
        return []
      }
    }
    if let failure { throw failure }
    return claims
  }

  private init(
    _ search: ContentSearch, _ raw: UnsafeRawBufferPointer, origin: Int, depth: Int, structure: ServiceStructure?
  ) {
    self.search = search
    self.raw = raw
    self.origin = origin
    self.depth = depth
    self.structure = structure
    names = structure ?? ServiceStructure(nil, takesPersonal: false, policy: search.detector.policy)
  }

  private mutating func walk(_ node: JSONNode, _ place: ServiceStructure.Place) throws(RedactionError) {
    let names = names
    let search = search
    switch node.kind {
    case .object:
      let pairName = Self.pairName(of: node)
      for (key, value) in node.members {
        let name = key.string() ?? []
        var child = names.child(of: place, key: name)
        if let pairName, Self.isValueName(name), value.isString {
          child.name = pairName
          child.isUserNamed = true
        }
        let outer = address
        if !outer.isEmpty { address = JSONPointer.appended(name, to: outer) }
        if name.count >= 8 { try visit(key, name, at: names.keyPlace(at: place)) }
        try walk(value, child)
        address = outer
      }
    case .array:
      let outer = address
      var index = 0
      for element in node.elements {
        if !outer.isEmpty { address = JSONPointer.appended(Array(String(index).utf8), to: outer) }
        try walk(element, names.element(of: place))
        index += 1
      }
      address = outer
    case .string:
      guard let value = node.string(), !value.isEmpty else { return }
      switch names.verdict(at: place, value: value, address: address) {
      case .search: try visit(node, value)
      case .take(let place):
        try take(node, value) { (text) throws(RedactionError) in try search.structuralClaims(in: text, at: place) }
      case .body:
        try take(node, value) { (text) throws(RedactionError) in try search.bodyClaims(inBase64: text) }
      }
    case .number:
      guard case .take(let place) = names.verdict(at: place, value: [], address: address),
        place.rule == "structure" || place.rule == "policy"
      else { return }
      let range = range(of: node)
      if let claim = try search.numberClaim(range, of: raw, rule: place.rule) { claims.append(claim) }
    default: break
    }
  }

  /// `{"Key": name, "Value": …}` and the like: the name of the value. A parameter of type SecureString is a secret
  /// whatever its name.
  private static func pairName(of node: JSONNode) -> [UInt8]? {
    if node.member(folding: "type")?.stringEquals("SecureString") == true { return Array("secret".utf8) }
    guard node.count >= 2, node.count <= 8 else { return nil }
    return (node.member(folding: "key") ?? node.member(folding: "name"))?.string()
  }

  private static func isValueName(_ name: [UInt8]) -> Bool {
    name.count == 5 && (name.elementsEqual("Value".utf8) || name.elementsEqual("value".utf8))
  }

  private func range(of node: JSONNode) -> Range<Int> {
    let start = node.offset - origin
    return start..<(start + node.withRawBytes { $0.count })
  }

  /// - Parameter place: what a key is whose place makes it secret.
  private mutating func visit(
    _ node: JSONNode, _ value: [UInt8], at place: SecretPlace? = nil
  ) throws(RedactionError) {
    if let place {
      let search = search
      return try take(node, value) { (text) throws(RedactionError) in try search.structuralClaims(in: text, at: place) }
    }
    guard value.count >= 4 else { return }
    let whole = range(of: node)
    let content = (whole.lowerBound + 1)..<(whole.upperBound - 1)
    let isPlain = content.count == value.count
    let mapped = isPlain ? nil : MappedText(escaped: UnsafeRawBufferPointer(rebasing: raw[content]))
    guard structure != nil else {
      segments.append(Segment(content: content, mapped: mapped, place: content, address: []))
      return
    }
    let start = batch.count
    batch += value
    segments.append(Segment(content: content, mapped: mapped, place: start..<batch.count, address: address))
    // What ends one string must not begin a finding in the next one.
    batch += [0x0A, 0x0A]
    if batch.count > 1 << 20 { try flush() }
  }

  /// Claims on a string's text become claims on the string.
  private mutating func take(
    _ node: JSONNode, _ value: [UInt8],
    _ body: (UnsafeRawBufferPointer) throws(RedactionError) -> [Claim]
  ) throws(RedactionError) {
    let whole = range(of: node)
    let content = (whole.lowerBound + 1)..<(whole.upperBound - 1)
    let found = try value.withBytes { (text) throws(RedactionError) in try body(text) }
    guard !found.isEmpty else { return }
    let mapped =
      content.count == value.count ? nil : MappedText(escaped: UnsafeRawBufferPointer(rebasing: raw[content]))
    append(found, content, mapped)
  }

  private mutating func append(_ found: [Claim], _ content: Range<Int>, _ mapped: MappedText?) {
    let source = UnsafeRawBufferPointer(rebasing: raw[content])
    for claim in found {
      if let mapped {
        claims.append(search.translated(claim, by: mapped, source, content.lowerBound, false))
      } else {
        var claim = claim
        claim.range = (claim.range.lowerBound + content.lowerBound)..<(claim.range.upperBound + content.lowerBound)
        if search.mode != .collect { claim.replacement = EscapeForm.encode(claim.replacement) }
        claims.append(claim)
      }
    }
  }

  /// Searches the strings gathered so far.
  private mutating func flush() throws(RedactionError) {
    let found: [Detection]
    if structure == nil {
      found = try search.detect(raw)
    } else {
      found = try batch.withBytes { (bytes) throws(RedactionError) in try search.detect(bytes) }
    }
    var next = 0
    let sorted = found.sorted { $0.range.lowerBound < $1.range.lowerBound }
    for segment in segments {
      while next < sorted.count, sorted[next].range.upperBound <= segment.place.lowerBound { next += 1 }
      var own: [Detection] = []
      for detection in sorted[next...] {
        guard detection.range.lowerBound < segment.place.upperBound else { break }
        if let cut = cut(detection, to: segment) { own.append(cut) }
      }
      try search(segment, own)
    }
    segments.removeAll(keepingCapacity: true)
    batch.removeAll(keepingCapacity: true)
  }

  /// The part of a detection that lies in a string, counted from the beginning of its text.
  private func cut(_ detection: Detection, to segment: Segment) -> Detection? {
    let part = detection.range.clamped(to: segment.place)
    guard !part.isEmpty else { return nil }
    var (start, end) = (part.lowerBound - segment.place.lowerBound, part.upperBound - segment.place.lowerBound)
    if structure == nil, let mapped = segment.mapped {
      start = mapped.place(ofSource: start)
      end = mapped.place(ofSource: end)
    }
    guard start < end else { return nil }
    return Detection(rule: detection.rule, kind: detection.kind, range: start..<end)
  }

  private mutating func search(_ segment: Segment, _ found: [Detection]) throws(RedactionError) {
    let deeper = structure == nil ? depth + 1 : depth
    let content = UnsafeRawBufferPointer(rebasing: raw[segment.content])
    if !segment.address.isEmpty { search.place = segment.address }
    let result: [Claim]
    if let mapped = segment.mapped {
      let isDocument = structure == nil
      result = try mapped.bytes.withBytes { (text) throws(RedactionError) in
        // The document showed the detectors the text with its escapes.
        let all = isDocument ? found + (try search.detect(text)) : found
        return try search.claims(in: text, found: all, depth: deeper)
      }
    } else {
      guard content.count >= 8 || !found.isEmpty else { return }
      result = try search.claims(in: content, found: found, depth: deeper)
    }
    if !result.isEmpty { append(result, segment.content, segment.mapped) }
  }

  private mutating func finish() throws(RedactionError) -> [Claim] {
    try flush()
    return claims.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}

extension JSONPointer {
  /// A place in a directory with one more step (RFC 6901).
  fileprivate static func appended(_ step: [UInt8], to address: [UInt8]) -> [UInt8] {
    address + JSONPointer().appending(key: step).bytes
  }
}

extension MappedText {
  /// The first decoded byte that begins at or after a place of the source.
  func place(ofSource offset: Int) -> Int {
    var (low, high) = (0, places.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if Int(places[middle]) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension ContentSearch {
  /// The claim on an S3 body in base64: the body is searched as its blob is, and encoded again.
  ///
  /// - Throws: as `claims(in:)`.
  func bodyClaims(inBase64 text: UnsafeRawBufferPointer) throws(RedactionError) -> [Claim] {
    guard let body = Base64Text(text) else { return try claims(in: text) }
    let found = try body.bytes.withBytes { (content) throws(RedactionError) -> ([Claim], [UInt8]) in
      let inner = try bodyClaims(in: content)
      return (inner, inner.isEmpty || mode == .collect ? [] : inner.applied(to: content))
    }
    guard !found.0.isEmpty else { return [] }
    let replacement = mode == .collect ? [] : body.encode(found.1)
    return [
      Claim(range: 0..<text.count, replacement: replacement, isSecret: false, hits: found.0.nested(in: "base64"))
    ]
  }

  /// The claims on a body that is held, by the same way as on a blob of its length.
  private func bodyClaims(in content: UnsafeRawBufferPointer) throws(RedactionError) -> [Claim] {
    var claims: [Claim] = []
    do {
      try ContentFileSearch.run(self, size: content.count, read: { Array(content[$0]) }) { claims.append($0) }
    } catch let error as RedactionError {
      throw error
    } catch {
      throw RedactionError(.engine, "a body could not be searched")
    }
    return claims
  }
}
