extension JSONReader {
  /// The whole grammar, one entry of the index at a time: near the end of the index, for the rarer values and for errors.
  @inline(never)
  func nextAnywhere() throws(JSONError) -> JSONToken {
    let s = state
    switch s.pointee.expect {
    case .commaOrEndOfObject:
      let offset = try entry(s)
      switch s.pointee.buffer[offset] {
      case UInt8(ascii: ","):
        let quote = try entry(s)
        guard s.pointee.buffer[quote] == UInt8(ascii: "\"") else { throw unexpected(quote, .keyAfterComma) }
        return try key(s, quote)
      case UInt8(ascii: "}"): return pop(s, offset, .endObject)
      default: throw unexpected(offset, .commaOrEndOfObject)
      }
    case .colon:
      let offset = try entry(s)
      guard s.pointee.buffer[offset] == UInt8(ascii: ":") else { throw unexpected(offset, .colon) }
      return try value(s, try entry(s), .value)
    case .memberOrEnd:
      let offset = try entry(s)
      switch s.pointee.buffer[offset] {
      case UInt8(ascii: "\""): return try key(s, offset)
      case UInt8(ascii: "}"): return pop(s, offset, .endObject)
      default: throw unexpected(offset, .keyOrEnd)
      }
    case .commaOrEndOfArray:
      let offset = try entry(s)
      switch s.pointee.buffer[offset] {
      case UInt8(ascii: ","):
        s.pointee.frames[s.pointee.depth &- 1].count &+= 1
        return try value(s, try entry(s), .valueAfterComma)
      case UInt8(ascii: "]"): return pop(s, offset, .endArray)
      default: throw unexpected(offset, .commaOrEndOfArray)
      }
    case .elementOrEnd:
      let offset = try entry(s)
      if s.pointee.buffer[offset] == UInt8(ascii: "]") { return pop(s, offset, .endArray) }
      return try value(s, offset, .valueOrEnd)
    case .afterColon:
      return try value(s, try entry(s), .value)
    case .element:
      return try value(s, try entry(s), .valueAfterComma)
    case .document:
      return try value(s, try firstEntry(), .value)
    case .restOfString:
      try finishString()
      return try next()
    case .endOfDocument:
      return try endOfDocument()
    case .nothing:
      throw repeatedFailure()
    }
  }

  /// The next entry of the index; throws `.truncated` at the end of the document.
  @inline(__always)
  private func entry(_ s: UnsafeMutablePointer<ReaderState>) throws(JSONError) -> Int {
    let index = s.pointee.nextEntry
    guard _fastPath(index < s.pointee.entryCount) else { return try entryAfterRefill() }
    s.pointee.nextEntry = index &+ 1
    return Int(truncatingIfNeeded: s.pointee.entries[index])
  }

  private func key(_ s: UnsafeMutablePointer<ReaderState>, _ quote: Int) throws(JSONError) -> JSONToken {
    try slowString(quote, isKey: true)
    s.pointee.token = .key
    s.pointee.expect = .colon
    if s.pointee.flags.contains(.hasEscapes) {
      try escapedKey()
    } else {
      let start = s.pointee.tokenStart + 1
      guard acceptKey(s, s.pointee.depth - 1, start, s.pointee.tokenEnd - start) else {
        throw duplicateKey(
          Array(UnsafeBufferPointer(start: s.pointee.buffer + start, count: s.pointee.tokenEnd - start)))
      }
    }
    return .key
  }

  private func value(
    _ s: UnsafeMutablePointer<ReaderState>, _ offset: Int, _ wanted: Wanted
  ) throws(JSONError) -> JSONToken {
    switch s.pointee.buffer[offset] {
    case UInt8(ascii: "\""):
      s.pointee.expect = s.pointee.afterValue
      try slowString(offset, isKey: false)
      s.pointee.token = .string
      return .string
    case UInt8(ascii: "{"): return try push(s, offset, isObject: true)
    case UInt8(ascii: "["): return try push(s, offset, isObject: false)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(offset)
    case UInt8(ascii: "t"): return try literal(offset, .true)
    case UInt8(ascii: "f"): return try literal(offset, .false)
    case UInt8(ascii: "n"): return try literal(offset, .null)
    default: throw unexpected(offset, wanted)
    }
  }

  private func push(
    _ s: UnsafeMutablePointer<ReaderState>, _ offset: Int, isObject: Bool
  ) throws(JSONError) -> JSONToken {
    let depth = s.pointee.depth
    if depth >= s.pointee.frameCapacity || depth >= s.pointee.maxDepth { try makeRoomForFrame(offset) }
    open(s.pointee.frames + depth, isObject: isObject, hashBase: s.pointee.hashCount)
    s.pointee.depth = depth + 1
    s.pointee.tokenStart = offset
    s.pointee.tokenEnd = offset + 1
    s.pointee.expect = isObject ? .memberOrEnd : .elementOrEnd
    s.pointee.afterValue = isObject ? .commaOrEndOfObject : .commaOrEndOfArray
    s.pointee.token = isObject ? .beginObject : .beginArray
    return s.pointee.token
  }

  private func pop(_ s: UnsafeMutablePointer<ReaderState>, _ offset: Int, _ token: JSONToken) -> JSONToken {
    s.pointee.depth -= 1
    let frame = s.pointee.frames + s.pointee.depth
    s.pointee.hashCount = frame.pointee.hashBase
    if frame.pointee.traits.contains(.unordered) { forgetKeys(s.pointee.depth) }
    s.pointee.expect =
      s.pointee.depth == 0
      ? .endOfDocument : (frame - 1).pointee.isObject ? .commaOrEndOfObject : .commaOrEndOfArray
    s.pointee.afterValue = s.pointee.expect
    s.pointee.tokenStart = offset
    s.pointee.tokenEnd = offset + 1
    s.pointee.token = token
    return token
  }
}
