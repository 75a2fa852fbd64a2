/// Text decoded from an encoding that writes each byte on its own (percent signs, backslash escapes, UTF-16), with the
/// place of every decoded byte in the source: what is found in the decoded text can be replaced where it stands, and
/// everything around it stays as it was written.
struct MappedText {
  /// The encodings whose bytes have places of their own.
  enum Encoding: String, Sendable {
    case percent
    case quotedPrintable = "quoted-printable"
    case escaped
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
  }

  /// How the text was encoded.
  let encoding: Encoding
  /// The decoded bytes.
  private(set) var bytes: [UInt8] = []
  /// Where each decoded byte begins in the source, and behind the last one where the source ends.
  private(set) var places: [Int32] = []
  /// Whether anything was written other than plainly.
  private(set) var isEncoded = false

  /// The range of the source that a range of the decoded text stands for.
  func source(of range: Range<Int>) -> Range<Int> {
    Int(places[range.lowerBound])..<Int(places[range.upperBound])
  }
}

extension MappedText {
  /// Decodes `%41`; everything else stands for itself.
  init(percent source: UnsafeRawBufferPointer) {
    self.init(encoding: .percent, capacity: source.count)
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count, let high = HexDigit.value(source[index + 1]),
        let low = HexDigit.value(source[index + 2])
      {
        add([high << 4 | low], at: index, encoded: true)
        index += 3
      } else {
        add([source[index]], at: index, encoded: false)
        index += 1
      }
    }
    places.append(Int32(source.count))
  }

  /// Decodes `=41` and takes the breaks out that only keep lines short (RFC 2045 6.7); everything else stands for itself.
  init(quotedPrintable source: UnsafeRawBufferPointer) {
    self.init(encoding: .quotedPrintable, capacity: source.count)
    var index = 0
    while index < source.count {
      guard source[index] == UInt8(ascii: "="), let sign = QuotedPrintableSign(in: source, at: index) else {
        add([source[index]], at: index, encoded: false)
        index += 1
        continue
      }
      add(sign.byte.map { [$0] } ?? [], at: index, encoded: true)
      index += sign.length
    }
    places.append(Int32(source.count))
  }

  /// Decodes the escapes of JSON and of most languages: `\n`, `\"`, `\u0041`, `\x41`; a backslash before anything
  /// else stands for itself.
  init(escaped source: UnsafeRawBufferPointer) {
    self.init(encoding: .escaped, capacity: source.count)
    var index = 0
    while index < source.count {
      guard source[index] == UInt8(ascii: "\\"), let escape = Escape(in: source, at: index) else {
        add([source[index]], at: index, encoded: false)
        index += 1
        continue
      }
      add(escape.bytes, at: index, encoded: true)
      index += escape.length
    }
    places.append(Int32(source.count))
  }

  /// Decodes UTF-16; a byte order mark at the beginning is left out, half pairs become U+FFFD.
  init(utf16 source: UnsafeRawBufferPointer, bigEndian: Bool) {
    self.init(encoding: bigEndian ? .utf16BigEndian : .utf16LittleEndian, capacity: source.count / 2)
    func unit(_ index: Int) -> UInt16? {
      guard index + 1 < source.count else { return nil }
      let (first, second) = (UInt16(source[index]), UInt16(source[index + 1]))
      return bigEndian ? first << 8 | second : second << 8 | first
    }
    var index = unit(0) == 0xFEFF ? 2 : 0
    while let value = unit(index) {
      var scalar = UInt32(value)
      var length = 2
      if value & 0xFC00 == 0xD800, let low = unit(index + 2), low & 0xFC00 == 0xDC00 {
        scalar = 0x10000 + (UInt32(value) & 0x3FF) << 10 + UInt32(low) & 0x3FF
        length = 4
      } else if value & 0xF800 == 0xD800 {
        scalar = 0xFFFD
      }
      add(UTF8Form.bytes(of: scalar), at: index, encoded: true)
      index += length
    }
    places.append(Int32(index))
  }

  private init(encoding: Encoding, capacity: Int) {
    self.encoding = encoding
    bytes.reserveCapacity(capacity)
    places.reserveCapacity(capacity + 1)
  }

  private mutating func add(_ decoded: [UInt8], at index: Int, encoded: Bool) {
    bytes.append(contentsOf: decoded)
    for _ in decoded { places.append(Int32(index)) }
    if encoded { isEncoded = true }
  }
}

extension MappedText {
  /// Writes a replacement as the replaced bytes were written: escaped one and all where those were, otherwise only
  /// where the encoding asks for it.
  func encode(_ bytes: [UInt8], replacing range: Range<Int>, in source: UnsafeRawBufferPointer) -> [UInt8] {
    let written = UnsafeRawBufferPointer(rebasing: source[self.source(of: range)])
    switch encoding {
    case .percent: return PercentForm.encode(bytes, like: written, decodedCount: range.count)
    case .quotedPrintable: return QuotedPrintableSign.encode(bytes)
    case .escaped: return EscapeForm.encode(bytes, like: written, decodedCount: range.count)
    case .utf16LittleEndian, .utf16BigEndian:
      var encoded: [UInt8] = []
      for unit in String(decoding: bytes, as: UTF8.self).utf16 {
        let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
        encoded += encoding == .utf16BigEndian ? [high, low] : [low, high]
      }
      return encoded
    }
  }
}

/// One digit of a hexadecimal number.
enum HexDigit {
  /// Its value; nil for any other byte.
  static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 0x30
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 0x57
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - 0x37
    default: nil
    }
  }
}

/// Scalars as UTF-8.
enum UTF8Form {
  /// The bytes of a scalar; of U+FFFD for what is none.
  static func bytes(of scalar: UInt32) -> [UInt8] {
    if scalar < 0x80 { return [UInt8(scalar)] }
    return Array(String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8)
  }
}
