/// Decoded bytes of many places, one after another, and the places that they came from.
///
/// Memory of its own that grows and stays: a screen fills it again for each block.
final class ScreenBatch {
  private var room: UnsafeMutableRawPointer
  private var capacity = 64 << 10
  private(set) var count = 0
  /// Where each piece begins here, and the range that it was decoded from.
  private var starts: [Int] = []
  private var origins: [Range<Int>] = []

  init() { room = .allocate(byteCount: capacity, alignment: 1) }

  deinit { room.deallocate() }

  /// Everything decoded so far; valid until the next byte is added.
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: room, count: count) }

  /// Forgets everything.
  func reset() {
    count = 0
    starts.removeAll(keepingCapacity: true)
    origins.removeAll(keepingCapacity: true)
  }

  /// Says what the bytes that follow are decoded from.
  func begin(_ origin: Range<Int>) {
    starts.append(count)
    origins.append(origin)
  }

  /// Where the next bytes go, with room for at least so many; `commit` says how many there are.
  func space(_ most: Int) -> UnsafeMutablePointer<UInt8> {
    reserve(most)
    return (room + count).assumingMemoryBound(to: UInt8.self)
  }

  /// Adds the bytes that were written to `space`, and gives them back.
  func commit(_ written: Int) -> UnsafeRawBufferPointer {
    count += written
    return UnsafeRawBufferPointer(start: room + count - written, count: written)
  }

  /// Adds bytes as they are.
  func append(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    reserve(bytes.count)
    (room + count).copyMemory(from: source, byteCount: bytes.count)
    count += bytes.count
  }

  /// Adds one byte.
  func append(_ byte: UInt8) {
    reserve(1)
    room.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    count += 1
  }

  /// Ends a piece: what ends one must not begin something in the next.
  func end() {
    append(0x0A)
    append(0x0A)
  }

  /// The range that a byte was decoded from.
  func origin(of place: Int) -> Range<Int> {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= place { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? origins[low - 1] : 0..<1
  }

  private func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
    larger.copyMemory(from: room, byteCount: count)
    room.deallocate()
    room = larger
  }
}
