import Digests

/// What an equals sign begins in quoted-printable text (RFC 2045 6.7).
struct QuotedPrintableSign {
  /// The byte that it stands for; nil for a break that is not the text's own.
  let byte: UInt8?
  /// Bytes of the source that it takes.
  let length: Int

  /// The sign at a place; nil where an equals sign is only itself. Digits are capitals, which keeps most queries and
  /// assignments of other texts apart.
  init?(in source: UnsafeRawBufferPointer, at index: Int) {
    guard index + 1 < source.count else { return nil }
    let first = source[index + 1]
    if first == UInt8(ascii: "\n") {
      (byte, length) = (nil, 2)
      return
    }
    guard index + 2 < source.count else { return nil }
    let second = source[index + 2]
    if first == UInt8(ascii: "\r"), second == UInt8(ascii: "\n") {
      (byte, length) = (nil, 3)
      return
    }
    guard !Self.isSmall(first), !Self.isSmall(second), let high = HexDigit.value(first),
      let low = HexDigit.value(second)
    else { return nil }
    (byte, length) = (high << 4 | low, 3)
  }

  private static func isSmall(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte) }

  /// Writes a replacement: an equals sign has to be one, everything else that a pseudonym has stands for itself.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    bytes.flatMap { byte -> [UInt8] in
      guard byte == UInt8(ascii: "=") || byte >= 0x7F || (byte < 0x20 && byte != 0x0A && byte != 0x0D) else {
        return [byte]
      }
      return Array("=".utf8) + Array(Hex.string([byte]).uppercased().utf8)
    }
  }
}

extension EncodedRuns {
  /// Paragraphs in which signs of quoted-printable are used: lines that a break at their end joins are one.
  static func quotedPrintable(in text: UnsafeRawBufferPointer, _ body: (Range<Int>) throws(RedactionError) -> Void)
    throws(RedactionError)
  {
    try lines(of: text, with: UInt8(ascii: "="), where: { isSigned(text, at: $0) }) {
      (line) throws(RedactionError) in
      var end = line.upperBound
      // The line ends in a break: the next one belongs to it.
      while end < text.count, endsInBreak(text, at: end), end - line.lowerBound < 1 << 20 {
        end += 1
        while end < text.count, text[end] != UInt8(ascii: "\n") { end += 1 }
      }
      try body(line.lowerBound..<end)
    }
  }

  /// Whether a sign is one that assignments and queries (`status=200`) hardly have: an equals sign itself, one of two
  /// signs that follow each other, or a break at the end of a long line of text.
  private static func isSigned(_ text: UnsafeRawBufferPointer, at index: Int) -> Bool {
    guard let sign = QuotedPrintableSign(in: text, at: index) else { return false }
    guard let byte = sign.byte else {
      let shortest = 60
      return index >= shortest && text[(index - shortest)..<index].allSatisfy { $0 >= 0x20 || $0 == 0x09 }
    }
    if byte == UInt8(ascii: "=") { return true }
    let next = index + sign.length
    return next < text.count && text[next] == UInt8(ascii: "=") && QuotedPrintableSign(in: text, at: next) != nil
  }

  private static func endsInBreak(_ text: UnsafeRawBufferPointer, at newline: Int) -> Bool {
    guard text[newline] == UInt8(ascii: "\n"), newline > 1 else { return false }
    let before = text[newline - 1] == UInt8(ascii: "\r") ? newline - 2 : newline - 1
    return text[before] == UInt8(ascii: "=")
  }
}
