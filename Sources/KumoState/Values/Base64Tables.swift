/// Look-up tables of the standard base64 alphabet, and the inner loops over them.
enum Base64Tables {
  /// Four tables of 256 words, one per position in a group: the character's six bits at their place in the 24-bit
  /// group, or `invalid`. One word per character keeps the loop free of branches: the words of a group are or-ed.
  private static let decoding: [UInt32] = {
    var table = [UInt32](repeating: invalid, count: 4 * 256)
    for (value, character) in alphabet.enumerated() {
      for position in 0..<4 { table[position * 256 + Int(character)] = UInt32(value) << UInt32(18 - 6 * position) }
    }
    return table
  }()

  /// The two characters of each 12-bit number, first character in the low byte: half a group per look-up.
  private static let encoding: [UInt16] = (0..<4_096).map { value in
    UInt16(alphabet[value >> 6]) | UInt16(alphabet[value & 63]) << 8
  }

  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let invalid: UInt32 = 1 << 31

  /// The six bits of a character, or at least 64 when it is not of the alphabet.
  static func value(of character: UInt8) -> UInt32 { decoding[3 * 256 + Int(character)] }

  /// Decodes whole groups of four alphabet characters from `piece[start...]` until something else comes; returns how
  /// many groups. A nil `output` only checks.
  static func decodeQuads(
    _ piece: UnsafeRawBufferPointer, from start: Int, into output: UnsafeMutableRawBufferPointer?, at target: Int
  ) -> Int {
    decoding.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress, let text = piece.baseAddress else { return 0 }
      let limit = (piece.count - start) / 4
      var quads = 0
      var source = text + start
      var destination = output?.baseAddress.map { $0 + target }
      while quads < limit {
        let word = UInt32(littleEndian: source.loadUnaligned(as: UInt32.self))
        let group =
          table[Int(word & 255)] | table[256 + Int(word >> 8 & 255)] | table[512 + Int(word >> 16 & 255)]
          | table[768 + Int(word >> 24)]
        guard group < invalid else { break }
        if let to = destination {
          to.storeBytes(of: UInt8(truncatingIfNeeded: group >> 16), as: UInt8.self)
          to.storeBytes(of: UInt8(truncatingIfNeeded: group >> 8), toByteOffset: 1, as: UInt8.self)
          to.storeBytes(of: UInt8(truncatingIfNeeded: group), toByteOffset: 2, as: UInt8.self)
          destination = to + 3
        }
        source += 4
        quads += 1
      }
      return quads
    }
  }

  /// Encodes `groups` groups of three bytes from `source` into `destination` (4 bytes per group).
  static func encode(groups: Int, from source: UnsafeRawPointer, into destination: UnsafeMutableRawPointer) {
    encoding.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress else { return }
      var source = source
      var destination = destination
      for _ in 0..<groups {
        let first = UInt32(source.load(as: UInt8.self))
        let second = UInt32(source.load(fromByteOffset: 1, as: UInt8.self))
        let third = UInt32(source.load(fromByteOffset: 2, as: UInt8.self))
        let group = first << 16 | second << 8 | third
        let word = UInt32(table[Int(group >> 12)]) | UInt32(table[Int(group & 4_095)]) << 16
        destination.storeBytes(of: word.littleEndian, as: UInt32.self)
        source += 3
        destination += 4
      }
    }
  }

  /// The characters of the last one or two bytes, with padding.
  static func padded(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.first else { return [] }
    let second = bytes.count > 1 ? bytes[1] : 0
    let group = Int(first) << 16 | Int(second) << 8
    let third = bytes.count > 1 ? alphabet[group >> 6 & 63] : UInt8(ascii: "=")
    return [alphabet[group >> 18], alphabet[group >> 12 & 63], third, UInt8(ascii: "=")]
  }
}
