extension JSONReader {
  /// The next token when none is left that was read ahead.
  @usableFromInline
  @inline(never)
  func nextOfNewBatch() throws(JSONError) -> JSONToken {
    let last = cursor.pointee.tokens[cursor.pointee.current]
    if state.pointee.entryCount &- state.pointee.nextEntry >= Self.lookedAt, readAhead() {
      return cursor.pointee.tokens[0].kind
    }
    cursor.pointee.tokens[0] = last
    cursor.pointee.current = 0
    cursor.pointee.end = 1
    state.pointee.isBatch = false
    return try nextAnywhere()
  }

  /// Reads tokens ahead as long as they are of the usual kind: in a container, whole in the buffer, and nothing to
  /// complain about. At the first one that is not, it stops before it and leaves it to `nextAnywhere`. False if there
  /// was none.
  ///
  /// One loop over the index that keeps its state in registers, and takes a member's key, colon and value in one
  /// round, is several times as fast as a call per token.
  private func readAhead() -> Bool {
    let s = state
    var inObject: Bool
    var isFirst: Bool
    switch s.pointee.expect {
    case .memberOrEnd: (inObject, isFirst) = (true, true)
    case .commaOrEndOfObject: (inObject, isFirst) = (true, false)
    case .elementOrEnd: (inObject, isFirst) = (false, true)
    case .commaOrEndOfArray: (inObject, isFirst) = (false, false)
    default: return false
    }
    rememberFrames()
    let buffer = s.pointee.buffer
    let entries = s.pointee.entries
    let frames = s.pointee.frames
    let depthLimit = min(s.pointee.frameCapacity, s.pointee.maxDepth)
    // A round makes five tokens at most.
    let lastEntry = s.pointee.entryCount &- Self.lookedAt
    let begin = cursor.pointee.tokens
    let full = begin + (TokenCursor.capacity - 5)
    var out = begin
    var at = s.pointee.nextEntry
    var depth = s.pointee.depth
    /// What the round that could not be finished is waiting for; nil between two rounds.
    var pending: Expectation?

    reading: while at <= lastEntry, out < full {
      var offset = Int(truncatingIfNeeded: entries[at])
      var byte = buffer[offset]
      if byte == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
        depth &-= 1
        out.initialize(to: TokenRecord(inObject ? .endObject : .endArray, offset, offset &+ 1, depth: depth))
        out += 1
        at &+= 1
        let frame = frames + depth
        s.pointee.hashCount = frame.pointee.hashBase
        if _slowPath(frame.pointee.traits.contains(.unordered)) { forgetKeys(depth) }
        if _slowPath(depth == 0) {
          pending = .endOfDocument
          break reading
        }
        inObject = (frame - 1).pointee.isObject
        isFirst = false
        continue reading
      }
      if !isFirst {
        guard _fastPath(byte == UInt8(ascii: ",")) else { break reading }
        offset = Int(truncatingIfNeeded: entries[at &+ 1])
        byte = buffer[offset]
      }
      let skip = isFirst ? 0 : 1
      if inObject {
        let end = Int(truncatingIfNeeded: entries[at &+ skip &+ 1])
        guard _fastPath(byte == UInt8(ascii: "\"") && buffer[end] == UInt8(ascii: "\"")),
          _fastPath(acceptKey(s, depth &- 1, offset &+ 1, end &- offset &- 1))
        else { break reading }
        out.initialize(to: TokenRecord(.key, offset, end, depth: depth))
        out += 1
        at &+= skip &+ 2
        guard _fastPath(buffer[Int(truncatingIfNeeded: entries[at])] == UInt8(ascii: ":")) else {
          pending = .colon
          break reading
        }
        at &+= 1
        offset = Int(truncatingIfNeeded: entries[at])
        byte = buffer[offset]
      } else {
        at &+= skip
        frames[depth &- 1].count &+= skip
      }

      // A value at `offset`.
      if byte == UInt8(ascii: "\"") {
        var end = Int(truncatingIfNeeded: entries[at &+ 1])
        var flags: TokenFlags = []
        if _slowPath(buffer[end] != UInt8(ascii: "\"")) {
          let closing = afterEscapes(at &+ 1)
          guard closing >= 0 else {
            pending = inObject ? .afterColon : isFirst ? .elementOrEnd : .element
            break reading
          }
          end = Int(truncatingIfNeeded: entries[closing])
          at = closing &- 1
          flags = .hasEscapes
        }
        out.initialize(to: TokenRecord(.string, offset, end, depth: depth, flags: flags))
        at &+= 2
        isFirst = false
      } else if byte == UInt8(ascii: "{"), depth < depthLimit {
        if isSingleString(buffer, entries + at) {
          let (key, value) = (Int(truncatingIfNeeded: entries[at &+ 1]), Int(truncatingIfNeeded: entries[at &+ 4]))
          let (keyEnd, end) = (Int(truncatingIfNeeded: entries[at &+ 2]), Int(truncatingIfNeeded: entries[at &+ 5]))
          let close = Int(truncatingIfNeeded: entries[at &+ 6])
          out.initialize(to: TokenRecord(.beginObject, offset, offset &+ 1, depth: depth &+ 1))
          (out + 1).initialize(to: TokenRecord(.key, key, keyEnd, depth: depth &+ 1))
          (out + 2).initialize(to: TokenRecord(.string, value, end, depth: depth &+ 1))
          (out + 3).initialize(to: TokenRecord(.endObject, close, close &+ 1, depth: depth))
          out += 4
          at &+= 7
          isFirst = false
          continue reading
        }
        open(frames + depth, isObject: true, hashBase: s.pointee.hashCount)
        depth &+= 1
        out.initialize(to: TokenRecord(.beginObject, offset, offset &+ 1, depth: depth))
        at &+= 1
        (inObject, isFirst) = (true, true)
      } else if byte == UInt8(ascii: "["), depth < depthLimit {
        open(frames + depth, isObject: false, hashBase: s.pointee.hashCount)
        depth &+= 1
        out.initialize(to: TokenRecord(.beginArray, offset, offset &+ 1, depth: depth))
        at &+= 1
        (inObject, isFirst) = (false, true)
      } else {
        let kind: JSONToken =
          switch byte {
          case UInt8(ascii: "t"): .true
          case UInt8(ascii: "f"): .false
          case UInt8(ascii: "n"): .null
          default: .number
          }
        let end = kind == .number ? numberEnd(offset) : wordEnd(offset, kind)
        guard end >= 0 else {
          pending = inObject ? .afterColon : isFirst ? .elementOrEnd : .element
          break reading
        }
        out.initialize(to: TokenRecord(kind, offset, end, depth: depth))
        at &+= 1
        isFirst = false
      }
      out += 1
    }

    s.pointee.nextEntry = at
    s.pointee.depth = depth
    s.pointee.afterValue = depth == 0 ? .endOfDocument : inObject ? .commaOrEndOfObject : .commaOrEndOfArray
    s.pointee.expect =
      pending
      ?? (isFirst ? (inObject ? .memberOrEnd : .elementOrEnd) : (inObject ? .commaOrEndOfObject : .commaOrEndOfArray))
    s.pointee.isBatch = true
    cursor.pointee.current = 0
    cursor.pointee.end = out - begin
    return out > begin
  }

  /// Entries a round of `readAhead` may look at: a comma, a key, a colon and an object with one string.
  static var lookedAt: Int { 11 }

  /// Whether an object that opens at the first of these entries has just one member, a string without escapes: how
  /// DynamoDB writes nearly every value. It needs no frame and no look at other keys.
  @inline(__always)
  private func isSingleString(
    _ buffer: UnsafeMutablePointer<UInt8>, _ entries: UnsafeMutablePointer<UInt32>
  ) -> Bool {
    func byte(_ index: Int) -> UInt8 { buffer[Int(truncatingIfNeeded: entries[index])] }
    return byte(1) == UInt8(ascii: "\"") && byte(2) == UInt8(ascii: "\"") && byte(3) == UInt8(ascii: ":")
      && byte(4) == UInt8(ascii: "\"") && byte(5) == UInt8(ascii: "\"") && byte(6) == UInt8(ascii: "}")
  }

  /// The entry of the closing quote of a string whose first escape is the entry `index`; -1 if there is anything
  /// about it that needs a closer look.
  @inline(never)
  private func afterEscapes(_ index: Int) -> Int {
    let s = state
    let buffer = s.pointee.buffer
    for entry in index..<max(index, s.pointee.entryCount - Self.lookedAt) {
      let offset = Int(s.pointee.entries[entry])
      if buffer[offset] == UInt8(ascii: "\"") { return entry }
      guard buffer[offset] == UInt8(ascii: "\\"), offset + 6 <= s.pointee.dataEnd else { return -1 }
      if shortEscape(buffer[offset + 1]) != nil { continue }
      guard buffer[offset + 1] == UInt8(ascii: "u"), let unit = hexValue(buffer, offset + 2), unit & 0xf800 != 0xd800
      else { return -1 }
    }
    return -1
  }

  /// The end of the number at `offset`; -1 if it is none or may go on behind the buffer.
  @inline(never)
  private func numberEnd(_ offset: Int) -> Int {
    let (end, isValid) = scanNumber(state.pointee.buffer, offset)
    return isValid && end < state.pointee.dataEnd ? end : -1
  }

  /// The end of the word at `offset`; -1 if it is another one or may go on behind the buffer.
  @inline(__always)
  private func wordEnd(_ offset: Int, _ kind: JSONToken) -> Int {
    let s = state
    let bytes = UnsafeRawPointer(s.pointee.buffer)
    let skip = kind == .false ? 1 : 0
    let letters = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset &+ skip, as: UInt32.self))
    let wanted: UInt32 = kind == .true ? 0x6575_7274 : kind == .false ? 0x6573_6c61 : 0x6c6c_756e
    let end = offset &+ 4 &+ skip
    return letters == wanted && end < s.pointee.dataEnd && endsBareRun(s.pointee.buffer[end]) ? end : -1
  }
}
