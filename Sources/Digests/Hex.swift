/// Hexadecimal text of bytes, two lower-case digits each.
package enum Hex {
  private static let digits: [UInt8] = Array("0123456789abcdef".utf8)

  /// The digits as bytes.
  package static func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * 2)
    for byte in bytes {
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
    return result
  }

  /// The digits as text.
  package static func string(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: encode(bytes), as: UTF8.self)
  }

  /// The bytes of hexadecimal text in either case; nil when a character is no digit or the count is odd.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count.isMultiple(of: 2) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(text.count / 2)
    var high: UInt8?
    for character in text {
      guard let value = value(character) else { return nil }
      if let first = high {
        result.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return result
  }

  private static func value(_ character: UInt8) -> UInt8? {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// Hands text over as it lies in memory: walking over any collection costs many times what its digits do.
  static func contiguous<Result>(
    _ text: some Collection<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Result?
  ) -> Result? {
    text.withContiguousStorageIfAvailable(body) ?? Array(text).withUnsafeBufferPointer(body)
  }

  /// The number that 16 digits at an offset make; nil when one is no digit.
  static func word(_ text: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt64? {
    var word: UInt64 = 0
    var bad: UInt8 = 0
    for index in offset..<(offset + 16) {
      let character = text[index]
      let digit = character &- UInt8(ascii: "0")
      // The one bit that upper and lower case differ in.
      let letter = (character | 0x20) &- UInt8(ascii: "a")
      let value = digit < 10 ? digit : letter < 6 ? letter + 10 : 0xFF
      bad |= value
      word = word << 4 | UInt64(value & 15)
    }
    return bad & 0xF0 == 0 ? word : nil
  }

  /// Writes a number as 16 lower-case digits.
  static func write(_ word: UInt64, into buffer: UnsafeMutableBufferPointer<UInt8>, at offset: Int) {
    for index in 0..<16 {
      let value = UInt8(truncatingIfNeeded: word >> (60 - 4 * UInt64(index))) & 15
      buffer[offset + index] = value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }
  }
}
