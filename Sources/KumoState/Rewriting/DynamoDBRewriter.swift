import Files
import JSONBytes

/// Writes a copy of `dynamodb.json` in which some tables, items and tags are changed, in one pass and in the memory of the
/// largest single record (kumo-format.md 3). What no verdict names stays identical in bytes.
///
/// Items stay at their places, also under a new map key: KUMO reads a map in any order, and a change that is taken back then
/// gives the same bytes. `ItemCount` and `TableSizeBytes` stay as they are: KUMO itself refreshes the one only when a client
/// asks for it, and never the other (kumo-format.md 3.1).
package struct DynamoDBRewriter {
  /// What the visitor is asked about.
  package enum Record {
    /// A table's entry begins. `.keep`, `.remove` (with all its items) or `.replace(key:value:)` with a new map key only.
    case table([UInt8])
    /// The table's description. `.keep` or `.replace` with a new value.
    case description(JSONNode)
    /// An item and its map key. Anything but `.append`.
    case item(JSONNode, key: [UInt8])
    /// After the last item of a table: `.append` adds items, `.keep` does not.
    case endOfItems
    /// After the last table: `.append` adds tables, whole entries; `.keep` does not.
    case endOfTables
    /// The tags of the table with this ARN. Anything but `.append`.
    case tags(JSONNode, arn: [UInt8])
  }

  private let reader: JSONReader
  private let visit: Visitor
  private var writer: SpliceWriter
  private var tape = JSONTape()
  private var table: [UInt8] = []
  private var itemKey: [UInt8] = []
  private var outcome = RewriteOutcome()

  /// Is asked about a record; gets the map key of the record's table (empty where there is none).
  package typealias Visitor = (_ table: [UInt8], _ record: Record) throws -> RewriteVerdict

  /// Copies `source` to `target`, asking about each record in the order of the file.
  ///
  /// - Throws: `JSONError` when the source is no JSON, `FilesError`, and what the visitor throws.
  package static func rewrite(
    source: ReadableFile, target: WritableFile, visit: Visitor
  ) throws -> RewriteOutcome {
    try withoutActuallyEscaping(visit) { visit in
      var rewriter = DynamoDBRewriter(
        reader: .rewriting(source), visit: visit, writer: SpliceWriter(source: source, target: target))
      try rewriter.run()
      return rewriter.outcome
    }
  }

  private init(reader: JSONReader, visit: @escaping Visitor, writer: SpliceWriter) {
    self.reader = reader
    self.visit = visit
    self.writer = writer
  }

  private mutating func run() throws {
    if try reader.next() == .beginObject {
      while try reader.next() == .key {
        let isTables = try reader.keyNames("tables")
        let isTags = isTables ? false : try reader.keyNames("tags")
        switch (try reader.next(), isTables, isTags) {
        case (.beginObject, true, _): try tables()
        case (.beginObject, _, true): try tags()
        default: try reader.skipValue()
        }
      }
    } else {
      try reader.skipValue()
    }
    // What follows the value is an error, and only this call finds it.
    _ = try reader.next()
    outcome.isChanged = writer.spliceCount > 0
    try writer.finish()
  }

  private mutating func tables() throws {
    var splicer = ContainerSplicer(openedAt: reader.tokenOffset)
    while try reader.next() == .key {
      table = try reader.string()
      let start = reader.tokenOffset
      guard try reader.next() == .beginObject else {
        // No table, for validation to say; it stays.
        try reader.capture(into: &tape)
        try splicer.keep(start..<tape.root.range.upperBound, in: &writer)
        continue
      }
      let verdict = try visit(table, .table(table))
      if case .remove = verdict {
        try reader.skipValue()
        try splicer.remove(start..<(reader.tokenOffset + 1), in: &writer)
        continue
      }
      try splicer.enter(at: start, in: &writer)
      if case .replace(let key?, _) = verdict {
        try writer.replace(start..<reader.tokenOffset, with: RewritingText.key(key))
        outcome.mayCollide = true
      }
      try entry()
      splicer.leave(at: reader.tokenOffset + 1)
    }
    table = []
    try append(to: &splicer, after: .endOfTables)
  }

  /// The inside of a table's entry.
  private mutating func entry() throws {
    while try reader.next() == .key {
      let isItems = try reader.keyNames("items")
      let isDescription = isItems ? false : try reader.keyNames("table")
      let token = try reader.next()
      if isItems, token == .beginObject {
        try items()
      } else if isDescription {
        try reader.capture(into: &tape)
        if case .replace(_, let value?) = try visit(table, .description(tape.root)) {
          try writer.replace(tape.root.range, with: value)
        }
      } else {
        try reader.skipValue()
      }
    }
  }

  private mutating func items() throws {
    var splicer = ContainerSplicer(openedAt: reader.tokenOffset)
    while try reader.next() == .key {
      try readItemKey()
      let start = reader.tokenOffset
      _ = try reader.next()
      try reader.capture(into: &tape)
      let verdict = try visit(table, .item(tape.root, key: itemKey))
      try splice(verdict, keyAt: start, in: &splicer)
    }
    try append(to: &splicer, after: .endOfItems)
  }

  private mutating func tags() throws {
    var splicer = ContainerSplicer(openedAt: reader.tokenOffset)
    while try reader.next() == .key {
      let start = reader.tokenOffset
      let arn = try reader.string()
      _ = try reader.next()
      try reader.capture(into: &tape)
      let verdict = try visit([], .tags(tape.root, arn: arn))
      try splice(verdict, keyAt: start, in: &splicer)
    }
    try splicer.close(at: reader.tokenOffset, in: &writer)
  }

  /// Does to the entry whose value is in the tape what the verdict says.
  private mutating func splice(_ verdict: RewriteVerdict, keyAt start: Int, in splicer: inout ContainerSplicer) throws {
    let value = tape.root.range
    switch verdict {
    case .keep, .append: try splicer.keep(start..<value.upperBound, in: &writer)
    case .remove: try splicer.remove(start..<value.upperBound, in: &writer)
    case .replace(let newKey, let newValue):
      try splicer.enter(at: start, in: &writer)
      if let newKey {
        try writer.replace(start..<value.lowerBound, with: RewritingText.key(newKey))
        outcome.mayCollide = true
      }
      if let newValue { try writer.replace(value, with: newValue) }
      splicer.leave(at: value.upperBound)
    }
  }

  private mutating func append(to splicer: inout ContainerSplicer, after record: Record) throws {
    let end = reader.tokenOffset
    if case .append(let entries) = try visit(table, record) {
      for entry in entries {
        let member = RewritingText.key(entry.key) + entry.value
        try splicer.append(member, closingAt: end, in: &writer)
        outcome.mayCollide = true
      }
    }
    try splicer.close(at: end, in: &writer)
  }

  /// Keeps the key's storage from item to item: there are millions of them.
  private mutating func readItemKey() throws(JSONError) {
    var key = itemKey
    itemKey = []
    key.removeAll(keepingCapacity: true)
    let isPlain = try reader.withTokenBytes { raw in
      guard !raw.contains(UInt8(ascii: "\\")) else { return false }
      key.append(contentsOf: raw)
      return true
    }
    itemKey = isPlain ? key : try reader.string()
  }
}
