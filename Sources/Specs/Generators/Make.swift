extension SpecGenerator {
  private static let hexDigits = Array("0123456789abcdef".utf8)
  private static let crockfordDigits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
  private static let mailDomains = ["example.com", "example.net", "example.org"]

  /// Makes a value from a stream. Only for generators without inner values; the others are run by ``Evaluator``.
  func make(from stream: inout ByteStream, index: Int, clock: Instant) -> Datum {
    switch self {
    case .sequence(let start, let step, let pad):
      let value = start &+ step &* Int64(index)
      let text = Array(String(value).utf8)
      return pad == 0 ? .number(text) : .string(Self.padded(text, to: pad))
    case .integer(let range): return .number(Array(String(stream.next(in: range)).utf8))
    case .decimal(let range, let places): return .decimal(Self.decimal(stream.next(in: range), places: places))
    case .date(let from, let to, let format):
      let range = from.seconds(clock: clock)...max(from.seconds(clock: clock), to.seconds(clock: clock))
      let instant = Instant(clamping: stream.next(in: range))
      switch format {
      case .rfc3339: return .string(instant.rfc3339)
      case .date: return .string(instant.dateText)
      case .epoch: return .number(Array(String(instant.seconds).utf8))
      case .epochMilliseconds: return .number(Array(String(instant.seconds * 1000).utf8))
      }
    case .uuid(let version):
      var high = stream.next()
      let low = stream.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
      if version == 7 {
        high = Self.milliseconds(clock, index) << 16 | high & 0xFFF
      }
      high = high & 0xFFFF_FFFF_FFFF_0FFF | UInt64(version) << 12
      return .string(Self.uuidText(high, low))
    case .ulid: return .string(Self.ulidText(time: Self.milliseconds(clock, index), stream.next(), stream.next()))
    case .name(let part): return .string(part.make(from: &stream))
    case .email:
      let first = WordLists.asciiFirstNames.pick(from: &stream).utf8.map { $0 | 0x20 }
      let last = WordLists.asciiLastNames.pick(from: &stream).utf8.map { $0 | 0x20 }
      let number = Array(String(stream.next(below: 1000)).utf8)
      let domain = Self.mailDomains.pick(from: &stream)
      return .string(first + [UInt8(ascii: ".")] + last + number + [UInt8(ascii: "@")] + Array(domain.utf8))
    case .sentence(let words): return .string(Self.sentence(words: words, from: &stream))
    case .paragraph(let sentences):
      let count = stream.next(in: sentences)
      var result: [UInt8] = []
      for number in 0..<count {
        if number > 0 { result.append(0x20) }
        result.append(contentsOf: Self.sentence(words: 5...12, from: &stream))
      }
      return .string(result)
    case .word: return .string(Array(WordLists.words.pick(from: &stream).utf8))
    case .city: return .string(Array(WordLists.cities.pick(from: &stream).utf8))
    case .company:
      let name = WordLists.companyNames.pick(from: &stream)
      let kind = WordLists.companyKinds.pick(from: &stream)
      return .string(Array((name + " " + kind).utf8))
    case .hex(let digits):
      let alphabet = Self.hexDigits
      let bytes = stream.bytes(count: (digits + 1) / 2)
      return .string(Array(bytes.flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }.prefix(digits)))
    case .bytes(let count): return .bytes(stream.bytes(count: count))
    case .bool(let probability): return .bool(Int64(stream.next(below: 1_000_000_000)) < probability)
    case .pick, .optional, .list, .row, .field: return .absent
    }
  }

  static func padded(_ text: [UInt8], to width: Int) -> [UInt8] {
    let negative = text.first == UInt8(ascii: "-")
    let digits = negative ? Array(text.dropFirst()) : text
    let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: max(0, width - digits.count))
    return (negative ? [UInt8(ascii: "-")] : []) + zeros + digits
  }

  static func decimal(_ unscaled: Int64, places: Int) -> [UInt8] {
    let text = padded(Array(String(unscaled).utf8), to: places + 1)
    if places == 0 { return text }
    return Array(text.dropLast(places)) + [UInt8(ascii: ".")] + Array(text.suffix(places))
  }

  private static func milliseconds(_ clock: Instant, _ index: Int) -> UInt64 {
    // 48 bits; instants before 1970 have no such number and count from it.
    UInt64(max(0, clock.seconds)) &* 1000 &+ UInt64(index) & 0xFFFF_FFFF_FFFF
  }

  static func uuidText(_ high: UInt64, _ low: UInt64) -> [UInt8] {
    let alphabet = hexDigits
    var result: [UInt8] = []
    result.reserveCapacity(36)
    for digit in 0..<32 {
      if digit == 8 || digit == 12 || digit == 16 || digit == 20 { result.append(UInt8(ascii: "-")) }
      let word = digit < 16 ? high : low
      result.append(alphabet[Int(word >> UInt64(60 - digit % 16 * 4) & 15)])
    }
    return result
  }

  private static func ulidText(time: UInt64, _ a: UInt64, _ b: UInt64) -> [UInt8] {
    let alphabet = crockfordDigits
    var result: [UInt8] = []
    result.reserveCapacity(26)
    for digit in 0..<10 { result.append(alphabet[Int(time >> UInt64(45 - digit * 5) & 31)]) }
    for digit in 0..<8 { result.append(alphabet[Int(a >> UInt64(digit * 5) & 31)]) }
    for digit in 0..<8 { result.append(alphabet[Int(b >> UInt64(digit * 5) & 31)]) }
    return result
  }

  private static func sentence(words: ClosedRange<Int64>, from stream: inout ByteStream) -> [UInt8] {
    let count = stream.next(in: words)
    var result: [UInt8] = []
    for number in 0..<count {
      if number > 0 { result.append(0x20) }
      result.append(contentsOf: WordLists.words.pick(from: &stream).utf8)
    }
    if let first = result.first, (0x61...0x7A).contains(first) { result[0] = first - 32 }
    result.append(UInt8(ascii: "."))
    return result
  }
}

extension SpecGenerator.NamePart {
  func make(from stream: inout ByteStream) -> [UInt8] {
    switch self {
    case .first: return Array(WordLists.firstNames.pick(from: &stream).utf8)
    case .last: return Array(WordLists.lastNames.pick(from: &stream).utf8)
    case .full:
      let first = WordLists.firstNames.pick(from: &stream)
      return Array((first + " " + WordLists.lastNames.pick(from: &stream)).utf8)
    }
  }
}

extension SpecGenerator.DateBound {
  /// Seconds since 1970.
  func seconds(clock: Instant) -> Int64 {
    switch self {
    case .instant(let instant): instant.seconds
    case .clock(let offset): clock.adding(seconds: offset).seconds
    }
  }
}

extension Array {
  /// One of the elements, evenly. The array is not empty.
  func pick(from stream: inout ByteStream) -> Element {
    self[Int(stream.next(below: UInt64(count)))]
  }
}
