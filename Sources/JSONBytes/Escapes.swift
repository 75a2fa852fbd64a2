/// The value of the four hexadecimal digits at `at`; nil if one of them is none.
func hexValue(_ bytes: UnsafePointer<UInt8>, _ at: Int) -> UInt32? {
  var value: UInt32 = 0
  for index in at..<(at + 4) {
    let digit: UInt8
    switch bytes[index] {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = bytes[index] &- 0x30
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = bytes[index] &- 0x57
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = bytes[index] &- 0x37
    default: return nil
    }
    value = value << 4 | UInt32(digit)
  }
  return value
}

/// The byte that a one-letter escape stands for; nil for `u` and everything RFC 8259 does not list.
func shortEscape(_ letter: UInt8) -> UInt8? {
  switch letter {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
  case UInt8(ascii: "b"): 0x08
  case UInt8(ascii: "f"): 0x0c
  case UInt8(ascii: "n"): 0x0a
  case UInt8(ascii: "r"): 0x0d
  case UInt8(ascii: "t"): 0x09
  default: nil
  }
}

/// Reads the escape at `at`, which was validated before: its scalar (U+FFFD for a lone surrogate) and its length in
/// bytes.
func decodeEscape(_ bytes: UnsafePointer<UInt8>, _ at: Int, end: Int) -> (scalar: UInt32, length: Int) {
  if let plain = shortEscape(bytes[at + 1]) { return (UInt32(plain), 2) }
  guard at + 6 <= end, let unit = hexValue(bytes, at + 2) else { return (0xfffd, 2) }
  guard unit & 0xf800 == 0xd800 else { return (unit, 6) }
  guard unit < 0xdc00, at + 12 <= end, bytes[at + 6] == UInt8(ascii: "\\"), bytes[at + 7] == UInt8(ascii: "u"),
    let low = hexValue(bytes, at + 8), low & 0xfc00 == 0xdc00
  else { return (0xfffd, 6) }
  return (0x10000 + (unit & 0x3ff) << 10 + low & 0x3ff, 12)
}

/// Gives `body` the UTF-8 form of a scalar.
func withUTF8<E: Error>(_ scalar: UInt32, _ body: (UnsafeRawBufferPointer) throws(E) -> Void) throws(E) {
  var packed: UInt32
  let count: Int
  switch scalar {
  case ..<0x80: (packed, count) = (scalar, 1)
  case ..<0x800: (packed, count) = (0xc0 | scalar >> 6 | (0x80 | scalar & 0x3f) << 8, 2)
  case ..<0x10000:
    packed = 0xe0 | scalar >> 12 | (0x80 | scalar >> 6 & 0x3f) << 8
    packed |= (0x80 | scalar & 0x3f) << 16
    count = 3
  default:
    packed = 0xf0 | scalar >> 18 | (0x80 | scalar >> 12 & 0x3f) << 8
    packed |= (0x80 | scalar >> 6 & 0x3f) << 16 | (0x80 | scalar & 0x3f) << 24
    count = 4
  }
  packed = packed.littleEndian
  try withUnsafeBytes(of: packed) { bytes throws(E) in
    try body(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
  }
}

/// Gives `body` the unescaped content of a validated string, run by run.
func unescape<E: Error>(
  _ content: UnsafeBufferPointer<UInt8>, _ body: (UnsafeRawBufferPointer) throws(E) -> Void
) throws(E) {
  guard let bytes = content.baseAddress else { return }
  var run = 0
  var at = 0
  while at < content.count {
    guard bytes[at] == UInt8(ascii: "\\") else {
      at += 1
      continue
    }
    if run < at { try body(UnsafeRawBufferPointer(start: bytes + run, count: at - run)) }
    let (scalar, length) = decodeEscape(bytes, at, end: content.count)
    try withUTF8(scalar, body)
    at += length
    run = at
  }
  if run < at { try body(UnsafeRawBufferPointer(start: bytes + run, count: at - run)) }
}

/// The unescaped content of a validated string.
func unescaped(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity(content.count)
  unescape(content) { out.append(contentsOf: $0) }
  return out
}
