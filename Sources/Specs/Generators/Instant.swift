/// A point in time: whole seconds UTC, from 0001-01-01 to 9999-12-31. No time zone database, no calendar of the system.
public struct Instant: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int64

  /// The first and the last second that RFC 3339 can write.
  static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// An instant by its number of seconds since 1970; nil outside the years 1 to 9999.
  public init?(seconds: Int64) {
    guard Self.range.contains(seconds) else { return nil }
    self.seconds = seconds
  }

  /// Known to be in range.
  init(clamping seconds: Int64) {
    self.seconds = min(max(seconds, Self.range.lowerBound), Self.range.upperBound)
  }

  /// Reads RFC 3339 with `Z` or an offset (fractions of a second are refused), or a date alone, which is its midnight
  /// UTC.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.digits(bytes[0..<4]), let month = Self.digits(bytes[5..<7]), let day = Self.digits(bytes[8..<10]),
      year >= 1, (1...12).contains(month), day >= 1, day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    var seconds = Self.days(year: year, month: month, day: day) * 86_400
    if bytes.count > 10 {
      guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
        bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
        let hour = Self.digits(bytes[11..<13]), let minute = Self.digits(bytes[14..<16]),
        let second = Self.digits(bytes[17..<19]), hour < 24, minute < 60, second < 60,
        let offset = Self.offset(bytes[19...])
      else { return nil }
      seconds += hour * 3600 + minute * 60 + second - offset
    }
    self.init(seconds: seconds)
  }

  /// Later by a number of seconds, held within the range.
  public func adding(seconds more: Int64) -> Instant {
    let (sum, overflow) = seconds.addingReportingOverflow(more)
    return Instant(clamping: overflow ? (more < 0 ? Int64.min : Int64.max) : sum)
  }

  /// Year, month, day of the UTC date.
  var date: (year: Int64, month: Int64, day: Int64) {
    let days = Self.floorDivide(seconds, 86_400)
    // Days to civil date in the proleptic Gregorian calendar, years starting in March.
    let shifted = days + 719_468
    let era = Self.floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// `2026-01-02T03:04:05Z`.
  public var description: String { String(decoding: rfc3339, as: UTF8.self) }

  /// `2026-01-02T03:04:05Z` as bytes.
  package var rfc3339: [UInt8] {
    var result = dateText
    let time = seconds - Self.floorDivide(seconds, 86_400) * 86_400
    result.append(UInt8(ascii: "T"))
    Self.append(time / 3600, width: 2, to: &result)
    result.append(UInt8(ascii: ":"))
    Self.append(time / 60 % 60, width: 2, to: &result)
    result.append(UInt8(ascii: ":"))
    Self.append(time % 60, width: 2, to: &result)
    result.append(UInt8(ascii: "Z"))
    return result
  }

  /// `2026-01-02` as bytes.
  var dateText: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(20)
    let date = date
    Self.append(date.year, width: 4, to: &result)
    result.append(UInt8(ascii: "-"))
    Self.append(date.month, width: 2, to: &result)
    result.append(UInt8(ascii: "-"))
    Self.append(date.day, width: 2, to: &result)
    return result
  }

  /// Earlier first.
  public static func < (a: Instant, b: Instant) -> Bool { a.seconds < b.seconds }

  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = floorDivide(shiftedYear, 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func length(ofMonth month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }

  private static func digits(_ bytes: ArraySlice<UInt8>) -> Int64? {
    var value: Int64 = 0
    for byte in bytes {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return value
  }

  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let bytes = Array(bytes)
    if bytes == [UInt8(ascii: "Z")] || bytes == [UInt8(ascii: "z")] { return 0 }
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
      bytes[3] == UInt8(ascii: ":"),
      let hours = digits(bytes[1..<3]), let minutes = digits(bytes[4..<6]), hours < 24, minutes < 60
    else { return nil }
    return (bytes[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  private static func append(_ value: Int64, width: Int, to output: inout [UInt8]) {
    var divisor: Int64 = 1
    for _ in 1..<width { divisor *= 10 }
    while divisor > 0 {
      output.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
      divisor /= 10
    }
  }
}
