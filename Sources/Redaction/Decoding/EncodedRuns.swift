import Glibc

/// Finds stretches of text that may be encodings of something else.
enum EncodedRuns {
  /// The shortest base64 that is looked into inside a text: 12 bytes decoded.
  static let shortestBase64 = 16
  /// The shortest hexadecimal that is looked into: 8 bytes decoded.
  static let shortestHex = 16

  /// Stretches of the base64 alphabets with their padding; equally long lines of them are one stretch.
  static func base64(in text: UnsafeRawBufferPointer, _ body: (Range<Int>) throws(RedactionError) -> Void)
    throws(RedactionError)
  {
    var index = 0
    while index < text.count {
      guard Base64Text.isCharacter(text[index]) else {
        index += 1
        continue
      }
      let stretch = base64Stretch(at: index, in: text)
      if stretch.count >= shortestBase64 { try body(stretch) }
      index = stretch.upperBound
    }
  }

  /// The stretch that begins with a character of base64.
  static func base64Stretch(at start: Int, in text: UnsafeRawBufferPointer) -> Range<Int> {
    var end = endOfLine(from: start, in: text)
    let width = end - start
    guard width >= 16, width % 4 == 0, text[end - 1] != UInt8(ascii: "=") else { return start..<end }
    // Wrapped: the following lines are as long as the first, the last one may be shorter.
    while let next = nextLine(after: end, in: text), next < text.count, Base64Text.isCharacter(text[next]) {
      let lineEnd = endOfLine(from: next, in: text)
      guard lineEnd - next <= width else { break }
      end = lineEnd
      if lineEnd - next < width || text[end - 1] == UInt8(ascii: "=") { break }
    }
    return start..<end
  }

  /// Whether a stretch is hexadecimal in one case, and therefore no base64: of twelve random bytes in base64, one in
  /// fifty million looks so.
  static func isHexadecimal(_ text: UnsafeRawBufferPointer) -> Bool {
    text.allSatisfy { ByteClass.isDigit($0) || $0 &- 0x61 < 6 }
      || text.allSatisfy { ByteClass.isDigit($0) || $0 &- 0x41 < 6 }
  }

  private static func endOfLine(from start: Int, in text: UnsafeRawBufferPointer) -> Int {
    var end = start
    while end < text.count, Base64Text.isCharacter(text[end]) { end += 1 }
    var padding = 0
    while end < text.count, padding < 2, text[end] == UInt8(ascii: "="), (end - start) % 4 != 0 {
      end += 1
      padding += 1
    }
    return end
  }

  private static func nextLine(after end: Int, in text: UnsafeRawBufferPointer) -> Int? {
    guard end < text.count else { return nil }
    if text[end] == UInt8(ascii: "\n") { return end + 1 }
    if text[end] == UInt8(ascii: "\r"), end + 1 < text.count, text[end + 1] == UInt8(ascii: "\n") { return end + 2 }
    return nil
  }

  /// Stretches of hexadecimal digits that no other letter touches; a leading `0x` is left out.
  static func hex(in text: UnsafeRawBufferPointer, _ body: (Range<Int>) throws(RedactionError) -> Void)
    throws(RedactionError)
  {
    var index = 0
    while index < text.count {
      guard isAlphanumeric(text[index]) else {
        index += 1
        continue
      }
      var start = index
      var isHex = true
      while index < text.count, isAlphanumeric(text[index]) {
        if HexDigit.value(text[index]) == nil {
          let isPrefix = index == start + 1 && text[start] == UInt8(ascii: "0") && text[index] | 0x20 == 0x78
          if isPrefix { start = index + 1 } else { isHex = false }
        }
        index += 1
      }
      if isHex, index - start >= shortestHex { try body(start..<(index - (index - start) % 2)) }
    }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }

  /// Lines with a backslash escape.
  static func escapedLines(
    of text: UnsafeRawBufferPointer, _ body: (Range<Int>) throws(RedactionError) -> Void
  ) throws(RedactionError) {
    try lines(of: text, with: UInt8(ascii: "\\"), where: { Escape(in: text, at: $0) != nil }, body)
  }

  /// Lines with a percent sign and two hexadecimal digits.
  static func percentLines(
    of text: UnsafeRawBufferPointer, _ body: (Range<Int>) throws(RedactionError) -> Void
  ) throws(RedactionError) {
    try lines(
      of: text, with: UInt8(ascii: "%"),
      where: { index in
        index + 2 < text.count && HexDigit.value(text[index + 1]) != nil && HexDigit.value(text[index + 2]) != nil
      }, body)
  }

  /// Lines (at most 1 MiB long) in which `marks` says that an encoding is used.
  static func lines(
    of text: UnsafeRawBufferPointer, with marker: UInt8, where marks: (Int) -> Bool,
    _ body: (Range<Int>) throws(RedactionError) -> Void
  ) throws(RedactionError) {
    var index = 0
    while let found = position(of: marker, in: text, from: index) {
      guard marks(found) else {
        index = found + 1
        continue
      }
      var start = found
      while start > 0, text[start - 1] != UInt8(ascii: "\n"), found - start < 1 << 19 { start -= 1 }
      var end = found
      while end < text.count, text[end] != UInt8(ascii: "\n"), end - found < 1 << 19 { end += 1 }
      try body(start..<end)
      index = end
    }
  }

  /// Where a byte stands at or after a place.
  static func position(of byte: UInt8, in text: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard start < text.count, let base = text.baseAddress,
      let found = memchr(base + start, Int32(byte), text.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// Stretches of at least eight printable ASCII characters in UTF-16.
  static func utf16(
    in bytes: UnsafeRawBufferPointer, _ body: (Range<Int>, _ bigEndian: Bool) throws(RedactionError) -> Void
  ) throws(RedactionError) {
    var index = 0
    while let zero = position(of: 0, in: bytes, from: index) {
      // A zero after a printable byte is little endian, one before it big endian.
      for (start, bigEndian) in [(zero - 1, false), (zero, true)] where start >= 0 {
        var end = start
        while end + 1 < bytes.count {
          let (text, empty) = bigEndian ? (bytes[end + 1], bytes[end]) : (bytes[end], bytes[end + 1])
          guard empty == 0, isPrintable(text) else { break }
          end += 2
        }
        if end - start >= 16 {
          try body(start..<end, bigEndian)
          index = end
          break
        }
      }
      index = max(index, zero + 1)
    }
  }

  private static func isPrintable(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
