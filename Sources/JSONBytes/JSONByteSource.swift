/// Where a reader gets its bytes. The room above adapts its files to it; this room opens nothing.
package protocol JSONByteSource {
  /// Fills as much of `buffer` as it likes, at least one byte, and returns how many; 0 is the end of the document.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

/// A document that is in memory already.
struct MemorySource: JSONByteSource {
  let bytes: [UInt8]
  var position = 0

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, bytes.count - position)
    bytes.withUnsafeBytes { all in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: all[position..<(position + count)]))
    }
    position += count
    return count
  }
}
