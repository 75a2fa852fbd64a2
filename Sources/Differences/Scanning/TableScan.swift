import Files
import JSONBytes
import KumoState

/// Reads `dynamodb.json`: descriptions, items, and the tags of tables (kumo-format.md 3).
final class TableScan {
  var form: CanonicalForm
  let types: TableTypes
  private var tape = JSONTape()

  init(_ form: CanonicalForm) {
    self.form = form
    types = TableTypes(form.schema)
  }

  func run(_ reader: JSONReader, into sink: inout ScanSink) throws {
    _ = try reader.next()
    var tags: [(arn: [UInt8], offset: Int, content: [UInt8])] = []
    if form.isExact { try sink.addShape(reader.token, of: [], at: 0) }
    try reader.forEachMember { name, offset in
      if GoText.foldedKey(name).elementsEqual("tables".utf8) {
        if form.isExact { try sink.addShape(reader.token, of: name, at: offset) }
        try reader.forEachMember { key, offset in try readTable(key, offset, reader, &sink) }
      } else if GoText.foldedKey(name).elementsEqual("tags".utf8) {
        try reader.forEachMember { arn, offset in
          try reader.capture(into: &tape)
          if !form.isNothing(tape.root, type: types.tags) {
            tags.append((arn, offset, form.bytes(of: tape.root, type: types.tags)))
          }
        }
      } else {
        try sink.addStranger(name, at: offset, reader, &tape, isExact: form.isExact)
      }
    }
    sink.beginContainer([])
    for entry in tags { try sink.add(.tableTags, name: entry.arn, content: entry.content, at: entry.offset) }
    _ = try reader.next()
  }

  private func readTable(
    _ key: [UInt8], _ offset: Int, _ reader: JSONReader, _ sink: inout ScanSink
  ) throws {
    sink.beginContainer(key)
    var content = CanonicalBytes()
    var noise: [UInt8] = []
    if reader.token != .beginObject { content.append(count: Int(reader.token.rawValue)) }
    var hasItems = false
    var strangers = CanonicalBytes()
    try reader.forEachMember { name, _ in
      let folded = GoText.foldedKey(name)
      if folded.elementsEqual("items".utf8) {
        hasItems = reader.token == .beginObject
        if form.isExact { content.append(.state, [reader.token.rawValue]) }
        try reader.forEachMember { itemKey, itemOffset in
          try reader.capture(into: &tape)
          var item = CanonicalBytes()
          form.isExact ? item.append(asJSON: tape.root) : item.append(item: tape.root)
          try sink.add(.item, name: itemKey, content: item.bytes, at: itemOffset)
        }
      } else if folded.elementsEqual("table".utf8) {
        try reader.capture(into: &tape)
        form.noise.removeAll()
        content.append(raw: form.bytes(of: tape.root, type: types.description))
        noise = form.noise.bytes
      } else {
        try reader.capture(into: &tape)
        strangers.append(.text, name)
        strangers.append(asJSON: tape.root)
      }
    }
    if form.isExact { content.append(.untyped, strangers.bytes) } else { noise += strangers.bytes }
    // 7.2: without a map of items the first PutItem panics.
    content.append(hasItems ? .yes : .no)
    try sink.add(.table, content: content.bytes, noise: noise, at: offset)
  }
}

/// The types of `dynamodb.json`'s structures.
struct TableTypes {
  /// The node of a table's description.
  let description: Int?
  /// The node of one table's tags.
  let tags: Int?

  init(_ schema: Schema?) {
    let tables = schema.flatMap { $0.field(exactly: "tables", of: $0.root) }.map(\.node)
    let entry = tables.flatMap { schema?.nodes[$0].element }
    description = entry.flatMap { schema?.field(exactly: "table", of: $0) }?.node
    tags = schema.flatMap { $0.field(exactly: "tags", of: $0.root) }.map(\.node).flatMap { schema?.nodes[$0].element }
  }
}
