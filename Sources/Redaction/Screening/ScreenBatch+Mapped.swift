/// Encodings that write each byte on its own, decoded without the place of every byte: every hundred or so will do.
extension ScreenBatch {
  /// How many bytes of the source one piece stands for, about.
  private static let piece = 128

  /// Adds a line without its backslash escapes.
  mutating func appendUnescaped(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) {
    decode(bytes, line, marker: UInt8(ascii: "\\")) { batch, index in
      guard index + 1 < line.upperBound else { return 0 }
      // The escapes of one byte, which nearly all are, without the detour over an array.
      switch bytes[index + 1] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"): batch.append(bytes[index + 1])
      case UInt8(ascii: "n"): batch.append(0x0A)
      case UInt8(ascii: "r"): batch.append(0x0D)
      case UInt8(ascii: "t"): batch.append(0x09)
      default:
        guard let escape = Escape(in: bytes, at: index) else { return 0 }
        escape.bytes.withUnsafeBytes { batch.append($0) }
        return escape.length
      }
      return 2
    }
  }

  /// Adds a line without its percent signs.
  mutating func appendPercent(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) {
    decode(bytes, line, marker: UInt8(ascii: "%")) { batch, index in
      guard index + 2 < line.upperBound, let high = HexDigit.value(bytes[index + 1]),
        let low = HexDigit.value(bytes[index + 2])
      else { return 0 }
      batch.append(high << 4 | low)
      return 3
    }
  }

  /// Adds a stretch of printable UTF-16.
  mutating func appendUTF16(_ bytes: UnsafeRawBufferPointer, _ run: Range<Int>, bigEndian: Bool) {
    for start in stride(from: run.lowerBound, to: run.upperBound, by: Self.piece) {
      let end = min(start + Self.piece, run.upperBound)
      begin(start..<end)
      for index in stride(from: bigEndian ? start + 1 : start, to: end, by: 2) { append(bytes[index]) }
    }
    end()
  }

  /// Adds a range, with something else for every marker that `replace` takes: it adds the bytes, and gives the number of
  /// bytes that they stand for, or 0.
  private mutating func decode(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, marker: UInt8, _ replace: (inout ScreenBatch, Int) -> Int
  ) {
    let text = UnsafeRawBufferPointer(rebasing: bytes[..<range.upperBound])
    var index = range.lowerBound
    var marked = index - Self.piece
    while index < range.upperBound {
      let plainEnd = EncodedRuns.position(of: marker, in: text, from: index) ?? range.upperBound
      while index < plainEnd {
        if index - marked >= Self.piece {
          marked = index
          begin(index..<min(index + 2 * Self.piece, range.upperBound))
        }
        let end = min(plainEnd, marked + Self.piece)
        append(UnsafeRawBufferPointer(rebasing: bytes[index..<end]))
        index = end
      }
      guard index < range.upperBound else { break }
      if index - marked >= Self.piece {
        marked = index
        begin(index..<min(index + 2 * Self.piece, range.upperBound))
      }
      let length = replace(&self, index)
      if length == 0 { append(bytes[index]) }
      index += max(1, length)
    }
    end()
  }
}
