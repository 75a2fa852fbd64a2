import JSONBytes

/// Reads one service's file against its schema and reports every deviation. It never stops at one: only JSON syntax
/// errors end the walk. Memory is bounded by the reader's buffer and the depth of nesting.
package struct SchemaWalker {
  /// The schema the file is compared with.
  package let schema: Schema

  /// The schema's nodes and fields without anything that is reference counted, since every token asks for them.
  let nodes: [SchemaNode]
  let fields: [FieldEntry]
  private let names: [UInt8]

  var frames: [Frame] = []
  /// One bit per field of each open structure: whether it was seen.
  private var seen: [UInt64] = []

  /// A field's place in `names`, and what every key needs to know of it.
  struct FieldEntry {
    let start: Int32
    let count: Int32
    let node: Int32
    let dangerousNull: Bool
  }

  /// An open object or array.
  struct Frame {
    let kind: SchemaNode.Kind
    /// The node of this object or array.
    let node: Int
    /// The node of its elements, for maps and arrays.
    let element: Int
    /// The field KUMO would write next, for structures.
    var next: Int
    /// Where this structure's bits begin in `seen`.
    let seenBase: Int
    /// Whether an enclosing Go type has its own decoder.
    let inOwnDecoder: Bool
  }

  /// A walker over the file of the schema's service; it can be used for one file after another.
  package init(schema: Schema) {
    self.schema = schema
    nodes = schema.nodes
    var names: [UInt8] = []
    fields = schema.fields.map { field in
      names += field.name
      return FieldEntry(
        start: Int32(names.count - field.name.count), count: Int32(field.name.count), node: Int32(field.node),
        dangerousNull: field.dangerousNull)
    }
    self.names = names
  }

  /// Reads the whole document that `reader` stands before, and gives each deviation to `report` in document order.
  /// - Throws: `JSONError` at the first syntax error, or when the source fails.
  package mutating func walk(_ reader: JSONReader, report: (SchemaDeviation) -> Void) throws(JSONError) {
    frames.removeAll(keepingCapacity: true)
    seen.removeAll(keepingCapacity: true)
    _ = try reader.next()
    try value(reader, schema.root, isEntry: true, dangerousNull: false, inOwnDecoder: false, report)
    while let frame = frames.last {
      let token = try reader.next()
      if token == .endObject || token == .endArray {
        leave(frame)
        continue
      }
      switch frame.kind {
      case .structure:
        try member(reader, frame, report)
      case .array:
        try value(
          reader, frame.element, isEntry: true, dangerousNull: false, inOwnDecoder: frame.inOwnDecoder, report)
      default:
        if frame.kind == .numberedMap { try checkMapKey(reader, report) }
        _ = try reader.next()
        try value(
          reader, frame.element, isEntry: true, dangerousNull: false, inOwnDecoder: frame.inOwnDecoder, report)
      }
    }
    _ = try reader.next()
  }

  private mutating func leave(_ frame: Frame) {
    frames.removeLast()
    if frame.kind == .structure, seen.count > frame.seenBase {
      seen.removeLast(seen.count - frame.seenBase)
    }
  }

  /// One member of a structure: its key is the current token.
  private mutating func member(
    _ reader: JSONReader, _ frame: Frame, _ report: (SchemaDeviation) -> Void
  ) throws(JSONError) {
    guard let field = try self.field(reader, frame, report) else {
      report(deviation(.unknownKey, reader, node: -1, expected: "a field of KUMO's", found: "an unknown key"))
      _ = try reader.next()
      try reader.skipValue()
      return
    }
    frames[frames.count - 1].next = field + 1
    let own = field - nodes[frame.node].fields.lowerBound
    let word = frame.seenBase + own >> 6
    let bit: UInt64 = 1 << UInt64(own & 63)
    if seen[word] & bit != 0 {
      report(
        deviation(
          .repeatedField, reader, node: Int(fields[field].node), expected: "each field once",
          found: "a second key for the field \(fieldName(field))"))
    }
    seen[word] |= bit
    _ = try reader.next()
    let entry = fields[field]
    try value(
      reader, Int(entry.node), isEntry: false, dangerousNull: entry.dangerousNull, inOwnDecoder: frame.inOwnDecoder,
      report)
  }

  /// The field the current key means: exactly, or as Go's decoder folds case. Fields mostly come in the order KUMO
  /// writes them, so the expected one is tried first.
  private func field(
    _ reader: JSONReader, _ frame: Frame, _ report: (SchemaDeviation) -> Void
  ) throws(JSONError) -> Int? {
    let range = nodes[frame.node].fields
    if let key = reader.wholeText, !reader.textIsEscaped {
      if frame.next < range.upperBound, isNamed(frame.next, key) { return frame.next }
      for candidate in range where isNamed(candidate, key) { return candidate }
    }
    let key = try reader.string()
    if let exact = range.first(where: { field in key.withUnsafeBytes { isNamed(field, $0) } }) { return exact }
    guard let folded = schema.field(named: key, of: frame.node) else { return nil }
    report(
      deviation(
        .foldedKey, reader, node: Int(fields[folded].node), expected: "the key \(fieldName(folded))",
        found: "the same key in another case"))
    return folded
  }

  @inline(__always)
  private func isNamed(_ field: Int, _ key: UnsafeRawBufferPointer) -> Bool {
    let entry = fields[field]
    guard key.count == Int(entry.count) else { return false }
    let start = Int(entry.start)
    for index in 0..<key.count where key[index] != names[start &+ index] { return false }
    return true
  }

  private func fieldName(_ field: Int) -> String { String(decoding: schema.fields[field].name, as: UTF8.self) }

  /// Enters an object or array that is what the schema asks for.
  mutating func enter(_ node: Int, inOwnDecoder: Bool) {
    let type = nodes[node]
    frames.append(
      Frame(
        kind: type.kind, node: node, element: type.element, next: type.fields.lowerBound, seenBase: seen.count,
        inOwnDecoder: inOwnDecoder))
    if type.kind == .structure {
      for _ in 0..<((type.fields.count + 63) / 64) { seen.append(0) }
    }
  }
}
