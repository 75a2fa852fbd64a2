import CScan

extension JSONReader {
  /// What would have been right where something else was found.
  enum Wanted: String {
    case value = "a value"
    case valueAfterComma = "a value (JSON has no trailing comma)"
    case valueOrEnd = "a value or \"]\""
    case keyAfterComma = "a key (JSON has no trailing comma)"
    case keyOrEnd = "a key or \"}\""
    case colon = "\":\" after the key"
    case commaOrEndOfObject = "\",\" or \"}\""
    case commaOrEndOfArray = "\",\" or \"]\""
  }

  /// 1-based line and column (in bytes) of an absolute offset that is not before the bytes still in the buffer; the
  /// current token always qualifies.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let s = state
    let inBuffer = min(max(offset - s.pointee.base, ReaderState.front), s.pointee.dataEnd)
    var last = 0
    let lines = cscan_lines(s.pointee.buffer + ReaderState.front, inBuffer - ReaderState.front, &last)
    let lineStart = lines > 0 ? s.pointee.base + ReaderState.front + last + 1 : s.pointee.lineStart
    return (s.pointee.lines + lines + 1, offset - lineStart + 1)
  }

  /// Ends the reading: records the error for every later call and returns it. `offset` is in the buffer.
  @inline(never)
  func fail(_ code: JSONError.Code, at offset: Int, _ message: String) -> JSONError {
    if let failure { return failure }
    let absolute = state.pointee.base + offset
    let (line, column) = position(of: absolute)
    let error = JSONError(code: code, offset: absolute, line: line, column: column, message: message)
    failure = error
    state.pointee.expect = .nothing
    // Nothing that was read ahead comes any more.
    cursor.pointee.end = 0
    state.pointee.entryCount = 0
    state.pointee.nextEntry = 0
    return error
  }

  func repeatedFailure() -> JSONError { fail(.unexpectedCharacter, at: state.pointee.tokenStart, "reading had ended") }

  @inline(never)
  func truncated() -> JSONError {
    fail(.truncated, at: state.pointee.dataEnd, "the document ends in the middle of its value")
  }

  @inline(never)
  func unexpected(_ offset: Int, _ wanted: Wanted) -> JSONError {
    return fail(
      .unexpectedCharacter, at: offset, "\(describe(offset)) where \(wanted.rawValue) should be")
  }

  /// A byte inside a string that cannot stand there.
  @inline(never)
  func stringFault(_ offset: Int) -> JSONError {
    let byte = state.pointee.buffer[offset]
    if byte < 0x20 {
      return fail(
        .controlCharacter, at: offset, "unescaped control character \(hex(UInt32(byte), digits: 2)) in a string")
    }
    if isCutSequence(offset) { return truncated() }
    return fail(.invalidUTF8, at: offset, "byte \(hex(UInt32(byte), digits: 2)) begins no valid UTF-8 sequence")
  }

  /// Whether the UTF-8 sequence at `offset` is right as far as the document goes.
  private func isCutSequence(_ offset: Int) -> Bool {
    let s = state
    guard s.pointee.ended else { return false }
    let rest = s.pointee.dataEnd - offset
    guard rest < 4 else { return false }
    let lead = s.pointee.buffer[offset]
    let missing: Int
    switch lead {
    case 0xc2...0xdf: missing = 2 - rest
    case 0xe0...0xef: missing = 3 - rest
    case 0xf0...0xf4: missing = 4 - rest
    default: return false
    }
    guard missing > 0 else { return false }
    // Some continuation must exist that makes the sequence whole.
    for filler: UInt8 in [0x80, 0xbf] + (0x90...0x9f) + (0xa0...0xaf) {
      var bytes = (0..<rest).map { s.pointee.buffer[offset + $0] }
      bytes.append(filler)
      while bytes.count < rest + missing { bytes.append(0x80) }
      if bytes.withUnsafeBytes({ utf8SequenceLength($0, at: 0) }) > 0 { return true }
    }
    return false
  }

  /// The byte at `offset`, for a message.
  func describe(_ offset: Int) -> String {
    let byte = state.pointee.buffer[offset]
    switch byte {
    case UInt8(ascii: "\""): return "a string"
    case 0x21...0x7e: return "\"\(Character(Unicode.Scalar(byte)))\""
    default: return "byte \(hex(UInt32(byte), digits: 2))"
    }
  }

  func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
