/// What Go does with byte strings on their way through JSON.
package enum GoText {
  /// The bytes with U+FFFD for **each byte** that is not part of a valid UTF-8 sequence, as Go's encoder and decoder
  /// leave them (Swift's own repair may replace several bytes by one); nil when nothing had to be replaced.
  package static func replacingInvalidUTF8(in bytes: [UInt8]) -> [UInt8]? {
    var repaired: [UInt8]?
    var index = 0
    while index < bytes.count {
      let length = sequenceLength(in: bytes, at: index)
      if length == 0 {
        if repaired == nil { repaired = Array(bytes[..<index]) }
        repaired?.append(contentsOf: [0xEF, 0xBF, 0xBD])
        index += 1
      } else {
        repaired?.append(contentsOf: bytes[index..<(index + length)])
        index += length
      }
    }
    return repaired
  }

  /// Bytes of the valid sequence that starts at `index`, 0 when there is none.
  private static func sequenceLength(in bytes: [UInt8], at index: Int) -> Int {
    let lead = bytes[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case ..<0x80: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0:
      length = 3
      second = 0xA0...0xBF
    case 0xED:
      length = 3
      second = 0x80...0x9F
    case 0xE1...0xEF: length = 3
    case 0xF0:
      length = 4
      second = 0x90...0xBF
    case 0xF1...0xF3: length = 4
    case 0xF4:
      length = 4
      second = 0x80...0x8F
    default: return 0
    }
    guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return 0 }
    for next in bytes[(index + 1)..<(index + length)].dropFirst() where !(0x80...0xBF).contains(next) { return 0 }
    return length
  }
}

extension GoText {
  /// ASCII capitals made small; other bytes unchanged.
  package static func foldedASCII(_ bytes: [UInt8]) -> [UInt8] {
    bytes.map { (65...90).contains($0) ? $0 | 0x20 : $0 }
  }

  /// A key as Go's JSON decoder compares it with the ASCII names of struct fields: capitals made small, and the two
  /// other characters that fold to ASCII letters, U+017F (ſ) and U+212A (the Kelvin sign), replaced by `s` and `k`.
  package static func foldedKey(_ bytes: some Collection<UInt8>) -> [UInt8] {
    var folded: [UInt8] = []
    folded.reserveCapacity(bytes.count)
    for byte in bytes {
      folded.append((65...90).contains(byte) ? byte | 0x20 : byte)
      if folded.count >= 2, folded.suffix(2).elementsEqual([0xC5, 0xBF]) {
        folded.removeLast(2)
        folded.append(UInt8(ascii: "s"))
      } else if folded.count >= 3, folded.suffix(3).elementsEqual([0xE2, 0x84, 0xAA]) {
        folded.removeLast(3)
        folded.append(UInt8(ascii: "k"))
      }
    }
    return folded
  }
}
