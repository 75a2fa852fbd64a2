// How Go's encoding/json spells strings and numbers (kumo-format.md 7.3).

private let hexDigits: StaticString = "0123456789abcdef"

/// Appends the content of a JSON string, escaped as Go's encoder does with HTML escaping on.
func appendGoEscaped(_ text: UnsafeRawBufferPointer, to out: inout [UInt8]) {
  var plain = 0
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte < 0x80 {
      if byte >= 0x20, byte != 0x22, byte != 0x5c, byte != 0x26, byte != 0x3c, byte != 0x3e {
        index += 1
        continue
      }
      out.append(contentsOf: text[plain..<index])
      appendEscape(byte, to: &out)
      index += 1
      plain = index
      continue
    }
    let length = utf8SequenceLength(text, at: index)
    if length == 0 {
      out.append(contentsOf: text[plain..<index])
      out.append(contentsOf: "\\ufffd".utf8)
      index += 1
      plain = index
    } else if length == 3, byte == 0xe2, text[index + 1] == 0x80, text[index + 2] & 0xfe == 0xa8 {
      // U+2028 and U+2029 end a line in JavaScript.
      out.append(contentsOf: text[plain..<index])
      out.append(contentsOf: (text[index + 2] == 0xa8 ? "\\u2028" : "\\u2029").utf8)
      index += 3
      plain = index
    } else {
      index += length
    }
  }
  out.append(contentsOf: text[plain..<text.count])
}

private func appendEscape(_ byte: UInt8, to out: inout [UInt8]) {
  out.append(UInt8(ascii: "\\"))
  switch byte {
  case 0x22, 0x5c: out.append(byte)
  case 0x08: out.append(UInt8(ascii: "b"))
  case 0x0c: out.append(UInt8(ascii: "f"))
  case 0x0a: out.append(UInt8(ascii: "n"))
  case 0x0d: out.append(UInt8(ascii: "r"))
  case 0x09: out.append(UInt8(ascii: "t"))
  default:
    out.append(contentsOf: "u00".utf8)
    hexDigits.withUTF8Buffer { digits in
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
  }
}

/// The length of the well-formed UTF-8 sequence (Unicode table 3-7) that begins at `index`; 0 if there is none.
func utf8SequenceLength(_ text: UnsafeRawBufferPointer, at index: Int) -> Int {
  let lead = text[index]
  let rest = text.count - index
  func isTail(_ distance: Int) -> Bool { text[index + distance] & 0xc0 == 0x80 }
  switch lead {
  case 0x00...0x7f: return 1
  case 0xc2...0xdf: return rest >= 2 && isTail(1) ? 2 : 0
  case 0xe0...0xef:
    guard rest >= 3, isTail(1), isTail(2) else { return 0 }
    let second = text[index + 1]
    return (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ? 0 : 3
  case 0xf0...0xf4:
    guard rest >= 4, isTail(1), isTail(2), isTail(3) else { return 0 }
    let second = text[index + 1]
    return (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f) ? 0 : 4
  default: return 0
  }
}

/// Appends a float64 as Go's encoder does: shortest digits that read back, `%e` only below 1e-6 or from 1e21, and no
/// leading zero in the exponent. A value without a JSON form becomes `null`.
func appendGoFloat(_ value: Double, to out: inout [UInt8]) {
  guard value.isFinite else {
    out.append(contentsOf: "null".utf8)
    return
  }
  // Swift prints the same shortest digits in another layout: take the digits and the decimal exponent out of it.
  let text = Array(value.magnitude.description.utf8)
  let mantissaEnd = text.firstIndex(of: UInt8(ascii: "e")) ?? text.count
  let written = Int(String(decoding: text[mantissaEnd...].dropFirst(), as: UTF8.self)) ?? 0
  let point = text[..<mantissaEnd].firstIndex(of: UInt8(ascii: ".")) ?? mantissaEnd
  var digits = text[..<mantissaEnd].filter { $0 != UInt8(ascii: ".") }
  // The value is 0.DIGITS times ten to the power `scale`.
  var scale = point + written
  let leading = digits.prefix { $0 == UInt8(ascii: "0") }.count
  digits.removeFirst(leading)
  scale -= leading
  while digits.last == UInt8(ascii: "0") { digits.removeLast() }
  if value.sign == .minus { out.append(UInt8(ascii: "-")) }
  guard !digits.isEmpty else {
    out.append(UInt8(ascii: "0"))
    return
  }
  if value.magnitude < 1e-6 || value.magnitude >= 1e21 {
    out.append(digits[0])
    if digits.count > 1 {
      out.append(UInt8(ascii: "."))
      out.append(contentsOf: digits[1...])
    }
    let power = scale - 1
    out.append(contentsOf: (power < 0 ? "e-" : "e+").utf8)
    // Go strips the zero of a one-digit negative exponent; a positive one has two digits here anyway (21 and up).
    out.append(contentsOf: String(abs(power)).utf8)
  } else if scale <= 0 {
    out.append(contentsOf: "0.".utf8)
    out.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: -scale))
    out.append(contentsOf: digits)
  } else if scale >= digits.count {
    out.append(contentsOf: digits)
    out.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: scale - digits.count))
  } else {
    out.append(contentsOf: digits[..<scale])
    out.append(UInt8(ascii: "."))
    out.append(contentsOf: digits[scale...])
  }
}
