/// What DynamoDB takes for a number: decimal digits with sign, fraction and exponent, at most 38 digits that count.
/// KUMO itself keeps and serves any text (kumo-format.md 3.3).
package enum NumberForm {
  /// Whether a text is such a number.
  package static func isNumber(_ text: [UInt8]) -> Bool { text.withUnsafeBytes { isNumber($0) } }

  /// Whether a text is such a number.
  package static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    var scan = Scan(text: text)
    scan.takeSign()
    var digits = scan.takeDigits()
    if scan.take(UInt8(ascii: ".")) { digits += scan.takeDigits() }
    guard digits > 0, scan.significant <= 38 else { return false }
    if scan.take(UInt8(ascii: "e")) || scan.take(UInt8(ascii: "E")) {
      scan.takeSign()
      let exponent = scan.takeDigits()
      guard exponent > 0, exponent <= 3 else { return false }
    }
    return scan.place == text.count
  }

  private struct Scan {
    let text: UnsafeRawBufferPointer
    var place = 0
    /// Digits from the first one that is not 0.
    var significant = 0

    mutating func take(_ byte: UInt8) -> Bool {
      guard place < text.count, text[place] == byte else { return false }
      place += 1
      return true
    }

    mutating func takeSign() {
      if !take(UInt8(ascii: "-")) { _ = take(UInt8(ascii: "+")) }
    }

    mutating func takeDigits() -> Int {
      let start = place
      while place < text.count, (0x30...0x39).contains(text[place]) {
        if significant > 0 || text[place] != 0x30 { significant += 1 }
        place += 1
      }
      return place - start
    }
  }
}
