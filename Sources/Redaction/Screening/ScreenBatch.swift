/// Decoded bytes of many places, one after another, and the places that they came from.
///
/// Its memory grows and stays: a screen fills it again for each block.
struct ScreenBatch {
  /// A piece: where it begins here, and the range that it was decoded from.
  private struct Piece {
    let start: Int
    let origin: Range<Int>
  }

  /// Everything decoded so far.
  private(set) var bytes: [UInt8] = []
  private var pieces: [Piece] = []

  /// Forgets everything.
  mutating func reset() {
    bytes.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
  }

  /// Says what the bytes that follow are decoded from.
  mutating func begin(_ origin: Range<Int>) { begin(origin, at: bytes.count) }

  /// Says what the bytes from a place on are decoded from.
  mutating func begin(_ origin: Range<Int>, at start: Int) { pieces.append(Piece(start: start, origin: origin)) }

  /// Adds what a decoder writes.
  ///
  /// - Parameters:
  ///   - most: the room that it needs, in bytes.
  ///   - decoder: gives the number of bytes that it wrote.
  /// - Returns: where they are.
  mutating func append(atMost most: Int, _ decoder: (UnsafeMutablePointer<UInt8>) -> Int) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: most))
    let count = bytes.withUnsafeMutableBufferPointer { room in room.baseAddress.map { decoder($0 + start) } ?? 0 }
    bytes.removeLast(most - count)
    return start..<(start + count)
  }

  /// Adds bytes as they are.
  mutating func append(_ more: UnsafeRawBufferPointer) { bytes.append(contentsOf: more) }

  /// Adds one byte.
  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  /// Ends a piece: what ends one must not begin something in the next.
  mutating func end() {
    bytes.append(0x0A)
    bytes.append(0x0A)
  }

  /// The range that a byte was decoded from.
  func origin(of place: Int) -> Range<Int> {
    var (low, high) = (0, pieces.count)
    while low < high {
      let middle = (low + high) / 2
      if pieces[middle].start <= place { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? pieces[low - 1].origin : 0..<1
  }
}
