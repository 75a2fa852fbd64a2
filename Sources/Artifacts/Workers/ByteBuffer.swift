import Glibc

/// Bytes that one worker fills and empties again and again: memory touched once is the cheapest memory.
final class ByteBuffer {
  private var base: UnsafeMutableRawPointer
  private(set) var capacity: Int
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = max(capacity, 4096)
    base = .allocate(byteCount: self.capacity, alignment: 64)
  }

  deinit { base.deallocate() }

  /// What has been put in. Valid until the next change.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  func removeAll() { count = 0 }

  /// Makes room for `more` bytes behind those that are there.
  func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    let larger = max(count + more, capacity + capacity / 2)
    let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 64)
    moved.copyMemory(from: base, byteCount: count)
    base.deallocate()
    base = moved
    capacity = larger
  }

  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    reserve(bytes.count)
    (base + count).copyMemory(from: start, byteCount: bytes.count)
    count += bytes.count
  }

  func append(_ bytes: [UInt8]) { bytes.withUnsafeBytes { append($0) } }

  func appendZeros(_ zeros: Int) {
    guard zeros > 0 else { return }
    reserve(zeros)
    memset(base + count, 0, zeros)
    count += zeros
  }

  /// Lets `body` write up to `room` bytes behind the content; it returns how many it wrote.
  func fill<Failure: Error>(
    _ room: Int, _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    reserve(room)
    let written = try body(UnsafeMutableRawBufferPointer(start: base + count, count: room))
    count += written
    return written
  }
}

extension [UInt8] {
  /// `withUnsafeBytes` that keeps the type of what `body` throws.
  func withRawBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withUnsafeBufferPointer { (buffer) throws(Failure) -> Result in try body(UnsafeRawBufferPointer(buffer)) }
  }
}

extension UnsafeRawBufferPointer {
  /// Whether every byte is 0; true for none.
  var isZero: Bool {
    guard let base = baseAddress, count > 0 else { return true }
    // Equal to itself moved by one byte, and beginning with 0.
    return self[0] == 0 && memcmp(base, base + 1, count - 1) == 0
  }

  /// A stretch of the bytes, as a buffer of its own.
  func part(_ range: Range<Int>) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: self[range]) }
}
