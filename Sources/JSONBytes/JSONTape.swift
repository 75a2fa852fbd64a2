/// One value held whole: its bytes and a flat list of what is in it. Captured into again, it uses its memory again.
///
/// A node keeps the bytes it came from alive: capturing into a tape some node still looks at gives the tape new memory.
package struct JSONTape {
  private(set) var storage = TapeStorage()

  package init() {}

  /// Reads a whole document. Throws what the reader throws.
  package init(parsing document: [UInt8], options: JSONReader.Options = .init()) throws(JSONError) {
    let reader = JSONReader(bytes: document, options: options)
    _ = try reader.next()
    try reader.capture(into: &self)
    _ = try reader.next()
  }

  /// The value; `null` in a tape nothing was captured into.
  package var root: JSONNode { JSONNode(storage: storage, index: 0) }

  /// Empties the tape for a value that begins at an absolute offset.
  mutating func begin(at offset: Int) -> TapeStorage {
    if isKnownUniquelyReferenced(&storage) {
      storage.reset(offset)
    } else {
      storage = TapeStorage(offset)
    }
    return storage
  }
}

/// What is at one place of a tape: positions count from the value's first byte.
struct TapeNode {
  var kind: JSONNode.Kind
  var hasEscapes: Bool
  /// First byte (the quote, for strings and keys).
  var start: UInt32
  /// The byte after the value, its quote or bracket included.
  var end: UInt32
  /// The node after this one and all it holds; while a container is open, the container around it.
  var next: UInt32
  /// Members or elements.
  var count: UInt32
}

final class TapeStorage {
  private(set) var bytes: [UInt8] = []
  private(set) var nodes: [TapeNode] = []
  private(set) var offset: Int
  /// The innermost open container; `UInt32.max`: none.
  private var open = UInt32.max

  init(_ offset: Int = 0) { self.offset = offset }

  func reset(_ offset: Int) {
    bytes.removeAll(keepingCapacity: true)
    nodes.removeAll(keepingCapacity: true)
    self.offset = offset
    open = .max
  }

  func append(_ piece: UnsafeRawBufferPointer) { bytes.append(contentsOf: piece) }

  /// Adds the next token; `end` is the offset of a string's closing quote and the byte after any other token.
  func add(_ token: JSONToken, start: Int, end: Int, hasEscapes: Bool) {
    let isText = token == .string || token == .key
    var node = TapeNode(
      kind: .null, hasEscapes: isText && hasEscapes, start: UInt32(start), end: UInt32(end + (isText ? 1 : 0)),
      next: UInt32(nodes.count + 1), count: 0)
    switch token {
    case .endObject, .endArray:
      let index = Int(open)
      guard index < nodes.count else { return }
      open = nodes[index].next
      nodes[index].end = node.end
      nodes[index].next = UInt32(nodes.count)
      return
    case .beginObject: node.kind = .object
    case .beginArray: node.kind = .array
    case .key, .string: node.kind = .string
    case .number: node.kind = .number
    case .true: node.kind = .true
    case .false: node.kind = .false
    case .null, .end: node.kind = .null
    }
    if open != .max {
      // A member counts once, with its key.
      if token == .key || nodes[Int(open)].kind == .array { nodes[Int(open)].count += 1 }
    }
    if node.kind == .object || node.kind == .array {
      node.next = open
      open = UInt32(nodes.count)
    }
    nodes.append(node)
  }
}
