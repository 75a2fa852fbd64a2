import Files
import JSONBytes

/// Writes a copy of `dynamodb.json` in which some tables, items and tags are changed, in one pass and in the memory
/// of the largest single record (kumo-format.md 3). What no verdict names stays identical in bytes.
///
/// Items stay at their places, also under a new map key: KUMO reads a map in any order, and a change that is taken
/// back then gives the same bytes. `ItemCount` and `TableSizeBytes` stay as they are: KUMO itself refreshes the one
/// only when a client asks for it, and never the other (kumo-format.md 3.1).
package struct DynamoDBRewriter {
  /// What the visitor is asked about.
  package enum Record {
    /// A table's entry begins. `.keep`, `.remove` (with all its items) or `.replace(key:value:)` with a new map key
    /// only.
    case table([UInt8])
    /// The table's description. `.keep` or `.replace` with a new value.
    case description(JSONNode)
    /// An item and its map key, its attributes' values folded. Anything but `.append`.
    case item(JSONNode, key: [UInt8])
    /// After the last item of a table: `.append` adds items, `.keep` does not.
    case endOfItems
    /// After the last table: `.append` adds tables, whole entries; `.keep` does not.
    case endOfTables
    /// The tags of the table with this ARN. Anything but `.append`.
    case tags(JSONNode, arn: [UInt8])
  }

  /// Is asked about a record; gets the map key of the record's table (empty where there is none).
  package typealias Visitor = (_ table: [UInt8], _ record: Record) throws -> RewriteVerdict

  private let pass: RewritePass
  private let visit: Visitor
  private var table: [UInt8] = []
  private var itemKey: [UInt8] = []

  /// Copies `source` to `target`, asking about each record in the order of the file.
  ///
  /// - Throws: `JSONError` when the source is no JSON, `FilesError`, and what the visitor throws.
  package static func rewrite(
    source: ReadableFile, target: WritableFile, visit: Visitor
  ) throws -> RewriteOutcome {
    try withoutActuallyEscaping(visit) { visit in
      let pass = RewritePass(source: source, target: target)
      var rewriter = DynamoDBRewriter(pass: pass, visit: visit)
      return try pass.run(members: ["tables", "tags"]) { member in
        if member == 0 { try rewriter.tables() } else { try rewriter.tags() }
      }
    }
  }

  private mutating func tables() throws {
    try pass.entries { key in
      table = key
      return try visit(key, .table(key))
    } inside: {
      try entry()
    } adding: {
      table = []
      return try additions(after: .endOfTables)
    }
  }

  /// The inside of a table's entry.
  private mutating func entry() throws {
    let reader = pass.reader
    while try reader.next() == .key {
      let isItems = try reader.keyNames("items")
      let isDescription = isItems ? false : try reader.keyNames("table")
      let token = try reader.next()
      if isItems, token == .beginObject {
        try items()
      } else if isDescription {
        try reader.capture(into: &pass.tape)
        let description = pass.tape.root
        if case .replace(_, let value?) = try visit(table, .description(description)) {
          try pass.writer.replace(description.range, with: value)
        }
      } else {
        try reader.skipValue()
      }
    }
  }

  private mutating func items() throws {
    let reader = pass.reader
    var splicer = ContainerSplicer(openedAt: reader.tokenOffset)
    while try reader.next() == .key {
      try reader.string(into: &itemKey)
      let start = reader.tokenOffset
      _ = try reader.next()
      try reader.captureFolded(into: &pass.tape)
      let verdict = try visit(table, .item(pass.tape.root, key: itemKey))
      try pass.splice(verdict, keyAt: start, in: &splicer)
    }
    try pass.close(&splicer, adding: try additions(after: .endOfItems))
  }

  private func tags() throws {
    let reader = pass.reader
    var splicer = ContainerSplicer(openedAt: reader.tokenOffset)
    while try reader.next() == .key {
      let start = reader.tokenOffset
      let arn = try reader.string()
      _ = try reader.next()
      try reader.capture(into: &pass.tape)
      let verdict = try visit([], .tags(pass.tape.root, arn: arn))
      try pass.splice(verdict, keyAt: start, in: &splicer)
    }
    try pass.close(&splicer)
  }

  private func additions(after record: Record) throws -> [RewriteEntry] {
    guard case .append(let entries) = try visit(table, record) else { return [] }
    return entries
  }
}
