/// A number in JSON's form.
package struct NumberText {
  /// Digits without zeros in front and behind.
  package let significantDigits: Int

  /// Nil if the text is no number that JSON would read.
  package init?(_ text: [UInt8]) {
    var index = 0
    var digits: [UInt8] = []
    func isDigit(_ at: Int) -> Bool { at < text.count && (0x30...0x39).contains(text[at]) }
    if index < text.count, text[index] == UInt8(ascii: "-") { index += 1 }
    let start = index
    while isDigit(index) {
      digits.append(text[index])
      index += 1
    }
    guard index > start, index == start + 1 || text[start] != UInt8(ascii: "0") else { return nil }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      let fraction = index
      while isDigit(index) {
        digits.append(text[index])
        index += 1
      }
      if index == fraction { return nil }
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") { index += 1 }
      let exponent = index
      while isDigit(index) { index += 1 }
      if index == exponent || index - exponent > 3 { return nil }
    }
    guard index == text.count else { return nil }
    let zero = UInt8(ascii: "0")
    let trimmed = digits.drop { $0 == zero }
    significantDigits = (trimmed.lastIndex { $0 != zero }).map { $0 - trimmed.startIndex + 1 } ?? 1
  }
}
