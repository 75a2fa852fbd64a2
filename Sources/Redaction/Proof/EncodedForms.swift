import Digests

/// Every way in which a removed value could still stand in a file without any decoding: what the proof looks for in the
/// raw bytes, beside the decoders and independent of them.
enum EncodedForms {
  /// The forms of a value, each at least `LiteralSearch.shortest` bytes long.
  static func all(of value: [UInt8]) -> [[UInt8]] {
    var forms: Set<[UInt8]> = [value, EscapeForm.encode(value)]
    forms.insert(Hex.encode(value))
    forms.insert(Array(Hex.string(value).uppercased().utf8))
    for digits in ["0123456789ABCDEF", "0123456789abcdef"] {
      let digits = Array(digits.utf8)
      for prefix in ["%", "\\u00"] {
        forms.insert(each(of: value) { Array(prefix.utf8) + [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
      }
    }
    let plain = UnsafeRawBufferPointer(start: nil, count: 0)
    forms.insert(PercentForm.encode(value, like: plain, decodedCount: 0))
    let little = each(of: value) { [$0, 0] }
    forms.insert(little)
    forms.insert(each(of: value) { [0, $0] })
    for text in [value, little] {
      for shift in 0..<3 { forms.formUnion(base64(of: text, shiftedBy: shift)) }
    }
    return forms.filter { $0.count >= LiteralSearch.shortest }
  }

  private static func each(of value: [UInt8], _ form: (UInt8) -> [UInt8]) -> [UInt8] {
    value.reduce(into: []) { $0 += form($1) }
  }

  /// The characters that a value gives for certain when it begins so many bytes into a group of three, in both
  /// alphabets.
  private static func base64(of value: [UInt8], shiftedBy shift: Int) -> [[UInt8]] {
    let padded = [UInt8](repeating: 0, count: shift) + value
    let (first, last) = ((shift * 8 + 5) / 6, padded.count * 8 / 6)
    guard last > first else { return [] }
    return [Base64Text.plain(padded, isURLSafe: false), Base64Text.plain(padded, isURLSafe: true)].map {
      Array($0[first..<min(last, $0.count)])
    }
  }
}
