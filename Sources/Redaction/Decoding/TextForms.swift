/// An escape that begins with a backslash.
struct Escape {
  /// What it stands for.
  let bytes: [UInt8]
  /// Bytes of the source that it takes.
  let length: Int

  /// The escape at a place; nil when a backslash there means nothing known.
  init?(in source: UnsafeRawBufferPointer, at index: Int) {
    guard index + 1 < source.count else { return nil }
    switch source[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "'"):
      self.init(bytes: [source[index + 1]], length: 2)
    case UInt8(ascii: "n"): self.init(bytes: [0x0A], length: 2)
    case UInt8(ascii: "r"): self.init(bytes: [0x0D], length: 2)
    case UInt8(ascii: "t"): self.init(bytes: [0x09], length: 2)
    case UInt8(ascii: "b"): self.init(bytes: [0x08], length: 2)
    case UInt8(ascii: "f"): self.init(bytes: [0x0C], length: 2)
    case UInt8(ascii: "x"):
      guard let value = Escape.number(in: source, at: index + 2, digits: 2) else { return nil }
      self.init(bytes: [UInt8(value)], length: 4)
    case UInt8(ascii: "u"):
      guard let unit = Escape.number(in: source, at: index + 2, digits: 4) else { return nil }
      if unit & 0xFC00 == 0xD800, index + 7 < source.count, source[index + 6] == UInt8(ascii: "\\"),
        source[index + 7] == UInt8(ascii: "u"), let low = Escape.number(in: source, at: index + 8, digits: 4),
        low & 0xFC00 == 0xDC00
      {
        self.init(bytes: UTF8Form.bytes(of: 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF), length: 12)
      } else {
        self.init(bytes: UTF8Form.bytes(of: unit & 0xF800 == 0xD800 ? 0xFFFD : unit), length: 6)
      }
    default: return nil
    }
  }

  private init(bytes: [UInt8], length: Int) {
    self.bytes = bytes
    self.length = length
  }

  private static func number(in source: UnsafeRawBufferPointer, at start: Int, digits: Int) -> UInt32? {
    guard start + digits <= source.count else { return nil }
    var value: UInt32 = 0
    for index in start..<(start + digits) {
      guard let digit = HexDigit.value(source[index]) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

/// Writes backslash escapes.
enum EscapeForm {
  /// Writes a replacement inside a JSON string (or another text with backslashes).
  static func encode(_ bytes: [UInt8], like written: UnsafeRawBufferPointer, decodedCount: Int) -> [UInt8] {
    let isNumbered = written.count >= 6 && written.count >= decodedCount * 6 && written[1] == UInt8(ascii: "u")
    let isCapital = written.contains { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }
    let digits = Array((isCapital ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    func numbered(_ byte: UInt8) -> [UInt8] {
      Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    var encoded: [UInt8] = []
    encoded.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case 0x20..<0x80 where isNumbered: encoded += numbered(byte)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): encoded += [UInt8(ascii: "\\"), byte]
      case 0x0A: encoded += Array("\\n".utf8)
      case 0x0D: encoded += Array("\\r".utf8)
      case 0x09: encoded += Array("\\t".utf8)
      case 0..<0x20: encoded += numbered(byte)
      default: encoded.append(byte)
      }
    }
    return encoded
  }

  /// Writes the content of a JSON string.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    encode(bytes, like: UnsafeRawBufferPointer(start: nil, count: 0), decodedCount: 1)
  }
}

/// Writes percent signs.
enum PercentForm {
  /// Writes a replacement inside a percent-encoded text: unreserved characters (RFC 3986 2.3) stand for themselves
  /// unless all of the replaced ones were encoded.
  static func encode(_ bytes: [UInt8], like written: UnsafeRawBufferPointer, decodedCount: Int) -> [UInt8] {
    let encodesAll = decodedCount > 0 && written.count >= decodedCount * 3
    let isCapital = !written.contains { (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) } || !encodesAll
    let digits = Array((isCapital ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
    var encoded: [UInt8] = []
    for byte in bytes {
      if !encodesAll, isUnreserved(byte) {
        encoded.append(byte)
      } else {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return encoded
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
