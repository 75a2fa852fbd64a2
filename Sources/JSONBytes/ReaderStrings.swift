extension JSONReader {
  /// Reads a string or key that holds escapes or leaves the buffer. A key is held whole; a string too long for the
  /// buffer is left open, its rest to be read by whatever is done with it.
  @inline(never)
  func slowString(_ quote: Int, isKey: Bool) throws(JSONError) {
    let s = state
    s.pointee.tokenStart = quote
    s.pointee.flags = []
    s.pointee.scanned = quote + 1
    guard try !findEnd(limit: isKey ? growthLimit : 0) else { return }
    guard !isKey else { throw tooLong("a key") }
    s.pointee.flags.insert(.isOpen)
    s.pointee.expect = .restOfString
  }

  /// Looks for the closing quote, keeping the token in the buffer. False when it does not fit.
  private func findEnd(limit: Int) throws(JSONError) -> Bool {
    let s = state
    while true {
      while s.pointee.nextEntry < s.pointee.entryCount {
        let offset = Int(s.pointee.entries[s.pointee.nextEntry])
        s.pointee.nextEntry += 1
        switch s.pointee.buffer[offset] {
        case UInt8(ascii: "\""):
          s.pointee.tokenEnd = offset
          return true
        case UInt8(ascii: "\\"):
          s.pointee.flags.insert(.hasEscapes)
          if s.pointee.base + offset != s.pointee.pairedEscape {
            s.pointee.scanned = offset + (try escape(offset).length)
          }
        default: throw stringFault(offset)
        }
      }
      s.pointee.scanned = max(s.pointee.scanned, s.pointee.indexedEnd)
      switch try refill(keeping: s.pointee.tokenStart, limit: limit) {
      case .entries: break
      case .end: throw truncated()
      case .full: return false
      }
    }
  }

  /// Validates and decodes the escape whose backslash is at `offset`.
  private func escape(_ offset: Int) throws(JSONError) -> (scalar: UInt32, length: Int) {
    let s = state
    let buffer = s.pointee.buffer
    let letter = buffer[offset + 1]
    if let plain = shortEscape(letter) { return (UInt32(plain), 2) }
    if offset + 1 >= s.pointee.dataEnd { throw truncated() }
    guard letter == UInt8(ascii: "u") else {
      throw fail(.invalidEscape, at: offset, "\"\\\" followed by \(describe(offset + 1)), which JSON does not define")
    }
    let unit = try hexDigits(offset)
    guard unit & 0xf800 == 0xd800 else { return (unit, 6) }
    if unit < 0xdc00, let low = try lowSurrogate(offset + 6) {
      s.pointee.pairedEscape = s.pointee.base + offset + 6
      return (0x10000 + (unit & 0x3ff) << 10 + low & 0x3ff, 12)
    }
    guard options.loneSurrogates == .allow else {
      throw fail(.loneSurrogate, at: offset, "lone surrogate \\u\(String(unit, radix: 16)), which is no character")
    }
    return (0xfffd, 6)
  }

  private func hexDigits(_ offset: Int) throws(JSONError) -> UInt32 {
    let s = state
    if let unit = hexValue(s.pointee.buffer, offset + 2) { return unit }
    for index in (offset + 2)..<(offset + 6) {
      if index >= s.pointee.dataEnd { throw truncated() }
      switch s.pointee.buffer[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"):
        continue
      default: throw fail(.invalidEscape, at: offset, "\"\\u\" without four hexadecimal digits")
      }
    }
    throw truncated()
  }

  /// The low half of a surrogate pair at `offset`; nil if something else stands there.
  private func lowSurrogate(_ offset: Int) throws(JSONError) -> UInt32? {
    let s = state
    for (index, wanted) in [UInt8(ascii: "\\"), UInt8(ascii: "u")].enumerated() {
      if offset + index >= s.pointee.dataEnd { throw truncated() }
      if s.pointee.buffer[offset + index] != wanted { return nil }
    }
    let low = try hexDigits(offset)
    return low & 0xfc00 == 0xdc00 ? low : nil
  }

  /// A part of an open string: a run of plain bytes, then perhaps an escaped scalar.
  struct Piece {
    var start: Int
    var end: Int
    var scalar: UInt32?
  }

  /// The next part of the open string, which is closed with its last part. Offsets hold until the next call.
  private func nextPiece() throws(JSONError) -> Piece {
    let s = state
    while true {
      let start = s.pointee.scanned
      while s.pointee.nextEntry < s.pointee.entryCount {
        let offset = Int(s.pointee.entries[s.pointee.nextEntry])
        s.pointee.nextEntry += 1
        switch s.pointee.buffer[offset] {
        case UInt8(ascii: "\""):
          s.pointee.tokenEnd = offset
          s.pointee.flags.remove(.isOpen)
          s.pointee.flags.insert(.isGone)
          s.pointee.expect = s.pointee.afterValue
          return Piece(start: start, end: offset)
        case UInt8(ascii: "\\"):
          if s.pointee.base + offset == s.pointee.pairedEscape { continue }
          s.pointee.flags.insert(.hasEscapes)
          let (scalar, length) = try escape(offset)
          s.pointee.scanned = offset + length
          return Piece(start: start, end: offset, scalar: scalar)
        default: throw stringFault(offset)
        }
      }
      if start < s.pointee.indexedEnd {
        s.pointee.scanned = s.pointee.indexedEnd
        return Piece(start: start, end: s.pointee.indexedEnd)
      }
      switch try refill(keeping: start, limit: 0) {
      case .entries: break
      case .end: throw truncated()
      case .full:
        // The buffer holds nothing but plain characters: hand them on to make room.
        guard s.pointee.scanned < s.pointee.indexedEnd else { throw tooLong("a string") }
      }
    }
  }

  /// Reads over the rest of an open string.
  @inline(never)
  func finishString() throws(JSONError) {
    while state.pointee.flags.contains(.isOpen), copyFailure == nil { _ = try nextPiece() }
  }

  /// Gives `body` the unescaped content of the current string or key in pieces; a piece may end inside a character.
  /// Bounded memory for any length, but a string longer than the buffer can be streamed only once, and then not be
  /// asked for.
  package func streamString(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let s = state
    if let failure { throw failure }
    guard s.pointee.token == .string || s.pointee.token == .key else { return }
    guard !s.pointee.flags.contains(.isGone) else { throw tooLong("a string that was streamed") }
    guard s.pointee.flags.contains(.isOpen) else {
      try unescape(tokenContent, body)
      return
    }
    let start = s.pointee.tokenStart + 1
    s.pointee.flags.insert(.isGone)
    try unescape(UnsafeBufferPointer(start: s.pointee.buffer + start, count: s.pointee.scanned - start), body)
    while s.pointee.flags.contains(.isOpen) {
      let piece = try nextPiece()
      if piece.start < piece.end {
        try body(UnsafeRawBufferPointer(start: s.pointee.buffer + piece.start, count: piece.end - piece.start))
      }
      if let scalar = piece.scalar { try withUTF8(scalar, body) }
    }
  }

  /// Makes sure that the current token lies whole in the buffer.
  func completeToken() throws(JSONError) {
    let s = state
    if let failure { throw failure }
    guard token == .string || token == .key else { return }
    if s.pointee.flags.contains(.isOpen), !s.pointee.flags.contains(.isGone) {
      guard try findEnd(limit: growthLimit) else { throw tooLong("a string") }
      s.pointee.flags.remove(.isOpen)
      s.pointee.expect = s.pointee.afterValue
    }
    guard !s.pointee.flags.contains(.isGone), s.pointee.tokenEnd - s.pointee.tokenStart <= options.maxStringBytes else {
      throw tooLong("a string")
    }
  }

  func tooLong(_ what: String) -> JSONError {
    fail(
      .tooLong, at: state.pointee.tokenStart,
      "\(what) that is longer than can be held (\(options.maxStringBytes) bytes)")
  }

  /// The current token's text without quotes, escapes as written. The token is whole.
  var tokenContent: UnsafeBufferPointer<UInt8> {
    let s = state
    let quote = s.pointee.token == .string || s.pointee.token == .key ? 1 : 0
    let start = s.pointee.tokenStart + quote
    return UnsafeBufferPointer(start: s.pointee.buffer + start, count: s.pointee.tokenEnd - start)
  }

  /// Gives `body` the current token's text: without quotes, escapes as written. Throws `.tooLong` for a string beyond
  /// `maxStringBytes`; the pointer is good during the call only.
  package func withTokenBytes<R>(_ body: (UnsafeRawBufferPointer) -> R) throws(JSONError) -> R {
    try completeToken()
    return body(UnsafeRawBufferPointer(tokenContent))
  }

  /// The unescaped bytes of the current string or key, the text of any other token. Throws `.tooLong` beyond
  /// `maxStringBytes`.
  package func string() throws(JSONError) -> [UInt8] {
    try completeToken()
    let isText = token == .string || token == .key
    return isText && state.pointee.flags.contains(.hasEscapes)
      ? unescaped(tokenContent) : Array(tokenContent)
  }

  /// As `string()`, into an array whose room is used again: keys of records come by the million.
  package func string(into text: inout [UInt8]) throws(JSONError) {
    try completeToken()
    text.removeAll(keepingCapacity: true)
    if state.pointee.flags.contains(.hasEscapes) {
      text.append(contentsOf: unescaped(tokenContent))
    } else {
      text.append(contentsOf: tokenContent)
    }
  }

  /// Whether the current string or key is `text`, compared unescaped. False for a string longer than the buffer.
  package func tokenEquals(_ text: StaticString) -> Bool {
    let s = state
    guard s.pointee.token == .string || s.pointee.token == .key,
      s.pointee.flags.isDisjoint(with: [.isOpen, .isGone])
    else {
      return false
    }
    let content = tokenContent
    guard s.pointee.flags.contains(.hasEscapes) else {
      return content.count == text.utf8CodeUnitCount
        && text.withUTF8Buffer { equalBytes(UnsafeRawBufferPointer(content), UnsafeRawBufferPointer($0)) }
    }
    let plain = unescaped(content)
    return text.withUTF8Buffer { plain.elementsEqual($0) }
  }
}
