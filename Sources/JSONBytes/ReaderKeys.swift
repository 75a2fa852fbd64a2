#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

func equalBytes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  guard left.count == right.count else { return false }
  guard left.count > 0, let a = left.baseAddress, let b = right.baseAddress else { return true }
  return memcmp(a, b, left.count) == 0
}

/// Less than 0, 0 or more than 0, as the left bytes sort before, are, or sort after the right ones.
func compareBytes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
  guard let a = left.baseAddress, let b = right.baseAddress else { return left.count - right.count }
  let order = Int(memcmp(a, b, min(left.count, right.count)))
  return order == 0 ? left.count - right.count : order
}

/// Where duplicate keys are found and the path is kept. While an object's keys ascend bytewise only the key before is
/// looked at; the hashes are kept in case that one does not.
extension JSONReader {
  /// Fills the frame of a container that opens.
  @inline(__always)
  func open(_ frame: UnsafeMutablePointer<ReaderFrame>, isObject: Bool, hashBase: Int) {
    frame.pointee.count = 0
    frame.pointee.hashBase = hashBase
    frame.pointee.traits = isObject ? .isObject : []
  }

  /// Takes note of a key without escapes, at `start` in the buffer, of the object at `level`. False, and nothing is
  /// noted, if the object has such a key already.
  @inline(__always)
  func acceptKey(_ s: UnsafeMutablePointer<ReaderState>, _ level: Int, _ start: Int, _ length: Int) -> Bool {
    let frame = s.pointee.frames + level
    let count = frame.pointee.count
    if count > 0, s.pointee.refusesDuplicates {
      let prefix = keyPrefix(s.pointee.buffer + start, length)
      // Many objects have one member: the first key's prefix is worked out when there is a second one.
      if count == 1 { frame.pointee.prefix = keyPrefix(keyBytes(frame), frame.pointee.keyLength) }
      if _fastPath(!frame.pointee.traits.contains(.unordered) && prefix > frame.pointee.prefix) {
        rememberHash(s, keyHash(s, frame))
      } else if isDuplicate(UnsafePointer(s.pointee.buffer + start), length, prefix, level) {
        return false
      }
      frame.pointee.prefix = prefix
    }
    frame.pointee.traits.remove(.saved)
    frame.pointee.keyStart = start
    frame.pointee.keyLength = length
    frame.pointee.count = count &+ 1
    return true
  }

  /// Takes note of the current key, which has escapes: its unescaped form is kept in the key store at once.
  @inline(never)
  func escapedKey() throws(JSONError) {
    let s = state
    let frame = s.pointee.frames + (s.pointee.depth - 1)
    let text = unescaped(tokenContent)
    if s.pointee.refusesDuplicates, frame.pointee.count > 0 {
      let isSecond = text.withUnsafeBufferPointer { bytes in
        let key = bytes.baseAddress ?? UnsafePointer(s.pointee.keyStore)
        return isDuplicate(key, bytes.count, shortPrefix(bytes), s.pointee.depth - 1)
      }
      if isSecond { throw duplicateKey(text) }
    }
    store(text, in: frame)
    frame.pointee.count += 1
  }

  /// Makes `text` the frame's current key, kept in the store behind the keys of the frames below.
  private func store(_ text: [UInt8], in frame: UnsafeMutablePointer<ReaderFrame>) {
    let s = state
    let level = s.pointee.depth - 1
    saveKeys(below: level)
    let start = storeEnd(below: level)
    makeRoomInStore(start + text.count)
    text.withUnsafeBufferPointer { bytes in
      if let base = bytes.baseAddress { (s.pointee.keyStore + start).update(from: base, count: bytes.count) }
    }
    frame.pointee.keyStart = start
    frame.pointee.keyLength = text.count
    frame.pointee.prefix = keyPrefix(s.pointee.keyStore + start, text.count)
    frame.pointee.traits.insert(.saved)
  }

  /// Compares a further key of the object at `level` with the one before, and with all if the keys do not ascend.
  @inline(never)
  private func isDuplicate(_ key: UnsafePointer<UInt8>, _ length: Int, _ prefix: UInt64, _ level: Int) -> Bool {
    let s = state
    let frame = s.pointee.frames + level
    if frame.pointee.count == 1 { frame.pointee.prefix = keyPrefix(keyBytes(frame), frame.pointee.keyLength) }
    if !frame.pointee.traits.contains(.unordered) {
      let common = memcmp(keyBytes(frame), key, min(frame.pointee.keyLength, length))
      let order = common != 0 ? Int(common) : frame.pointee.keyLength - length
      if order == 0 { return true }
      rememberHash(s, keyHash(s, frame))
      if order < 0 { return false }
      frame.pointee.traits.insert(.unordered)
    }
    return addHash(hash(s, key, length, prefix), level)
  }

  /// The error for the current token, a key its object has already. The path of the error is the second member's.
  func duplicateKey(_ name: [UInt8]) -> JSONError {
    let s = state
    store(name, in: s.pointee.frames + (s.pointee.depth - 1))
    let shown = JSONPointer().appending(key: name.prefix(80)).description.dropFirst()
    return fail(
      .duplicateKey, at: s.pointee.tokenStart, "duplicate key \"\(shown)\": readers disagree on which value counts")
  }

  /// Remembers the hash of a key of an object whose keys do not ascend; true if it was there already.
  private func addHash(_ hash: UInt64, _ level: Int) -> Bool {
    let s = state
    let first = s.pointee.frames[level].hashBase
    let count = s.pointee.hashCount - first
    if count > 64 || keySets[level] != nil {
      if keySets[level] == nil {
        keySets[level] = Set(UnsafeBufferPointer(start: s.pointee.hashes + first, count: count))
        s.pointee.hashCount = first
      }
      return !keySets[level, default: []].insert(hash).inserted
    }
    for index in first..<s.pointee.hashCount where s.pointee.hashes[index] == hash { return true }
    rememberHash(s, hash)
    return false
  }

  /// Drops the set of an object that ends.
  @inline(never)
  func forgetKeys(_ level: Int) { keySets[level] = nil }

  @inline(__always)
  private func rememberHash(_ s: UnsafeMutablePointer<ReaderState>, _ hash: UInt64) {
    let count = s.pointee.hashCount
    if _slowPath(count == s.pointee.hashCapacity) { growHashes() }
    s.pointee.hashes[count] = hash
    s.pointee.hashCount = count &+ 1
  }

  @inline(never)
  private func growHashes() {
    let s = state
    let capacity = s.pointee.hashCapacity * 2
    s.pointee.hashes = allocateHashes(s.pointee.hashes, capacity)
    s.pointee.hashCapacity = capacity
  }

  /// The hash of the frame's current key.
  @inline(__always)
  private func keyHash(_ s: UnsafeMutablePointer<ReaderState>, _ frame: UnsafeMutablePointer<ReaderFrame>) -> UInt64 {
    let length = frame.pointee.keyLength
    if length <= 8 { return mix(frame.pointee.prefix ^ s.pointee.seeds.0, UInt64(length) &+ s.pointee.seeds.1) }
    return hash(s, keyBytes(frame), length, frame.pointee.prefix)
  }

  /// A 64-bit hash under the reader's own random key.
  private func hash(
    _ s: UnsafeMutablePointer<ReaderState>, _ key: UnsafePointer<UInt8>, _ length: Int, _ prefix: UInt64
  ) -> UInt64 {
    var value = mix(prefix ^ s.pointee.seeds.0, UInt64(length) &+ s.pointee.seeds.1)
    guard length > 8 else { return value }
    let bytes = UnsafeRawPointer(key)
    var at = 8
    while at + 8 < length {
      value = mix(value ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self), s.pointee.seeds.1)
      at += 8
    }
    return mix(value ^ bytes.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self), s.pointee.seeds.0 | 1)
  }

  @inline(__always)
  private func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let (high, low) = left.multipliedFullWidth(by: right)
    return high ^ low
  }

  /// The first eight bytes, big-endian, zeros behind a shorter key. Eight bytes are readable at `bytes`.
  @inline(__always)
  private func keyPrefix(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).bigEndian
    return length >= 8 ? word : word & ~(UInt64.max >> UInt64(truncatingIfNeeded: length &* 8))
  }

  private func shortPrefix(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var prefix: UInt64 = 0
    for index in 0..<8 { prefix = prefix << 8 | (index < text.count ? UInt64(text[index]) : 0) }
    return prefix
  }

  /// The unescaped bytes of the frame's current key.
  @inline(__always)
  func keyBytes(_ frame: UnsafeMutablePointer<ReaderFrame>) -> UnsafePointer<UInt8> {
    UnsafePointer(
      (frame.pointee.traits.contains(.saved) ? state.pointee.keyStore : state.pointee.buffer) + frame.pointee.keyStart)
  }

  /// Copies the current keys of the outermost `level` containers out of the buffer. A saved frame has only saved ones
  /// below.
  func saveKeys(below level: Int) {
    let s = state
    var first = level
    while first > 0, !s.pointee.frames[first - 1].traits.contains(.saved) { first -= 1 }
    guard first < level else { return }
    var end = storeEnd(below: first)
    for index in first..<level {
      let frame = s.pointee.frames + index
      let length = frame.pointee.isObject && frame.pointee.count > 0 ? frame.pointee.keyLength : 0
      makeRoomInStore(end + length)
      (s.pointee.keyStore + end).update(from: s.pointee.buffer + frame.pointee.keyStart, count: length)
      frame.pointee.keyStart = end
      frame.pointee.keyLength = length
      frame.pointee.traits.insert(.saved)
      end += length
    }
  }

  private func storeEnd(below level: Int) -> Int {
    guard level > 0 else { return 0 }
    let frame = state.pointee.frames[level - 1]
    return frame.keyStart + frame.keyLength
  }

  /// Eight bytes more than asked for stay readable behind the last key.
  private func makeRoomInStore(_ size: Int) {
    let s = state
    guard size + 8 > s.pointee.keyStoreCapacity else { return }
    let capacity = max(size + 8, s.pointee.keyStoreCapacity * 2)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    moved.update(from: s.pointee.keyStore, count: s.pointee.keyStoreCapacity)
    s.pointee.keyStore.deallocate()
    s.pointee.keyStore = moved
    s.pointee.keyStoreCapacity = capacity
  }

  /// More frames, or `.tooDeep` at the bracket that asks for one too many.
  @inline(never)
  func makeRoomForFrame(_ offset: Int) throws(JSONError) {
    let s = state
    guard s.pointee.depth < s.pointee.maxDepth else {
      throw fail(.tooDeep, at: offset, "more than \(s.pointee.maxDepth) containers inside each other")
    }
    let capacity = min(max(s.pointee.frameCapacity * 2, 1), max(s.pointee.maxDepth, 1))
    let moved = UnsafeMutablePointer<ReaderFrame>.allocate(capacity: capacity)
    moved.moveInitialize(from: s.pointee.frames, count: s.pointee.depth)
    s.pointee.frames.deallocate()
    s.pointee.frames = moved
    s.pointee.earlierFrames.deallocate()
    s.pointee.earlierFrames = .allocate(capacity: capacity)
    s.pointee.earlierDepth = 0
    s.pointee.frameCapacity = capacity
  }
}
