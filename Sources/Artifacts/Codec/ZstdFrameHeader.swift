/// The framing of zstd (RFC 8878 section 3.1), as far as it takes to find where frames begin and end without decoding.
struct ZstdFrameHeader {
  /// Bytes from the frame's start to its first block.
  let length: Int
  /// Bytes of the content, when the header says so.
  let contentSize: Int?
  let hasChecksum: Bool

  /// The longest header: magic, descriptor, window, dictionary, content size.
  static let longest = 18
  static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// Nil when the bytes are not the beginning of a data frame. Reserved and unused bits must be clear.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 6, bytes.starts(with: Self.magic) else { return nil }
    let descriptor = bytes[4]
    guard descriptor & 0b0001_1000 == 0 else { return nil }
    let isSingleSegment = descriptor & 0x20 != 0
    hasChecksum = descriptor & 0x04 != 0
    let dictionaryBytes = [0, 1, 2, 4][Int(descriptor & 3)]
    let sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][Int(descriptor >> 6)]
    let start = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes
    guard bytes.count >= start + sizeBytes else { return nil }
    length = start + sizeBytes
    guard sizeBytes > 0 else {
      contentSize = nil
      return
    }
    var value: UInt64 = 0
    for index in (start..<length).reversed() { value = value << 8 | UInt64(bytes[index]) }
    if sizeBytes == 2 { value += 256 }
    guard value < 1 << 62 else { return nil }
    contentSize = Int(value)
  }

  /// A block's three-byte header: whether it is the last, and how many bytes of the file follow it.
  static func block(_ bytes: (UInt8, UInt8, UInt8)) -> (isLast: Bool, stored: Int)? {
    let value = Int(bytes.0) | Int(bytes.1) << 8 | Int(bytes.2) << 16
    switch (value >> 1) & 3 {
    case 0, 2: return (value & 1 == 1, value >> 3)
    case 1: return (value & 1 == 1, 1)
    default: return nil
    }
  }
}

/// Frames whose length is known before their content is: uncompressed blocks, no checksum.
///
/// The manifest comes first in an artifact, but its hashes are known last. Stored like this, its place can be left free
/// and filled at the end. It needs no checksum: each of its lines is checked against a member.
enum StoredZstd {
  /// Content of one frame: small, so that no decoder needs a large window for it.
  private static let frameSize = 1 << 20
  private static let blockSize = 128 << 10
  /// Magic, descriptor, four bytes of size.
  private static let headerSize = 9

  /// Bytes that `encode` makes of `count` bytes.
  static func encodedSize(_ count: Int) -> Int {
    var total = 0
    var left = count
    while left > 0 {
      let content = min(left, frameSize)
      total += headerSize + content + 3 * ((content + blockSize - 1) / blockSize)
      left -= content
    }
    return total
  }

  static func encode(_ content: UnsafeRawBufferPointer) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(encodedSize(content.count))
    var frame = 0
    while frame < content.count {
      let end = min(frame + frameSize, content.count)
      // 0xA0: single segment, content size in four bytes, no checksum, no dictionary.
      output += ZstdFrameHeader.magic + [0xA0]
      let size = UInt32(end - frame)
      for shift in stride(from: UInt32(0), through: 24, by: 8) {
        output.append(UInt8(truncatingIfNeeded: size >> shift))
      }
      var block = frame
      while block < end {
        let stop = min(block + blockSize, end)
        let header = UInt32(stop - block) << 3 | (stop == end ? 1 : 0)
        for shift in stride(from: UInt32(0), through: 16, by: 8) {
          output.append(UInt8(truncatingIfNeeded: header >> shift))
        }
        output += content[block..<stop]
        block = stop
      }
      frame = end
    }
    return output
  }
}
