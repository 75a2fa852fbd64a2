import JSONBytes

/// Makes the map keys of a table's items as KUMO makes them (kumo-format.md 3.2), using its memory again and again.
///
/// `ItemKey` says the same of values in memory; this reads them from the file's own bytes, millions of them.
package struct DynamoDBItemKeys {
  /// What an item has at one key attribute.
  package enum Part: Sendable, Equatable {
    /// Nothing: KUMO leaves the part out.
    case absent
    /// A value of this type; KUMO puts S, N and B into the key and a random text for the others.
    case value(AttributeType)
    /// A value without a type.
    case untyped
    /// A value that KUMO cannot read: the generic pass reports it.
    case unreadable
  }

  /// The names of the table's key attributes in the order of `KeySchema`.
  package let names: [[UInt8]]
  /// What the last item has at each of them.
  package private(set) var parts: [Part]
  /// The last item's map key, bytes that are not UTF-8 already replaced, as Go does.
  package private(set) var bytes: [UInt8] = []
  /// Whether bytes of a binary key attribute had to be replaced.
  package private(set) var isRepaired = false

  /// Makes keys for a table with these key attributes.
  package init(names: [[UInt8]]) {
    self.names = names
    parts = Array(repeating: .absent, count: names.count)
  }

  /// Whether every part of the last item's key is one that KUMO makes again: S, N or B, or absent.
  package var isPredictable: Bool {
    parts.allSatisfy {
      switch $0 {
      case .absent, .value(.string), .value(.number), .value(.binary): true
      default: false
      }
    }
  }

  /// Makes the key of an item.
  package mutating func make(from item: JSONNode) {
    bytes.removeAll(keepingCapacity: true)
    isRepaired = false
    var hasBinary = false
    for index in names.indices {
      guard let value = item[names[index]] else {
        parts[index] = .absent
        continue
      }
      if !bytes.isEmpty { bytes.append(UInt8(ascii: "|")) }
      parts[index] = append(value)
      hasBinary = hasBinary || parts[index] == .value(.binary)
    }
    if hasBinary, let repaired = GoText.replacingInvalidUTF8(in: bytes) {
      bytes = repaired
      isRepaired = true
    }
  }

  /// Appends one part; with several types in a value KUMO takes S before N before B.
  private mutating func append(_ value: JSONNode) -> Part {
    guard value.isObject else { return value.isNull ? .untyped : .unreadable }
    var found: (type: AttributeType, content: JSONNode)?
    for (key, content) in value.members where !content.isNull {
      guard let type = AttributeType(key: key) else { continue }
      if let other = found, other.type.rawValue < type.rawValue { continue }
      found = (type, content)
    }
    guard let found else { return .untyped }
    switch found.type {
    case .string: return appendText(found.content, prefix: "S:") ? .value(.string) : .unreadable
    case .number: return appendText(found.content, prefix: "N:") ? .value(.number) : .unreadable
    case .binary:
      guard let text = found.content.string(), let raw = try? Base64Decoder.decode(text) else { return .unreadable }
      bytes.append(contentsOf: "B:".utf8)
      bytes.append(contentsOf: raw)
      return .value(.binary)
    default: return .value(found.type)
    }
  }

  private mutating func appendText(_ content: JSONNode, prefix: StaticString) -> Bool {
    guard content.isString else { return false }
    prefix.withUTF8Buffer { bytes.append(contentsOf: $0) }
    var key = bytes
    bytes = []
    let isPlain = content.withRawBytes { raw in
      let inner = UnsafeRawBufferPointer(rebasing: raw.dropFirst().dropLast())
      guard !inner.contains(UInt8(ascii: "\\")) else { return false }
      key.append(contentsOf: inner)
      return true
    }
    if !isPlain { key.append(contentsOf: content.string() ?? []) }
    bytes = key
    return true
  }
}
