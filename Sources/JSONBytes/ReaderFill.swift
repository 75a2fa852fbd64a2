import CScan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension JSONReader {
  enum Refill { case entries, end, full }

  /// Indexes the next part of the document, reading more of it when the buffer is used up. All entries must be
  /// consumed.
  ///
  /// Bytes from `keep` on (`Int.max`: none) stay in the buffer, which grows up to `limit` bytes for them; `.full`
  /// means that this was not enough. Offsets held by the caller are void afterwards: the state's are moved, `kept` is
  /// where `keep` went.
  @inline(never)
  func refill(keeping keep: Int, limit: Int) throws(JSONError) -> Refill {
    let s = state
    s.pointee.kept = keep
    s.pointee.nextEntry = 0
    s.pointee.entryCount = 0
    while true {
      if s.pointee.scan.invalid != 0 { throw fail(.invalidUTF8, at: s.pointee.indexedEnd, "bytes that are not UTF-8") }
      let available = s.pointee.dataEnd - s.pointee.indexedEnd
      let usable = s.pointee.ended ? available : max(0, available - ReaderState.lookahead)
      var blocks = min(usable / ReaderState.block, ReaderState.windowBlocks)
      let from = s.pointee.indexedEnd
      if blocks > 0 {
        s.pointee.indexedEnd = from + blocks * ReaderState.block
      } else if !s.pointee.ended {
        guard try readMore(limit: limit) else { return .full }
        continue
      } else if s.pointee.indexedAll {
        return .end
      } else {
        // The rest, filled up with the spaces that follow the data: also when there is no rest, so that a UTF-8
        // sequence cut off by the end of the document meets a byte that does not continue it.
        s.pointee.indexedAll = true
        blocks = 1
        s.pointee.indexedEnd = s.pointee.dataEnd
      }
      let count = cscan_index(s.pointee.buffer, from, blocks, s.pointee.entries, &s.pointee.scan)
      if count > 0 {
        s.pointee.entryCount = count
        return .entries
      }
    }
  }

  /// Makes room and reads until the buffer is full or the source ends. False when there is no room to make.
  private func readMore(limit: Int) throws(JSONError) -> Bool {
    let s = state
    let from = min(s.pointee.kept, s.pointee.indexedEnd)
    let live = s.pointee.dataEnd - from
    let usual = max(256, options.bufferSize)
    var capacity = s.pointee.capacity
    if live >= capacity {
      guard capacity < limit else { return false }
      capacity = min(capacity * 2, limit)
    } else if capacity > usual, live <= usual / 2 {
      capacity = usual
    }
    slide(to: from, live: live, capacity: capacity)
    let end = ReaderState.front + capacity
    while s.pointee.dataEnd < end {
      let room = UnsafeMutableRawBufferPointer(
        start: s.pointee.buffer + s.pointee.dataEnd, count: end - s.pointee.dataEnd)
      let count: Int
      do {
        count = try source.read(into: room)
      } catch {
        sourceError = error
        throw fail(.sourceFailed, at: s.pointee.dataEnd, "the document cannot be read: \(error)")
      }
      if count <= 0 {
        s.pointee.ended = true
        break
      }
      s.pointee.dataEnd += min(count, room.count)
    }
    // Spaces behind the data end every number and word, and fill up the last block.
    (s.pointee.buffer + s.pointee.dataEnd).initialize(
      repeating: 0x20, count: ReaderState.block + ReaderState.lookahead)
    return true
  }

  /// Moves the bytes from `from` on to the front of the buffer (of a new one, if the capacity changes).
  private func slide(to from: Int, live: Int, capacity: Int) {
    let s = state
    let front = ReaderState.front
    let shift = from - front
    if shift == 0, capacity == s.pointee.capacity { return }
    saveKeys(below: s.pointee.depth)
    if s.pointee.copyStart < from {
      handOver(s.pointee.copyStart, from)
      s.pointee.copyStart = from
    }
    var last = 0
    let lines = cscan_lines(s.pointee.buffer + front, shift, &last)
    if lines > 0 {
      s.pointee.lines += lines
      s.pointee.lineStart = s.pointee.base + front + last + 1
    }
    // The headroom moves along: UTF-8 validation looks back three bytes.
    let old = s.pointee.buffer
    if capacity != s.pointee.capacity {
      s.pointee.buffer = .allocate(capacity: ReaderState.allocation(capacity))
      s.pointee.capacity = capacity
    }
    memmove(s.pointee.buffer, old + shift, front + live)
    if old != s.pointee.buffer { old.deallocate() }
    s.pointee.base += shift
    s.pointee.dataEnd -= shift
    s.pointee.indexedEnd -= shift
    s.pointee.tokenStart -= shift
    s.pointee.tokenEnd -= shift
    s.pointee.scanned -= shift
    if s.pointee.kept != Int.max { s.pointee.kept -= shift }
    if s.pointee.copyStart != Int.max { s.pointee.copyStart -= shift }
  }

  /// Gives buffer bytes to the copy under way. A sink that failed once gets no more.
  func handOver(_ start: Int, _ end: Int) {
    guard let sink = copySink, copyFailure == nil, start < end else { return }
    do {
      try sink(UnsafeRawBufferPointer(start: state.pointee.buffer + start, count: end - start))
    } catch {
      copyFailure = error
    }
  }

  /// The first entry of the document.
  @inline(never)
  func firstEntry() throws(JSONError) -> Int {
    let s = state
    guard case .entries = try refill(keeping: .max, limit: 0) else {
      throw fail(.emptyDocument, at: s.pointee.dataEnd, "empty document")
    }
    s.pointee.nextEntry = 1
    let offset = Int(s.pointee.entries[0])
    if offset == ReaderState.front, s.pointee.base == -offset, s.pointee.buffer[offset] == 0xef,
      s.pointee.buffer[offset + 1] == 0xbb, s.pointee.buffer[offset + 2] == 0xbf
    {
      throw fail(.byteOrderMark, at: offset, "the document begins with a byte order mark, which JSON does not allow")
    }
    return offset
  }

  /// The next entry when the index is used up.
  @inline(never)
  func entryAfterRefill() throws(JSONError) -> Int {
    guard case .entries = try refill(keeping: .max, limit: 0) else { throw truncated() }
    state.pointee.nextEntry = 1
    return Int(state.pointee.entries[0])
  }

  /// After the value: `.end`, or an error if anything follows.
  @inline(never)
  func endOfDocument() throws(JSONError) -> JSONToken {
    let s = state
    if s.pointee.nextEntry == s.pointee.entryCount {
      guard case .entries = try refill(keeping: .max, limit: 0) else {
        s.pointee.token = .end
        s.pointee.tokenStart = s.pointee.dataEnd
        s.pointee.tokenEnd = s.pointee.dataEnd
        return .end
      }
    }
    let offset = Int(s.pointee.entries[s.pointee.nextEntry])
    throw fail(.trailingData, at: offset, "\(describe(offset)) after the end of the value")
  }
}
