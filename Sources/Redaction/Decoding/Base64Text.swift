/// Base64 as it was found: alphabet, padding and line breaks are remembered, so that other bytes can be written in the
/// same framing.
struct Base64Text {
  /// The decoded bytes.
  let bytes: [UInt8]
  /// `-` and `_` instead of `+` and `/` (RFC 4648 5).
  let isURLSafe: Bool
  /// Whether the last group was filled up with `=`.
  let isPadded: Bool
  /// Characters of a line; nil for one line.
  let lineLength: Int?
  /// Whether lines end with CR LF.
  let hasCarriageReturns: Bool

  /// Reads base64 from its first character to its last one.
  ///
  /// Nil when a byte is of no alphabet or of both, or the length fits no bytes.
  init?(_ text: UnsafeRawBufferPointer) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3 + 3)
    var (group, count) = (UInt32(0), 0)
    var (isURLSafe, isStandard, hasReturns) = (false, false, false)
    var (lineLength, padding): (Int?, Int) = (nil, 0)
    for index in 0..<text.count {
      let byte = text[index]
      let value = Base64Text.values[Int(byte)]
      guard value < 64 else {
        switch byte {
        case UInt8(ascii: "\n"): if lineLength == nil { lineLength = hasReturns ? index - 1 : index }
        case UInt8(ascii: "\r"): hasReturns = true
        case UInt8(ascii: "="): padding += 1
        default: return nil
        }
        continue
      }
      if padding > 0 { return nil }
      if value >= 62 {
        if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") { isURLSafe = true } else { isStandard = true }
      }
      group = group << 6 | UInt32(value)
      count += 1
      guard count == 4 else { continue }
      bytes.append(UInt8(truncatingIfNeeded: group >> 16))
      bytes.append(UInt8(truncatingIfNeeded: group >> 8))
      bytes.append(UInt8(truncatingIfNeeded: group))
      (group, count) = (0, 0)
    }
    guard count != 1, padding == 0 || count + padding == 4, !(isURLSafe && isStandard) else { return nil }
    if count >= 2 { bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(count * 6 - 8))) }
    if count == 3 { bytes.append(UInt8(truncatingIfNeeded: group >> 2)) }
    self.bytes = bytes
    self.isURLSafe = isURLSafe
    self.isPadded = padding > 0 || (count == 0 && !isURLSafe)
    self.lineLength = lineLength
    hasCarriageReturns = hasReturns
  }

  /// Writes other bytes in the same framing.
  func encode(_ other: [UInt8]) -> [UInt8] {
    let alphabet = isURLSafe ? Base64Text.urlSafe : Base64Text.standard
    var text: [UInt8] = []
    text.reserveCapacity(other.count / 3 * 4 + 8)
    var column = 0
    func put(_ character: UInt8) {
      if let lineLength, column == lineLength {
        if hasCarriageReturns { text.append(UInt8(ascii: "\r")) }
        text.append(UInt8(ascii: "\n"))
        column = 0
      }
      text.append(character)
      column += 1
    }
    var index = 0
    while index < other.count {
      let rest = other.count - index
      var group = UInt32(other[index]) << 16
      if rest > 1 { group |= UInt32(other[index + 1]) << 8 }
      if rest > 2 { group |= UInt32(other[index + 2]) }
      put(alphabet[Int(group >> 18)])
      put(alphabet[Int(group >> 12 & 63)])
      if rest > 1 { put(alphabet[Int(group >> 6 & 63)]) } else if isPadded { put(UInt8(ascii: "=")) }
      if rest > 2 { put(alphabet[Int(group & 63)]) } else if isPadded { put(UInt8(ascii: "=")) }
      index += 3
    }
    return text
  }

  /// Bytes in one line without padding.
  static func plain(_ bytes: [UInt8], isURLSafe: Bool) -> [UInt8] {
    Base64Text(bytes: [], isURLSafe: isURLSafe, isPadded: false, lineLength: nil, hasCarriageReturns: false)
      .encode(bytes)
  }

  private init(bytes: [UInt8], isURLSafe: Bool, isPadded: Bool, lineLength: Int?, hasCarriageReturns: Bool) {
    self.bytes = bytes
    self.isURLSafe = isURLSafe
    self.isPadded = isPadded
    self.lineLength = lineLength
    self.hasCarriageReturns = hasCarriageReturns
  }

  /// Whether a byte is a character of either alphabet.
  static func isCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: ByteClass.isAlphanumeric(byte)
    }
  }

  private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  private static let values: [UInt8] = {
    var table = [UInt8](repeating: 255, count: 256)
    for (value, character) in standard.enumerated() { table[Int(character)] = UInt8(value) }
    for (value, character) in urlSafe.enumerated() { table[Int(character)] = UInt8(value) }
    return table
  }()
}

/// Hexadecimal as it was found.
struct HexText {
  /// The decoded bytes.
  let bytes: [UInt8]
  /// Whether its letters are capitals.
  let isCapital: Bool

  /// Reads an even number of digits; nil for anything else.
  init?(_ text: UnsafeRawBufferPointer) {
    guard text.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 2)
    var isCapital = false
    for index in stride(from: 0, to: text.count, by: 2) {
      guard let high = HexDigit.value(text[index]), let low = HexDigit.value(text[index + 1]) else { return nil }
      if (65...70).contains(text[index]) || (65...70).contains(text[index + 1]) { isCapital = true }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
    self.isCapital = isCapital
  }

  /// Writes other bytes in the same case.
  func encode(_ other: [UInt8]) -> [UInt8] {
    let digits = Array((isCapital ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    return other.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }
}
