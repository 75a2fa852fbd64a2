/// What is at one place of a tape: positions count from the value's first byte.
struct TapeNode {
  var kind: JSONNode.Kind
  var hasEscapes: Bool
  /// A container whose members or elements are not in the tape; see `JSONReader.captureFolded`.
  var isFolded = false
  /// First byte (the quote, for strings and keys).
  var start: UInt32
  /// The byte after the value, its quote or bracket included.
  var end: UInt32
  /// The node after this one and all it holds; while a container is open, the container around it.
  var next: UInt32
  /// Members or elements.
  var count: UInt32
}

/// The memory of a tape. Filled by one capture, then only read; in memory of its own, as `ReaderState` is.
final class TapeStorage {
  private struct Contents {
    var bytes: UnsafeMutablePointer<UInt8>
    var byteCount = 0
    var byteCapacity = 1024
    var nodes: UnsafeMutablePointer<TapeNode>
    var nodeCount = 0
    var nodeCapacity = 64
    /// Absolute offset of the value's first byte.
    var offset: Int
    /// The innermost open container; `UInt32.max`: none.
    var open = UInt32.max
  }

  private let contents: UnsafeMutablePointer<Contents>

  init(_ offset: Int = 0) {
    contents = .allocate(capacity: 1)
    contents.initialize(
      to: Contents(bytes: .allocate(capacity: 1024), nodes: .allocate(capacity: 64), offset: offset))
  }

  deinit {
    contents.pointee.bytes.deallocate()
    contents.pointee.nodes.deallocate()
    contents.deallocate()
  }

  var offset: Int { contents.pointee.offset }
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: contents.pointee.bytes, count: contents.pointee.byteCount)
  }

  /// The node at `index`; a `null` where there is none, as in a tape nothing was captured into.
  func node(_ index: Int) -> TapeNode {
    guard index < contents.pointee.nodeCount else {
      return TapeNode(
        kind: .null, hasEscapes: false, start: 0, end: 0, next: UInt32(truncatingIfNeeded: index + 1), count: 0)
    }
    return contents.pointee.nodes[index]
  }

  /// Says that the document of this value begins at an offset of another one.
  func move(by offset: Int) { contents.pointee.offset += offset }

  func reset(_ offset: Int) {
    contents.pointee.byteCount = 0
    contents.pointee.nodeCount = 0
    contents.pointee.offset = offset
    contents.pointee.open = .max
  }

  func append(_ piece: UnsafeRawBufferPointer) {
    let c = contents
    guard let from = piece.baseAddress else { return }
    let count = c.pointee.byteCount
    if count + piece.count > c.pointee.byteCapacity {
      let capacity = max(count + piece.count, c.pointee.byteCapacity * 2)
      let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
      moved.update(from: c.pointee.bytes, count: count)
      c.pointee.bytes.deallocate()
      c.pointee.bytes = moved
      c.pointee.byteCapacity = capacity
    }
    UnsafeMutableRawPointer(c.pointee.bytes + count).copyMemory(from: from, byteCount: piece.count)
    c.pointee.byteCount = count + piece.count
  }

  /// Whether the innermost open container is an object.
  var isInObject: Bool {
    let open = Int(contents.pointee.open)
    return open < contents.pointee.nodeCount && contents.pointee.nodes[open].kind == .object
  }

  /// Adds the next token; `end` is the offset of a string's closing quote and the byte after any other token.
  func add(_ token: JSONToken, start: Int, end: Int, hasEscapes: Bool = false, isFolded: Bool = false) {
    let c = contents
    let count = c.pointee.nodeCount
    if count == c.pointee.nodeCapacity { grow() }
    let nodes = c.pointee.nodes
    let here = UInt32(truncatingIfNeeded: count)
    let open = c.pointee.open
    var node = TapeNode(
      kind: .null, hasEscapes: false, start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
      next: here &+ 1, count: 0)
    switch token {
    case .endObject, .endArray:
      guard open < here else { return }
      let container = nodes + Int(open)
      c.pointee.open = container.pointee.next
      container.pointee.end = node.end
      container.pointee.next = here
      return
    case .key, .string:
      node.kind = .string
      node.hasEscapes = hasEscapes
      node.end &+= 1
    case .beginObject, .beginArray:
      node.kind = token == .beginObject ? .object : .array
      node.next = open
      node.isFolded = isFolded
      c.pointee.open = here
    case .number: node.kind = .number
    case .true: node.kind = .true
    case .false: node.kind = .false
    case .null, .end: break
    }
    // A member counts once, with its key.
    if open < here, token == .key || nodes[Int(open)].kind == .array { nodes[Int(open)].count &+= 1 }
    (nodes + count).initialize(to: node)
    c.pointee.nodeCount = count &+ 1
  }

  @inline(never)
  private func grow() {
    let c = contents
    let moved = UnsafeMutablePointer<TapeNode>.allocate(capacity: c.pointee.nodeCapacity * 2)
    moved.update(from: c.pointee.nodes, count: c.pointee.nodeCount)
    c.pointee.nodes.deallocate()
    c.pointee.nodes = moved
    c.pointee.nodeCapacity *= 2
  }
}
