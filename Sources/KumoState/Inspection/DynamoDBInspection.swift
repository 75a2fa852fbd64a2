import JSONBytes

/// What a `dynamodb.json` holds, in numbers (kumo-format.md 3).
package struct DynamoDBInspection: Sendable, Equatable {
  /// One table.
  package struct Table: Sendable, Equatable {
    /// The table's map key.
    package let name: [UInt8]
    /// Items.
    package var itemCount = 0
    /// Bytes of the items as the file holds them, without their map keys.
    package var itemBytes: Int64 = 0
    /// What the description says; nil when there is none.
    package var head: DynamoDBTableHead?
  }

  /// The tables in the order of the file, which KUMO sorts by the bytes of their names.
  package private(set) var tables: [Table] = []
  /// What shows which releases can have written the file.
  package private(set) var evidence = WriterEvidence()

  /// Counts the document that `reader` is at the start of; items are passed over, never held.
  /// - Throws: the JSON reader's error.
  package init(_ reader: JSONReader) throws(JSONError) {
    var file = ServiceFileReader(reader)
    var tape = JSONTape()
    while true {
      switch try file.next() {
      case .member where file.isMember("tables"):
        _ = file.enter()
      case .member where file.isMember("tags"):
        evidence.sees(.tableTags)
      case .entry where file.valueToken == .beginObject:
        try readTable(file.entryKey, reader, &tape)
        file.didReadValue()
      case .end:
        return
      default:
        continue
      }
    }
  }

  private mutating func readTable(
    _ name: [UInt8], _ reader: JSONReader, _ tape: inout JSONTape
  ) throws(JSONError) {
    var table = Table(name: name)
    while try reader.next() == .key {
      let isDescription = try reader.keyNames("table")
      let isItems = try reader.keyNames("items")
      let token = try reader.next()
      if isDescription {
        try reader.capture(into: &tape)
        table.head = DynamoDBTableHead(tape.root)
        evidence.looks(for: .tableStreams, present: tape.root.field("StreamEnabled") != nil)
        evidence.looks(for: .tableClass, present: tape.root.field("TableClass") != nil)
      } else if isItems, token == .beginObject {
        while try reader.next() == .key {
          _ = try reader.next()
          let start = reader.tokenOffset
          try reader.skipValue()
          table.itemCount += 1
          table.itemBytes += Int64(reader.tokenOffset + 1 - start)
        }
      } else {
        try reader.skipValue()
      }
    }
    tables.append(table)
  }
}
