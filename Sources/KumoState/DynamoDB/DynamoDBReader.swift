import JSONBytes

/// Reads `dynamodb.json` from its beginning to its end, one record at a time (kumo-format.md 3).
///
/// Memory is the largest single record (a table's description, an item, the tags of a table), whatever the file's
/// size. Events come in the order of the file: KUMO writes a table's description before its items, a hand-edited file
/// may not; `DynamoDBTableHead.collect` reads all descriptions first where that matters.
package struct DynamoDBReader {
  /// Where the reader stands.
  package enum Event: Sendable, Equatable {
    /// A table's entry begins; `tableName` is its map key.
    case beginTable
    /// The entry `tableName` is no object, so it has neither description nor items; there is no `endTable`.
    case noTable(isNull: Bool)
    /// A table's description is in `tape`, whatever kind of value it is.
    case description
    /// A table's items begin.
    case beginItems
    /// A table's `items` is no object.
    case noItems(isNull: Bool)
    /// An item is in `tape`, its map key in `itemKey`.
    case item
    /// After the last item.
    case endItems
    /// After a table's entry.
    case endTable
    /// The tags of one table are in `tape`, the table's ARN in `tagsARN`.
    case tags
    /// After the document; nothing but whitespace followed.
    case end
  }

  private enum State { case start, top, tables, table, items, tags, finish, done }
  /// What the current record is, for `pointer`.
  private enum Place { case table, member, item, tags }

  /// The reader underneath.
  package let reader: JSONReader
  /// The current record: a description, an item, or the tags of a table.
  package private(set) var tape = JSONTape()
  /// Map key of the current table, unescaped.
  package private(set) var tableName: [UInt8] = []
  /// Map key of the current item, unescaped.
  package private(set) var itemKey: [UInt8] = []
  /// The ARN that the current tags belong to, unescaped.
  package private(set) var tagsARN: [UInt8] = []
  /// Byte offset of the current record's value; at the end of an entry, of the entry.
  package private(set) var offset = 0
  private var entryOffset = 0
  private var state = State.start
  private var place = Place.table
  /// The names of the top-level member and of the member of a table as the file spells them.
  private var topName: [UInt8] = []
  private var memberName: [UInt8] = []

  /// Reads the document that `reader` is at the start of.
  package init(_ reader: JSONReader) {
    self.reader = reader
  }

  /// Goes to the next record.
  /// - Throws: the JSON reader's error, also when a record is larger than its options allow to be held.
  package mutating func next() throws(JSONError) -> Event {
    while true {
      switch state {
      case .items:
        guard try reader.next() == .key else {
          state = .table
          place = .member
          return .endItems
        }
        try reader.string(into: &itemKey)
        try captureNext()
        place = .item
        return .item
      case .start:
        let isObject = try reader.next() == .beginObject
        if !isObject { try reader.skipValue() }
        state = isObject ? .top : .finish
      case .top:
        try nextTopMember()
      case .tables:
        if let event = try nextTable() { return event }
      case .table:
        if let event = try nextTableMember() { return event }
      case .tags:
        guard try reader.next() == .key else {
          state = .top
          continue
        }
        tagsARN = try reader.string()
        try captureNext()
        place = .tags
        return .tags
      case .finish:
        _ = try reader.next()
        state = .done
        return .end
      case .done:
        return .end
      }
    }
  }

  /// The place of the current record: an item, the items, a description, a table, the tags of a table.
  package var pointer: JSONPointer {
    let top = JSONPointer().appending(key: topName)
    return switch place {
    case .table: top.appending(key: tableName)
    case .member: top.appending(key: tableName).appending(key: memberName)
    case .item: top.appending(key: tableName).appending(key: memberName).appending(key: itemKey)
    case .tags: top.appending(key: tagsARN)
    }
  }

  private mutating func nextTopMember() throws(JSONError) {
    guard try reader.next() == .key else {
      state = .finish
      return
    }
    let isTables = try reader.keyNames("tables")
    let isTags = isTables ? false : try reader.keyNames("tags")
    topName = try reader.string()
    guard try reader.next() == .beginObject, isTables || isTags else {
      try reader.skipValue()
      return
    }
    state = isTables ? .tables : .tags
  }

  private mutating func nextTable() throws(JSONError) -> Event? {
    guard try reader.next() == .key else {
      state = .top
      return nil
    }
    tableName = try reader.string()
    place = .table
    let token = try reader.next()
    offset = reader.tokenOffset
    guard token == .beginObject else {
      try reader.skipValue()
      return .noTable(isNull: token == .null)
    }
    entryOffset = offset
    state = .table
    return .beginTable
  }

  private mutating func nextTableMember() throws(JSONError) -> Event? {
    guard try reader.next() == .key else {
      state = .tables
      place = .table
      offset = entryOffset
      return .endTable
    }
    let isItems = try reader.keyNames("items")
    let isDescription = isItems ? false : try reader.keyNames("table")
    memberName = try reader.string()
    place = .member
    if isDescription {
      try captureNext()
      return .description
    }
    let token = try reader.next()
    offset = reader.tokenOffset
    guard isItems, token == .beginObject else {
      try reader.skipValue()
      return isItems ? .noItems(isNull: token == .null) : nil
    }
    state = .items
    return .beginItems
  }

  private mutating func captureNext() throws(JSONError) {
    _ = try reader.next()
    offset = reader.tokenOffset
    try reader.capture(into: &tape)
  }
}
