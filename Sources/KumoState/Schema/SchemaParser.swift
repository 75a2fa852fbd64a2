/// Reads the compact text of one service's schema.
///
///     text      = { structure ";" } structure      shared structures &0, &1, …; the last one is the file
///     type      = structure | "&" number | "^" | "[" type | "*" type | "#" type | leaf
///     structure = [ "!" ] "{" [ field { "," field } ] "}"            "!": the Go type has its own decoder
///     field     = name [ "?" ] [ "!" ] [ "+" | "-" | "*" ] ":" type   omitempty, dangerous null, presence
///     leaf      = s string, h digest, b bool, i int64, j int32, u uint64, f float, t time, e epoch number,
///                 E unreadable epoch, y bytes, a any
///
/// `^` is the structure it stands in; `*` maps have string keys, `#` maps int32 keys. The depth of nesting is that of
/// KUMO's types, so recursion is safe.
struct SchemaParser {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0
  private(set) var nodes: [SchemaNode] = []
  private(set) var fields: [SchemaField] = []
  private var shared: [Int] = []
  private var enclosing: [Int] = []

  init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// The index of the root node, or nil when the text breaks the grammar.
  mutating func parse() -> Int? {
    while let node = structure() {
      if position == text.count { return node }
      guard take(";") else { return nil }
      shared.append(node)
    }
    return nil
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard position < text.count, text[position] == UInt8(ascii: byte) else { return false }
    position += 1
    return true
  }

  private mutating func structure() -> Int? {
    let hasOwnDecoder = take("!")
    guard take("{") else { return nil }
    let index = nodes.count
    nodes.append(SchemaNode(kind: .structure, hasOwnDecoder: hasOwnDecoder, element: -1, fields: 0..<0))
    enclosing.append(index)
    defer { enclosing.removeLast() }
    var own: [SchemaField] = []
    if !take("}") {
      repeat {
        guard let field = field() else { return nil }
        own.append(field)
      } while take(",")
      guard take("}") else { return nil }
    }
    nodes[index].fields = fields.count..<(fields.count + own.count)
    fields += own
    return index
  }

  private mutating func field() -> SchemaField? {
    let start = position
    while position < text.count, !isMark(text[position]) { position += 1 }
    let name = Array(text[start..<position])
    let omitsEmpty = take("?")
    let dangerousNull = take("!")
    let presence: SchemaField.Presence = take("+") ? .added : take("-") ? .gone : take("*") ? .newest : .always
    guard !name.isEmpty, take(":"), let node = type() else { return nil }
    return SchemaField(
      name: name, node: node, omitsEmpty: omitsEmpty, dangerousNull: dangerousNull, presence: presence)
  }

  /// Ends a field's name. A hyphen does not: it only marks a field when a colon follows.
  private func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "?"), UInt8(ascii: "!"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: ":"): true
    case UInt8(ascii: "-"): position + 1 < text.count && text[position + 1] == UInt8(ascii: ":")
    default: false
    }
  }

  private mutating func type() -> Int? {
    guard position < text.count else { return nil }
    switch text[position] {
    case UInt8(ascii: "{"), UInt8(ascii: "!"): return structure()
    case UInt8(ascii: "^"):
      position += 1
      return enclosing.last
    case UInt8(ascii: "&"):
      position += 1
      return reference()
    case UInt8(ascii: "["): return container(.array)
    case UInt8(ascii: "*"): return container(.map)
    case UInt8(ascii: "#"): return container(.numberedMap)
    default: return leaf()
    }
  }

  private mutating func reference() -> Int? {
    var number = 0
    let start = position
    while position < text.count, text[position] &- UInt8(ascii: "0") < 10 {
      number = number * 10 + Int(text[position] - UInt8(ascii: "0"))
      position += 1
    }
    return position > start && number < shared.count ? shared[number] : nil
  }

  private mutating func container(_ kind: SchemaNode.Kind) -> Int? {
    position += 1
    let index = nodes.count
    nodes.append(SchemaNode(kind: kind, hasOwnDecoder: false, element: -1, fields: 0..<0))
    guard let element = type() else { return nil }
    nodes[index].element = element
    return index
  }

  private mutating func leaf() -> Int? {
    let kind: SchemaNode.Kind
    switch text[position] {
    case UInt8(ascii: "s"): kind = .string
    case UInt8(ascii: "h"): kind = .digest
    case UInt8(ascii: "b"): kind = .bool
    case UInt8(ascii: "i"): kind = .int64
    case UInt8(ascii: "j"): kind = .int32
    case UInt8(ascii: "u"): kind = .uint64
    case UInt8(ascii: "f"): kind = .float
    case UInt8(ascii: "t"): kind = .time
    case UInt8(ascii: "e"): kind = .epochNumber
    case UInt8(ascii: "E"): kind = .unreadableEpoch
    case UInt8(ascii: "y"): kind = .bytes
    case UInt8(ascii: "a"): kind = .any
    default: return nil
    }
    position += 1
    let isTime = kind == .time || kind == .epochNumber || kind == .unreadableEpoch
    nodes.append(SchemaNode(kind: kind, hasOwnDecoder: isTime, element: -1, fields: 0..<0))
    return nodes.count - 1
  }
}
