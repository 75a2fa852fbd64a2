import JSONBytes
import KumoState

/// Attribute values of DynamoDB items: by type, sets without order, numbers as their text, bytes as bytes
/// (kumo-format.md 3.3).
extension CanonicalBytes {
  /// A whole item, or the content of an `M`.
  mutating func append(item node: JSONNode) {
    guard node.isObject else { return append(asJSON: node) }
    var members: [(name: [UInt8], content: [UInt8])] = []
    members.reserveCapacity(node.count)
    for (key, value) in node.members {
      var content = CanonicalBytes()
      content.append(attribute: value)
      members.append((key.string() ?? [], content.bytes))
    }
    append(members: members)
  }

  /// One attribute value.
  mutating func append(attribute node: JSONNode) {
    guard node.isObject else { return append(asJSON: node) }
    var parts: [(type: AttributeType, content: JSONNode)] = []
    var strangers = CanonicalBytes()
    for (key, content) in node.members {
      if let type = AttributeType(key: key) {
        // KUMO reads null as none of the type.
        if !content.isNull { parts.append((type, content)) }
      } else {
        strangers.append(.text, key.string() ?? [])
        strangers.append(asJSON: content)
      }
    }
    if parts.isEmpty { append(.untyped) }
    if parts.count > 1 { parts.sort { $0.type.rawValue < $1.type.rawValue } }
    for part in parts { append(part.type, part.content) }
    if !strangers.bytes.isEmpty { append(.state, strangers.bytes) }
  }

  private mutating func append(_ type: AttributeType, _ content: JSONNode) {
    append(.attribute)
    append(count: Int(type.rawValue))
    switch type {
    case .string, .number:
      content.isString ? append(.text, content.string() ?? []) : append(asJSON: content)
    case .binary:
      append(base64: content)
    case .stringSet, .numberSet, .binarySet:
      guard content.isArray else { return append(asJSON: content) }
      var elements: [[UInt8]] = []
      for element in content.elements {
        var bytes = CanonicalBytes()
        type == .binarySet ? bytes.append(base64: element) : bytes.append(asJSON: element)
        elements.append(bytes.bytes)
      }
      elements.sort { $0.lexicographicallyPrecedes($1) }
      append(.array, count: elements.count)
      for element in elements { append(raw: element) }
    case .map:
      append(item: content)
    case .list:
      guard content.isArray else { return append(asJSON: content) }
      append(.array, count: content.count)
      for element in content.elements { append(attribute: element) }
    case .null, .bool:
      append(asJSON: content)
    }
  }

  private mutating func append(base64 node: JSONNode) {
    guard let text = node.string() else { return append(asJSON: node) }
    if let bytes = try? Base64Decoder.decode(text) { append(.bytes, bytes) } else { append(.text, text) }
  }
}
