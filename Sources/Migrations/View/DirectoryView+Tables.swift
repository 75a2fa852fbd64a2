import Files
import JSONBytes
import KumoState

/// What becomes of a record that a closure was handed.
public enum RecordFate: Sendable {
  /// It stays, with the changes that were made to it.
  case keep
  /// It goes.
  case remove
}

/// A table without its items.
public struct TableInfo: Sendable, Equatable {
  /// The table's name.
  public let name: String
  /// Its hash key's attribute, then its range key's if it has one, in the order in which KUMO makes item keys of them.
  public let keyAttributes: [String]
}

extension DirectoryView {
  /// The tables, in the order of the file. Empty when there is no `dynamodb.json`.
  public func tables() throws -> [TableInfo] {
    guard try directory.status(Self.tablesFile) != nil else { return [] }
    let heads = try read(Self.tablesFile) { try DynamoDBTableHead.collect($0) }
    return heads.sorted { $0.value.offset < $1.value.offset }.map { name, head in
      TableInfo(
        name: String(decoding: name, as: UTF8.self),
        keyAttributes: head.keys.map { String(decoding: $0.name, as: UTF8.self) })
    }
  }

  /// Hands out the items of a table, one at a time.
  ///
  /// - Throws: `StepError` when there is no such table; what the closure throws.
  public func forEachItem(in table: String, _ body: (Item) throws -> Void) throws {
    let wanted = Array(table.utf8)
    var names: [[UInt8]] = []
    try read(Self.tablesFile) { reader in
      var records = DynamoDBReader(reader)
      while true {
        switch try records.next() {
        case .end: return
        case .beginTable: names.append(records.tableName)
        case .item where records.tableName == wanted:
          try checkpoint()
          try body(Item(node: records.tape.root))
        default: continue
        }
      }
    }
    if !names.contains(wanted) { throw Self.absent("table", wanted, among: names) }
  }

  /// Hands out the items of a table, one at a time, to be changed or removed. Items stay at their places; when a key
  /// attribute changes, the key under which KUMO keeps the item changes with it.
  ///
  /// - Parameter adding: called after the last item for items to be added.
  /// - Throws: `StepError` when there is no such table, when a changed item has no key that KUMO could find, or when
  ///   two items would have one key; what the closures throw.
  public func updateItems(
    in table: String, adding: () throws -> [Item] = { [] }, _ body: (inout Item) throws -> RecordFate
  ) throws {
    try rewriteItems(in: [Array(table.utf8)], adding: { _ in try adding() }) { _, item in try body(&item) }
  }

  /// Adds items to a table.
  ///
  /// - Throws: as `updateItems`.
  public func addItems(to table: String, _ items: [Item]) throws {
    try updateItems(in: table, adding: { items }) { _ in .keep }
  }

  /// As `updateItems`, for several tables in one pass.
  func rewriteItems(
    in tables: [[UInt8]], adding: (_ table: [UInt8]) throws -> [Item] = { _ in [] },
    _ body: (_ table: [UInt8], _ item: inout Item) throws -> RecordFate
  ) throws {
    let wanted = Set(tables)
    var names: [[UInt8]] = []
    var keys: TableKeys?
    // Looked up once for a table: there are millions of items.
    var isWanted = false
    let heads = LazyHeads(view: self)
    var item = Item()
    try rewrite(Self.tablesFile, check: { try ItemKeyCheck.run($0) }) { source, target in
      try DynamoDBRewriter.rewrite(source: source, target: target) { table, record in
        switch record {
        case .table(let name):
          names.append(name)
          keys = nil
          isWanted = wanted.contains(name)
        case .description(let node) where isWanted:
          keys = DynamoDBTableHead(node).map { TableKeys($0) }
        case .item(let node, let key) where isWanted:
          try checkpoint()
          item.become(node)
          defer { item.letGo() }
          if try body(table, &item) == .remove { return .remove }
          guard item.isChanged else { return .keep }
          if keys == nil { keys = try heads.keys(of: table) }
          return try Self.verdict(item, key: key, table: table, &keys)
        case .endOfItems where isWanted:
          let items = try adding(table)
          if items.isEmpty { return .keep }
          if keys == nil { keys = try heads.keys(of: table) }
          return .append(try items.map { try Self.entry($0, table: table, &keys) })
        default: break
        }
        return .keep
      }
    }
    for table in tables where !names.contains(table) { throw Self.absent("table", table, among: names) }
    touched.merge("dynamodb", tables)
  }

  /// What becomes of a changed item.
  private static func verdict(
    _ item: Item, key: [UInt8], table: [UInt8], _ keys: inout TableKeys?
  ) throws -> RewriteVerdict {
    guard item.hasChanged(anyOf: keys?.names ?? []) else { return .edit(key: nil, item.edit) }
    let newKey = try keys?.key(of: item.json, table: table)
    return .edit(key: newKey == key ? nil : newKey, item.edit)
  }

  private static func entry(_ item: Item, table: [UInt8], _ keys: inout TableKeys?) throws -> RewriteEntry {
    let json = item.json
    return RewriteEntry(key: try keys?.key(of: json, table: table) ?? [], value: json)
  }
}

/// Makes the map keys of a table's changed items.
struct TableKeys {
  let names: [[UInt8]]
  private var maker: DynamoDBItemKeys

  init(_ head: DynamoDBTableHead) {
    self.init(names: head.keys.map(\.name))
  }

  init(names: [[UInt8]]) {
    self.names = names
    maker = DynamoDBItemKeys(names: names)
  }

  /// The key under which KUMO looks for an item.
  mutating func key(of json: [UInt8], table: [UInt8]) throws -> [UInt8] {
    try key(of: JSONTape(parsing: json).root, table: table)
  }

  mutating func key(of item: JSONNode, table: [UInt8]) throws -> [UInt8] {
    maker.make(from: item)
    for (name, part) in zip(names, maker.parts) where part != .value(.string) && part != .value(.number) {
      guard part != .value(.binary) || maker.isRepaired else { continue }
      let what = part == .absent ? "lacks" : "has no string, number or UTF-8 bytes at"
      throw StepError(
        "an item of table '\(Printable.text(table))' \(what) the key attribute '\(Printable.text(name))' after the step, so "
          + "KUMO could not find it", hint: "give every item a value there, or leave such items out with where:")
    }
    return maker.bytes
  }
}

/// Looks up the description of a table that stands behind its items, as only a file edited by hand has it.
private final class LazyHeads {
  private let view: DirectoryView
  private var heads: [[UInt8]: DynamoDBTableHead]?

  init(view: DirectoryView) {
    self.view = view
  }

  func keys(of table: [UInt8]) throws -> TableKeys? {
    let found = try heads ?? view.read(DirectoryView.tablesFile) { try DynamoDBTableHead.collect($0) }
    heads = found
    return found[table].map { TableKeys($0) }
  }
}

/// Finds two entries of one map with one key. Memory: 8 bytes and the set's slack for each item of one table.
enum ItemKeyCheck {
  /// Throws `StepError` naming the table and the key. Keys are told apart by a 64-bit hash with a seed of this process.
  static func run(_ file: ReadableFile) throws {
    var records = DynamoDBReader(.rewriting(file))
    var tables: Set<[UInt8]> = []
    var keys: Set<Int> = []
    while true {
      switch try records.next() {
      case .end: return
      case .beginTable:
        guard tables.insert(records.tableName).inserted else {
          throw StepError(
            "two tables would be called '\(Printable.text(records.tableName))'", hint: "choose a name that is free")
        }
        keys.removeAll(keepingCapacity: true)
      case .item:
        guard keys.insert(records.itemKey.hashValue).inserted else {
          throw StepError(
            "two items of table '\(Printable.text(records.tableName))' would have the key "
              + "'\(Printable.text(records.itemKey))'",
            hint: "make the new keys differ, or remove one of the items first")
        }
      default: continue
      }
    }
  }
}
