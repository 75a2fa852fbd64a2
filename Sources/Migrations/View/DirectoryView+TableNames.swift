import Files
import JSONBytes
import KumoState

/// An attribute of a table's key with its type.
public struct KeyAttribute: Sendable, Equatable {
  /// The types that a key attribute can have.
  public enum KeyType: String, Sendable, CaseIterable {
    /// A text.
    case string = "S"
    /// A number.
    case number = "N"
    /// Bytes.
    case binary = "B"
  }

  /// The attribute.
  public let name: String
  /// Its type.
  public let type: KeyType

  /// Names a key attribute.
  public init(_ name: String, _ type: KeyType = .string) {
    self.name = name
    self.type = type
  }
}

extension DirectoryView {
  /// Gives a table another name: its map key, `Name`, `TableARN`, the stream's ARN and the key of its tags change
  /// together, and, unless told otherwise, references to its ARN in other services.
  ///
  /// - Throws: `StepError` when there is no such table or the new name is taken.
  public func renameTable(_ name: String, to newName: String, references: ReferencePolicy = .rewrite) throws {
    let old = Array(name.utf8)
    let new = Array(newName.utf8)
    let heads = try read(Self.tablesFile) { try DynamoDBTableHead.collect($0) }
    guard let head = heads[old] else {
      throw Self.absent("table", old, among: heads.keys.sorted { $0.lexicographicallyPrecedes($1) })
    }
    guard heads[new] == nil else {
      throw StepError(
        "there is a table '\(Printable.text(new))' already, so '\(Printable.text(old))' cannot be called so")
    }
    let arns = Self.renamedARN(head.arn.bytes ?? [], from: old, to: new)
    try rewrite(Self.tablesFile) { source, target in
      try DynamoDBRewriter.rewrite(source: source, target: target) { table, record in
        switch record {
        case .table(old): return .replace(key: new, value: nil)
        case .description(let node) where table == old:
          var edit = ObjectEdit()
          edit.set(node.actualName(of: "Name"), to: JSONText.string(new))
          if let arns {
            edit.set(node.actualName(of: "TableARN"), to: JSONText.string(arns.new))
            if let stream = node.text("LatestStreamArn"), stream.starts(with: arns.old + [UInt8(ascii: "/")]) {
              let moved = arns.new + stream.dropFirst(arns.old.count)
              edit.set(node.actualName(of: "LatestStreamArn"), to: JSONText.string(moved))
            }
          }
          return .replace(key: nil, value: edit.apply(to: node))
        case .tags(_, let arn):
          guard let arns, arn == arns.old else { return .keep }
          return .replace(key: arns.new, value: nil)
        default: return .keep
        }
      }
    }
    touched.merge("dynamodb", [old, new])
    if let arns { try rewriteReferences([Reference(from: arns.old, to: arns.new, isPrefix: true)], references) }
  }

  /// Gives a table another key: `KeySchema` and `AttributeDefinitions` change, and every item gets the map key that
  /// KUMO would make for it.
  ///
  /// - Throws: `StepError` when the table's key is not `key` now, when an item lacks a new key attribute, when two
  ///   items would have one key, or when an attribute is defined with another type.
  public func rekeyTable(_ name: String, from key: [KeyAttribute], to newKey: [KeyAttribute]) throws {
    let table = Array(name.utf8)
    let heads = try read(Self.tablesFile) { try DynamoDBTableHead.collect($0) }
    guard let head = heads[table] else {
      throw Self.absent("table", table, among: heads.keys.sorted { $0.lexicographicallyPrecedes($1) })
    }
    guard head.keys.map(\.name) == key.map({ Array($0.name.utf8) }) else {
      throw StepError(
        "the key of table '\(Printable.text(table))' is \(Printable.list(head.keys.map(\.name))), not "
          + "\(Printable.list(key.map { Array($0.name.utf8) }))", hint: "say in the step what the key is now")
    }
    guard (1...2).contains(newKey.count), Set(newKey.map { Array($0.name.utf8) }).count == newKey.count else {
      throw StepError("a key has one attribute or two different ones")
    }
    let used = (head.globalIndexes + head.localIndexes).flatMap(\.keys).map(\.name)
    for attribute in newKey where used.contains(Array(attribute.name.utf8)) {
      let type = head.type(of: Array(attribute.name.utf8)) ?? []
      guard type.elementsEqual(attribute.type.rawValue.utf8) else {
        throw StepError(
          "an index of table '\(Printable.text(table))' has '\(attribute.name)' as \(Printable.text(type)), so it cannot be "
            + "\(attribute.type.rawValue) in the key")
      }
    }
    var keys = TableKeys(names: newKey.map { Array($0.name.utf8) })
    try rewrite(Self.tablesFile, check: { try ItemKeyCheck.run($0) }) { source, target in
      try DynamoDBRewriter.rewrite(source: source, target: target) { found, record in
        switch record {
        case .description(let node) where found == table:
          var edit = ObjectEdit()
          edit.set(node.actualName(of: "KeySchema"), to: Self.schema(newKey))
          edit.set(node.actualName(of: "AttributeDefinitions"), to: Self.definitions(newKey, used: used, head))
          return .replace(key: nil, value: edit.apply(to: node))
        case .item(let node, let key) where found == table:
          try self.checkpoint()
          let newKey = try keys.key(of: node, table: table)
          return newKey == key ? .keep : .replace(key: newKey, value: nil)
        default: return .keep
        }
      }
    }
    touched.merge("dynamodb", [table])
  }

  /// Both ARNs when the old one ends with the table's name.
  private static func renamedARN(_ arn: [UInt8], from old: [UInt8], to new: [UInt8]) -> (old: [UInt8], new: [UInt8])? {
    let ending = Array(":table/".utf8) + old
    guard arn.count >= ending.count, arn.suffix(ending.count).elementsEqual(ending) else { return nil }
    return (arn, arn.dropLast(old.count) + new)
  }

  private static func schema(_ key: [KeyAttribute]) -> [UInt8] {
    var writer = JSONWriter(style: .compact)
    writer.beginArray()
    for (index, attribute) in key.enumerated() {
      writer.beginObject()
      writer.member("AttributeName", Array(attribute.name.utf8))
      writer.member("KeyType", Array((index == 0 ? "HASH" : "RANGE").utf8))
      writer.endObject()
    }
    writer.endArray()
    return writer.bytes
  }

  /// The key's attributes first, then those that indexes use, in the order that they had: a change that is taken back
  /// gives the order that clients of KUMO write.
  private static func definitions(_ key: [KeyAttribute], used: [[UInt8]], _ head: DynamoDBTableHead) -> [UInt8] {
    var definitions = key.map { (name: Array($0.name.utf8), type: Array($0.type.rawValue.utf8)) }
    for definition in head.definitions
    where used.contains(definition.name) && !definitions.contains(where: { $0.name == definition.name }) {
      definitions.append(definition)
    }
    var writer = JSONWriter(style: .compact)
    writer.beginArray()
    for definition in definitions {
      writer.beginObject()
      writer.member("AttributeName", definition.name)
      writer.member("AttributeType", definition.type)
      writer.endObject()
    }
    writer.endArray()
    return writer.bytes
  }
}

/// Small pieces of JSON.
enum JSONText {
  static func string(_ text: [UInt8]) -> [UInt8] {
    var writer = JSONWriter(style: .compact)
    writer.string(text)
    return writer.bytes
  }

  static func strings(_ members: [NamedText]?) -> [UInt8] {
    var writer = JSONWriter(style: .compact)
    writer.stringMap(members)
    return writer.bytes
  }
}

extension JSONNode {
  /// The name of a field as this object spells it, or as KUMO would: its decoder does not look at case.
  func actualName(of field: StaticString) -> [UInt8] {
    let wanted = field.withUTF8Buffer { Array($0) }
    guard self[field] == nil else { return wanted }
    let folded = GoText.foldedASCII(wanted)
    for (key, _) in members {
      if let name = key.string(), GoText.foldedKey(name) == folded { return name }
    }
    return wanted
  }
}
