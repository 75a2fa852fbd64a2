/// A stream of random numbers that depends on its state and on nothing else: xoshiro256** 1.0 (Blackman and Vigna,
/// 2018), seeded from a ``StreamKey`` and the index of a row.
///
/// Every output is pinned by a golden test. Changing this type means a new version of every generator.
package struct ByteStream: Sendable, Hashable {
  private var a: UInt64
  private var b: UInt64
  private var c: UInt64
  private var d: UInt64

  /// The stream of a key at a row. The four words of the key are mixed with the row by SplitMix64, so that rows are
  /// independent of each other and a row can be computed without those before it.
  package init(key: StreamKey, row: UInt64) {
    var mixer = row &* 0x9E37_79B9_7F4A_7C15 ^ key.words.0
    a = Self.splitMix(&mixer) ^ key.words.0
    b = Self.splitMix(&mixer) ^ key.words.1
    c = Self.splitMix(&mixer) ^ key.words.2
    d = Self.splitMix(&mixer) ^ key.words.3
    // The all-zero state is the one that xoshiro256** cannot leave.
    if a | b | c | d == 0 { a = 1 }
  }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    let product = b &* 5
    let result = ((product << 7) | (product >> 57)) &* 9
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = (d << 45) | (d >> 19)
    return result
  }

  /// A number from 0 to below `bound` (greater than 0), without bias: Lemire's multiplication with rejection.
  package mutating func next(below bound: UInt64) -> UInt64 {
    let threshold = (0 &- bound) % bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= threshold { return product.high }
    }
  }

  /// A number of a closed range.
  package mutating func next(in range: ClosedRange<Int64>) -> Int64 {
    let span = UInt64(bitPattern: range.upperBound) &- UInt64(bitPattern: range.lowerBound)
    let offset = span == .max ? next() : next(below: span + 1)
    return Int64(bitPattern: UInt64(bitPattern: range.lowerBound) &+ offset)
  }

  /// Fills a buffer: the bytes of successive numbers, least significant first. A stream read in pieces gives the same
  /// bytes as one read at once if every piece but the last is a multiple of 8 bytes long.
  package mutating func fill(_ buffer: UnsafeMutableRawBufferPointer) {
    var offset = 0
    while offset + 8 <= buffer.count {
      buffer.storeBytes(of: next().littleEndian, toByteOffset: offset, as: UInt64.self)
      offset += 8
    }
    if offset < buffer.count {
      var rest = next()
      while offset < buffer.count {
        buffer[offset] = UInt8(truncatingIfNeeded: rest)
        rest >>= 8
        offset += 1
      }
    }
  }

  /// The first `count` bytes, in pieces of at most 64 KiB. Rethrows what the body throws.
  package func forEachPiece(
    count: Int, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    var stream = self
    let size = min(max(count, 1), 65_536)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
    defer { buffer.deallocate() }
    var left = count
    while left > 0 {
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[0..<min(left, size)])
      stream.fill(piece)
      try body(UnsafeRawBufferPointer(piece))
      left -= piece.count
    }
  }

  /// The first `count` bytes at once: for values, which are short.
  package func bytes(count: Int) -> [UInt8] {
    var stream = self
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      stream.fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[0..<count]))
      used = count
    }
  }

  private static func splitMix(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
