import Files
import JSONBytes
import KumoState

/// Checks the items of one table (kumo-format.md 3.2 to 3.4), without allocating for an item that is sound.
struct DynamoDBItemChecker {
  private let head: DynamoDBTableHead?
  private let now: Int64
  /// For each key attribute the type that `AttributeDefinitions` gives it, nil where it gives none of S, N, B.
  private let declared: [AttributeType?]
  private var keys: DynamoDBItemKeys
  private var values = DynamoDBValueChecker()
  /// Recognises items that need no closer look; nil to look at all of them.
  private let plain: PlainItemScanner?
  /// Whether the item checked last stands under another map key than KUMO makes of it.
  private(set) var isMisplaced = false

  /// Checks items against a table's description; without one only their values are checked.
  /// `looksAtAll` takes the slow way with every item, for tests.
  init(head: DynamoDBTableHead?, now: Int64, looksAtAll: Bool = false) {
    self.head = head
    self.now = now
    keys = DynamoDBItemKeys(names: head?.keys.map(\.name) ?? [])
    declared = head?.keys.map { key in AttributeType.keyType(head?.type(of: key.name)) } ?? []
    let declared = declared
    plain = looksAtAll ? nil : head.flatMap { PlainItemScanner(head: $0, declared: declared, now: now) }
  }

  /// The map key that KUMO makes of the item checked last.
  var rightKey: [UInt8] { keys.bytes }

  /// Checks one item, which stands under `key`.
  mutating func check(
    _ item: JSONNode, key: [UInt8], in reader: DynamoDBReader, into findings: inout FindingCollector
  ) {
    isMisplaced = false
    if let plain {
      let isSound = item.withRawBytes { raw in key.withUnsafeBytes { plain.isSound(raw, under: $0) } }
      if isSound { return }
    }
    values.check(item: item, in: reader, into: &findings)
    guard let head, !head.keys.isEmpty, item.isObject || item.isNull else { return }
    keys.make(from: item)
    let isComplete = checkParts(item, in: reader, into: &findings)
    if keys.isRepaired {
      findings.add(
        .dynamoDBBinaryKey, at: reader.offset, pointer: reader.pointer,
        "a binary key attribute of the item has bytes that are not UTF-8")
    } else if isComplete, keys.bytes != key {
      isMisplaced = true
      let right = keys.bytes
      findings.add(
        .dynamoDBItemKey, at: reader.offset, pointer: reader.pointer,
        fix: "rename the map key to \(DisplayName.quote(right))",
        "the item stands under \(DisplayName.quote(key)), and KUMO looks for it under \(DisplayName.quote(right))")
    }
    if let attribute = head.timeToLive { checkExpiry(item, attribute, in: reader, into: &findings) }
  }

  /// Whether the item has all key attributes with their declared types.
  private func checkParts(
    _ item: JSONNode, in reader: DynamoDBReader, into findings: inout FindingCollector
  ) -> Bool {
    var isComplete = true
    for index in keys.names.indices {
      let found: String
      switch keys.parts[index] {
      case .value(let type):
        if let wanted = declared[index] ?? nil, wanted != type {
          found = "has type \(type.name), and `AttributeDefinitions` says \(wanted.name)"
        } else if [.string, .number, .binary].contains(type) {
          continue
        } else {
          found = "has type \(type.name), which no key can have"
        }
      case .absent: found = "is missing"
      case .untyped: found = "has no type"
      case .unreadable:
        // The pass over the types has reported it.
        isComplete = false
        continue
      }
      isComplete = false
      let name = keys.names[index]
      findings.add(
        .dynamoDBKeyAttribute, at: item[name]?.offset ?? reader.offset,
        pointer: item[name] == nil ? reader.pointer : reader.pointer.appending(key: name),
        "key attribute \(DisplayName.quote(name)) \(found)")
    }
    return isComplete
  }

  /// The reaper takes a number that is a decimal Int64 and not after now (kumo-format.md 3.4).
  private func checkExpiry(
    _ item: JSONNode, _ attribute: [UInt8], in reader: DynamoDBReader, into findings: inout FindingCollector
  ) {
    guard let value = item[attribute], value.isObject, let number = value.field("N"),
      let seconds = number.withRawBytes({ raw in raw.count > 2 ? GoInteger.parse(raw.dropFirst().dropLast()) : nil }),
      seconds <= now
    else { return }
    findings.add(
      .dynamoDBTTL, at: value.offset, pointer: reader.pointer.appending(key: attribute),
      "the item expired \(GoInteger.age(now, seconds)) (\(DisplayName.quote(attribute)) is \(seconds))")
  }
}

extension AttributeType {
  /// The type that a key attribute's declaration names: S, N or B exactly.
  static func keyType(_ declared: [UInt8]?) -> AttributeType? {
    guard let declared else { return nil }
    let types: [AttributeType] = [.string, .number, .binary]
    return types.first { declared.elementsEqual($0.name.utf8) }
  }
}
