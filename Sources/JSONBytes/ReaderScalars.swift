extension JSONReader {
  /// Reads the number at `offset`.
  @inline(never)
  func number(_ offset: Int) throws(JSONError) -> JSONToken {
    let s = state
    var start = offset
    while true {
      let (end, isValid) = scanNumber(s.pointee.buffer, start)
      if _slowPath(end >= s.pointee.dataEnd && !s.pointee.ended) {
        // The run goes on behind the buffer; it holds no entries, so the index is used up.
        guard case .full = try refill(keeping: start, limit: growthLimit) else {
          start = s.pointee.kept
          continue
        }
        throw fail(.tooLong, at: s.pointee.kept, "a number longer than \(options.maxStringBytes) bytes")
      }
      guard _fastPath(isValid) else {
        if end >= s.pointee.dataEnd { throw truncated() }
        throw fail(
          .invalidNumber, at: end, "\(describe(end)) in a number, where JSON's grammar has no place for it")
      }
      s.pointee.tokenStart = start
      s.pointee.tokenEnd = end
      s.pointee.token = .number
      s.pointee.expect = s.pointee.afterValue
      return .number
    }
  }

  /// Where the number at `start` ends, or the first byte that makes it none. Spaces stand behind the data.
  @inline(__always)
  func scanNumber(_ buffer: UnsafeMutablePointer<UInt8>, _ start: Int) -> (end: Int, isValid: Bool) {
    var at = start
    func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    if buffer[at] == UInt8(ascii: "-") { at &+= 1 }
    if buffer[at] == UInt8(ascii: "0") {
      at &+= 1
    } else {
      guard isDigit(buffer[at]) else { return (at, false) }
      repeat { at &+= 1 } while isDigit(buffer[at])
    }
    if buffer[at] == UInt8(ascii: ".") {
      at &+= 1
      guard isDigit(buffer[at]) else { return (at, false) }
      repeat { at &+= 1 } while isDigit(buffer[at])
    }
    if buffer[at] | 0x20 == UInt8(ascii: "e") {
      at &+= 1
      if buffer[at] == UInt8(ascii: "+") || buffer[at] == UInt8(ascii: "-") { at &+= 1 }
      guard isDigit(buffer[at]) else { return (at, false) }
      repeat { at &+= 1 } while isDigit(buffer[at])
    }
    return (at, endsBareRun(buffer[at]))
  }

  @inline(__always)
  func endsBareRun(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x0a, 0x0d, 0x09, UInt8(ascii: ":"),
      UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""):
      return true
    default: return false
    }
  }

  /// Reads the word at `offset`, whose first letter was seen.
  @inline(never)
  func literal(_ offset: Int, _ token: JSONToken) throws(JSONError) -> JSONToken {
    let s = state
    let word: StaticString =
      switch token {
      case .true: "true"
      case .false: "false"
      default: "null"
      }
    let length = word.utf8CodeUnitCount
    for index in 1..<length where s.pointee.buffer[offset &+ index] != word.utf8Start[index] {
      throw wordFault(offset, matched: index)
    }
    guard endsBareRun(s.pointee.buffer[offset &+ length]) else { throw wordFault(offset, matched: length) }
    s.pointee.tokenStart = offset
    s.pointee.tokenEnd = offset &+ length
    s.pointee.token = token
    s.pointee.expect = s.pointee.afterValue
    return token
  }

  @inline(never)
  private func wordFault(_ offset: Int, matched: Int) -> JSONError {
    if offset + matched >= state.pointee.dataEnd { return truncated() }
    return fail(.invalidLiteral, at: offset, "a bare word other than true, false and null")
  }

  /// The current number as a signed integer: nil if it is not a number, has a fraction or an exponent, or does not fit.
  package func integer() -> Int64? {
    guard token == .number else { return nil }
    return parseInteger(UnsafeRawBufferPointer(tokenContent))
  }

  /// The current number as an unsigned integer: nil if it is not a number, is negative, has a fraction or an exponent, or
  /// does not fit.
  package func unsigned() -> UInt64? {
    guard token == .number else { return nil }
    return parseUnsigned(UnsafeRawBufferPointer(tokenContent))
  }

  /// Bytes a token may fill in the buffer.
  var growthLimit: Int { options.maxStringBytes + 2 * ReaderState.block }
}

/// A plain decimal integer; nil for any other text.
func parseUnsigned(_ text: UnsafeRawBufferPointer) -> UInt64? {
  guard !text.isEmpty else { return nil }
  var value: UInt64 = 0
  for byte in text {
    guard byte &- 0x30 < 10 else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, carry) = product.addingReportingOverflow(UInt64(byte &- 0x30))
    guard !overflow, !carry else { return nil }
    value = sum
  }
  return value
}

/// A plain decimal integer with an optional minus sign; nil for any other text.
func parseInteger(_ text: UnsafeRawBufferPointer) -> Int64? {
  guard text.first == UInt8(ascii: "-") else { return parseUnsigned(text).flatMap { Int64(exactly: $0) } }
  guard let magnitude = parseUnsigned(UnsafeRawBufferPointer(rebasing: text.dropFirst())) else { return nil }
  if magnitude == UInt64(Int64.max) + 1 { return Int64.min }
  return Int64(exactly: magnitude).map { -$0 }
}
