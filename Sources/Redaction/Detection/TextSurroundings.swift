/// Whether a match stands in text. `PWD:` and four bytes that are no spaces occur in every few hundred megabytes of
/// noise; a password does not stand in noise, and what stands beside it in a binary file is at least a word itself.
enum TextSurroundings {
  /// How many bytes before and after a match are looked at.
  private static let reach = 32
  /// A shorter value is believed only among text.
  private static let shortestAlone = 6

  /// Whether a match of a rule that takes nearly any value counts.
  ///
  /// - Parameters:
  ///   - whole: from the telling name to the value's end.
  ///   - secret: the value.
  static func hold(_ whole: Range<Int>, _ secret: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Bool {
    if textCount(in: bytes, whole) == whole.count, secret.count >= shortestAlone { return true }
    let near = max(0, whole.lowerBound - reach)..<min(bytes.count, whole.upperBound + reach)
    return textCount(in: bytes, near) * 4 >= near.count * 3
  }

  /// How many bytes of a range are printable ASCII, line ends and tabs, or belong to a character of UTF-8.
  private static func textCount(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var count = 0
    var index = range.lowerBound
    while index < range.upperBound {
      let length = characterLength(in: bytes, at: index, before: range.upperBound)
      count += length
      index += max(1, length)
    }
    return count
  }

  /// The bytes of the character at a place; 0 where none begins.
  private static func characterLength(in bytes: UnsafeRawBufferPointer, at index: Int, before end: Int) -> Int {
    let first = bytes[index]
    let length: Int
    switch first {
    case 0x20..<0x7F, 0x09, 0x0A, 0x0D: return 1
    case 0xC2..<0xE0: length = 2
    case 0xE0..<0xF0: length = 3
    case 0xF0..<0xF5: length = 4
    default: return 0
    }
    guard index + length <= end, bytes[(index + 1)..<(index + length)].allSatisfy({ $0 & 0xC0 == 0x80 }) else {
      return 0
    }
    return length
  }
}
