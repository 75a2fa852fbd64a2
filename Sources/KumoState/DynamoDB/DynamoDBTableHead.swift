import JSONBytes

/// What a table's description in `dynamodb.json` says (kumo-format.md 3.1), read as leniently as KUMO reads it: a field
/// that is missing or of another type stays empty.
package struct DynamoDBTableHead: Sendable, Equatable {
  /// One element of a `KeySchema`.
  package struct Key: Sendable, Equatable {
    /// `AttributeName`.
    package let name: [UInt8]
    /// `KeyType`: `HASH` or `RANGE`.
    package let kind: [UInt8]
    /// Byte offset of the element in the file.
    package let offset: Int
  }

  /// One secondary index.
  package struct Index: Sendable, Equatable {
    /// `IndexName`.
    package let name: [UInt8]
    /// Its `KeySchema`.
    package let keys: [Key]
  }

  /// A text field with its place.
  package struct Text: Sendable, Equatable {
    /// The field's bytes; nil when the field is missing or no string.
    package var bytes: [UInt8]?
    /// Byte offset in the file: of the value, or of the description where the field is missing.
    package var offset: Int
  }

  /// Byte offset of the description in the file.
  package let offset: Int
  /// `Name`.
  package let name: Text
  /// `TableARN`.
  package let arn: Text
  /// `LatestStreamArn`; empty for a table without a stream.
  package let streamARN: Text
  /// `KeySchema` in the order of the file, which is the order of the parts of an item's map key.
  package let keys: [Key]
  /// `AttributeDefinitions`: each attribute's name and type.
  package let definitions: [(name: [UInt8], type: [UInt8])]
  /// `GlobalSecondaryIndexes`.
  package let globalIndexes: [Index]
  /// `LocalSecondaryIndexes`.
  package let localIndexes: [Index]
  /// `TTLAttributeName`, where `TTLEnabled` is true and the name is not empty: what the reaper looks at.
  package let timeToLive: [UInt8]?

  /// Reads the value of a table's `table` member; nil when it is not an object.
  package init?(_ node: JSONNode) {
    guard node.isObject else { return nil }
    offset = node.offset
    name = Self.text(node.field("Name"), in: node)
    arn = Self.text(node.field("TableARN"), in: node)
    streamARN = Self.text(node.field("LatestStreamArn"), in: node)
    keys = Self.keys(of: node)
    definitions = Self.elements(node.field("AttributeDefinitions")).map {
      ($0.field("AttributeName")?.string() ?? [], $0.field("AttributeType")?.string() ?? [])
    }
    globalIndexes = Self.indexes(node.field("GlobalSecondaryIndexes"))
    localIndexes = Self.indexes(node.field("LocalSecondaryIndexes"))
    let attribute = node.field("TTLAttributeName")?.string() ?? []
    let isOn = node.field("TTLEnabled")?.bool() ?? false
    timeToLive = isOn && !attribute.isEmpty ? attribute : nil
  }

  /// The type that `AttributeDefinitions` gives an attribute; the last definition counts, as for KUMO.
  package func type(of attribute: [UInt8]) -> [UInt8]? {
    definitions.last { $0.name == attribute }?.type
  }

  /// The region in `TableARN`, nil when it is not of the form `arn:aws:dynamodb:<region>:…`.
  package var region: [UInt8]? { arn.bytes.flatMap(Self.region) }

  /// The region of an ARN: its fourth part; nil for anything else.
  package static func region(of arn: [UInt8]) -> [UInt8]? {
    let parts = arn.split(separator: UInt8(ascii: ":"), maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0].elementsEqual("arn".utf8), !parts[3].isEmpty else { return nil }
    return Array(parts[3])
  }

  /// The descriptions of all tables by map key, in memory: a few KB a table, whatever the number of items.
  /// - Throws: the JSON reader's error.
  package static func collect(_ reader: JSONReader) throws(JSONError) -> [[UInt8]: DynamoDBTableHead] {
    var heads: [[UInt8]: DynamoDBTableHead] = [:]
    var file = ServiceFileReader(reader)
    var tape = JSONTape()
    while true {
      switch try file.next() {
      case .member where file.isMember("tables"):
        _ = file.enter()
      case .entry where file.valueToken == .beginObject:
        while try reader.next() == .key {
          let isDescription = try reader.keyNames("table")
          _ = try reader.next()
          guard isDescription else {
            try reader.skipValue()
            continue
          }
          try reader.capture(into: &tape)
          if let head = DynamoDBTableHead(tape.root) { heads[file.entryKey] = head }
        }
        file.didReadValue()
      case .end:
        return heads
      default:
        continue
      }
    }
  }

  /// Compares everything, definitions included.
  package static func == (left: DynamoDBTableHead, right: DynamoDBTableHead) -> Bool {
    left.offset == right.offset && left.name == right.name && left.arn == right.arn
      && left.streamARN == right.streamARN && left.keys == right.keys
      && left.definitions.elementsEqual(right.definitions) { $0 == $1 }
      && left.globalIndexes == right.globalIndexes && left.localIndexes == right.localIndexes
      && left.timeToLive == right.timeToLive
  }

  private static func text(_ field: JSONNode?, in parent: JSONNode) -> Text {
    Text(bytes: field?.string(), offset: field?.offset ?? parent.offset)
  }

  private static func elements(_ node: JSONNode?) -> [JSONNode] {
    guard let node, node.isArray else { return [] }
    return node.elements.filter { $0.isObject }
  }

  private static func keys(of node: JSONNode) -> [Key] {
    elements(node.field("KeySchema")).map {
      Key(
        name: $0.field("AttributeName")?.string() ?? [],
        kind: $0.field("KeyType")?.string() ?? [], offset: $0.offset)
    }
  }

  private static func indexes(_ node: JSONNode?) -> [Index] {
    elements(node).map { Index(name: $0.field("IndexName")?.string() ?? [], keys: keys(of: $0)) }
  }
}
