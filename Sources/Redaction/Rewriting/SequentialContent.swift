/// Content that can only be read from its beginning to its end, given as windows that may overlap: what a compressed
/// stream holds, a member of an archive.
///
/// Memory: from the lowest byte that was asked for last to the highest one.
final class SequentialContent {
  /// Appends the next piece; false at the end. What is damaged ends, too, and says so by itself.
  typealias Source = (inout [UInt8]) -> Bool

  private let next: Source
  private let release: ([UInt8]) throws(RedactionError) -> Void
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// - Parameter release: told the bytes that will not be asked for again, from the first to the last.
  init(_ next: @escaping Source, release: @escaping ([UInt8]) throws(RedactionError) -> Void = { _ in }) {
    self.next = next
    self.release = release
  }

  /// The bytes of a range, fewer at the end. Lower bounds must ascend.
  ///
  /// - Throws: what `release` throws.
  func bytes(in range: Range<Int>) throws(RedactionError) -> [UInt8] {
    let done = min(range.lowerBound - start, buffer.count)
    if done > 0 {
      try release(Array(buffer[..<done]))
      buffer.removeFirst(done)
      start += done
    }
    while start + buffer.count < range.upperBound, !isAtEnd { isAtEnd = !next(&buffer) }
    if range.lowerBound == start, range.upperBound >= start + buffer.count { return buffer }
    return Array(buffer[min(range.lowerBound - start, buffer.count)..<min(range.upperBound - start, buffer.count)])
  }

  /// Reads to the end and releases everything.
  ///
  /// - Throws: what `release` throws.
  func finish() throws(RedactionError) {
    while !buffer.isEmpty || !isAtEnd { _ = try bytes(in: (start + buffer.count)..<(start + buffer.count + 1)) }
  }
}
