extension GoTime {
  /// What Go's `time.Time.UnmarshalJSON` makes of a text (the bytes between the quotes, escapes not undone, as Go does).
  package enum Reading: Equatable, Sendable {
    /// RFC 3339: every Go release reads it, and so does everybody else.
    case valid(GoTime)
    /// Not RFC 3339, but Go's fallback parser takes it; other readers, and later Go releases, may not.
    case lenient(GoTime, Fault)
    /// Go refuses it: KUMO stops reading the file there (kumo-format.md 1.2).
    case invalid(Fault)

    /// The time, if Go reads one.
    package var time: GoTime? {
      switch self {
      case .valid(let time), .lenient(let time, _): time
      case .invalid: nil
      }
    }
  }

  /// Why a text is not an RFC 3339 time.
  package enum Fault: String, Error, Sendable, CaseIterable {
    case length = "it has the wrong length"
    case digits = "a digit is missing"
    case separator = "a separator is wrong (the form is 2026-01-02T03:04:05Z)"
    case month = "the month is not 01 to 12"
    case day = "the day is not in that month"
    case clock = "the time of day is not 00:00:00 to 23:59:59"
    case shortHour = "the hour has one digit"
    case comma = "the fraction begins with a comma"
    case zone = "the zone is neither Z nor ±hh:mm"
    case zoneRange = "the zone offset is not below 24:00"
  }

  /// Reads a time as Go does: strictly first, then with the tolerance of `time.Parse(time.RFC3339, …)`, which takes a
  /// one-digit hour, a comma before the fraction and zone offsets up to 24:60 (Go's `parseStrictRFC3339`, whose strict
  /// checks are switched off for compatibility). More than nine fraction digits are cut, not rounded.
  package static func parse(_ text: UnsafeRawBufferPointer) -> Reading {
    var scanner = Scanner(text: text)
    do throws(Fault) {
      let time = try scanner.time()
      if let tolerated = scanner.tolerated { return .lenient(time, tolerated) }
      return .valid(time)
    } catch {
      return .invalid(error)
    }
  }

  /// Reads a time from an array; see `parse(_:)` for raw buffers.
  package static func parse(_ text: [UInt8]) -> Reading {
    text.withUnsafeBytes { parse($0) }
  }
}

/// One left-to-right pass over the text of a time.
private struct Scanner {
  let text: UnsafeRawBufferPointer
  var position = 0
  /// The first thing only Go's fallback parser accepts.
  var tolerated: GoTime.Fault?

  init(text: UnsafeRawBufferPointer) { self.text = text }

  mutating func time() throws(GoTime.Fault) -> GoTime {
    // The shortest form Go takes is a one-digit hour with Z: 2026-01-02T3:04:05Z.
    guard text.count >= 19 else { throw .length }
    let year = Int64(try digits(4))
    try expect("-")
    let month = try digits(2)
    guard (1...12).contains(month) else { throw .month }
    try expect("-")
    let day = try digits(2)
    try expect("T")
    let hour = try hour()
    try expect(":")
    let minute = try digits(2)
    try expect(":")
    let second = try digits(2)
    guard hour < 24, minute < 60, second < 60 else { throw .clock }
    let nanoseconds = fraction()
    let offset = try zone()
    guard day >= 1, day <= CivilDate.days(inMonth: month, of: year) else { throw .day }
    let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
    let seconds = days * 86_400 + Int64(hour * 3_600 + minute * 60 + second - offset * 60)
    return GoTime(seconds: seconds, nanoseconds: Int32(nanoseconds), offsetMinutes: Int16(offset))
  }

  private func isDigit(at index: Int) -> Bool {
    index < text.count && text[index] &- UInt8(ascii: "0") < 10
  }

  private mutating func digits(_ count: Int) throws(GoTime.Fault) -> Int {
    guard position + count <= text.count else { throw .length }
    var value = 0
    for _ in 0..<count {
      let digit = text[position] &- UInt8(ascii: "0")
      guard digit < 10 else { throw .digits }
      value = value * 10 + Int(digit)
      position += 1
    }
    return value
  }

  private mutating func expect(_ byte: Unicode.Scalar) throws(GoTime.Fault) {
    guard position < text.count, text[position] == UInt8(ascii: byte) else { throw .separator }
    position += 1
  }

  private mutating func hour() throws(GoTime.Fault) -> Int {
    guard isDigit(at: position), !isDigit(at: position + 1) else { return try digits(2) }
    tolerated = tolerated ?? .shortHour
    return try digits(1)
  }

  private mutating func fraction() -> Int {
    guard position < text.count, isDigit(at: position + 1) else { return 0 }
    let mark = text[position]
    guard mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") else { return 0 }
    if mark == UInt8(ascii: ",") { tolerated = tolerated ?? .comma }
    position += 1
    var value = 0
    var width = 0
    while isDigit(at: position) {
      if width < 9 {
        value = value * 10 + Int(text[position] - UInt8(ascii: "0"))
        width += 1
      }
      position += 1
    }
    while width < 9 {
      value *= 10
      width += 1
    }
    return value
  }

  private mutating func zone() throws(GoTime.Fault) -> Int {
    let rest = text.count - position
    if rest == 1, text[position] == UInt8(ascii: "Z") { return 0 }
    guard rest == 6, text[position + 3] == UInt8(ascii: ":") else { throw .zone }
    let sign = text[position]
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { throw .zone }
    position += 1
    let hours = try digits(2)
    position += 1
    let minutes = try digits(2)
    guard hours <= 24, minutes <= 60 else { throw .zoneRange }
    if hours == 24 || minutes == 60 { tolerated = tolerated ?? .zoneRange }
    let offset = hours * 60 + minutes
    return sign == UInt8(ascii: "-") ? -offset : offset
  }
}
