import JSONBytes

extension AttributeValue {
  /// The deepest value that is read: reading goes into itself once a level.
  private static let maximumDepth = 200

  /// Reads a value as it stands in `dynamodb.json` or in a request to DynamoDB: an object with one member that names
  /// the type.
  ///
  /// Nil for anything else: no type, two types, an unknown one, a number that is no string, bad base64, `null` inside.
  package init?(_ node: JSONNode) {
    self.init(node.opened, depth: 0)
  }

  private init?(_ node: JSONNode, depth: Int) {
    guard node.isObject, node.count == 1, depth < Self.maximumDepth,
      let member = node.members.first(where: { _ in true }), let type = AttributeType(key: member.key)
    else { return nil }
    let content = member.value
    switch type {
    case .string:
      guard let text = content.string() else { return nil }
      self = .s(text)
    case .number:
      guard let text = content.string() else { return nil }
      self = .n(text)
    case .binary:
      guard let bytes = Self.binary(content) else { return nil }
      self = .b(bytes)
    case .stringSet:
      guard let texts = Self.all(content, { $0.string() }) else { return nil }
      self = .ss(texts)
    case .numberSet:
      guard let texts = Self.all(content, { $0.string() }) else { return nil }
      self = .ns(texts)
    case .binarySet:
      guard let values = Self.all(content, Self.binary) else { return nil }
      self = .bs(values)
    case .list:
      guard let values = Self.all(content, { AttributeValue($0, depth: depth + 1) }) else { return nil }
      self = .l(values)
    case .map:
      guard let members = Self.members(content, depth: depth + 1) else { return nil }
      self = .m(members)
    case .bool:
      guard let value = content.bool() else { return nil }
      self = .bool(value)
    case .null:
      guard content.bool() != nil else { return nil }
      self = .null
    }
  }

  /// Reads the attributes of an item, sorted by the bytes of their names; nil when one of them is no attribute value.
  package static func item(_ node: JSONNode) -> [AttributeMember]? {
    members(node, depth: 0)
  }

  /// The value as JSON in KUMO's form.
  package var json: [UInt8] {
    var writer = JSONWriter(style: .compact)
    write(to: &writer)
    return writer.bytes
  }

  private static func binary(_ node: JSONNode) -> [UInt8]? {
    node.string().flatMap { try? Base64Decoder.decode($0) }
  }

  private static func all<Value>(_ node: JSONNode, _ read: (JSONNode) -> Value?) -> [Value]? {
    guard node.isArray else { return nil }
    var values: [Value] = []
    values.reserveCapacity(node.count)
    for element in node.elements {
      guard let value = read(element) else { return nil }
      values.append(value)
    }
    return values
  }

  private static func members(_ node: JSONNode, depth: Int) -> [AttributeMember]? {
    guard node.isObject else { return nil }
    var members: [AttributeMember] = []
    members.reserveCapacity(node.count)
    for (key, content) in node.members {
      guard let name = key.string(), let value = AttributeValue(content, depth: depth) else { return nil }
      members.append(AttributeMember(name: name, value: value))
    }
    members.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return members
  }
}
