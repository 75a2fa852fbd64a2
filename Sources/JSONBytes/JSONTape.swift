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

  /// Reads a value that stands somewhere in a larger document: nodes say their offsets in that one. Throws what the
  /// reader throws.
  package init(
    parsing value: [UInt8], at offset: Int, options: JSONReader.Options = .init()
  ) throws(JSONError) {
    try self.init(parsing: value, options: options)
    move(by: offset)
  }

  /// Says that the document that the value was captured from begins at an offset of another one.
  package func move(by offset: Int) { storage.move(by: offset) }

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
