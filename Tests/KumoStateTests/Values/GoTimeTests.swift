import KumoState
import Testing

@Suite struct GoTimeTests {
  /// Texts, what Go 1.25.5 and 1.27.3 read from them (Unix seconds, nanoseconds) and write back.
  static let valid: [(String, Int64, Int32, String)] = [
    ("2026-01-02T03:04:05Z", 1_767_323_045, 0, "2026-01-02T03:04:05Z"),
    ("2026-01-02T03:04:05.1234567899Z", 1_767_323_045, 123_456_789, "2026-01-02T03:04:05.123456789Z"),
    ("2026-01-02T03:04:05.500000000Z", 1_767_323_045, 500_000_000, "2026-01-02T03:04:05.5Z"),
    ("2026-01-02T03:04:05.000000001Z", 1_767_323_045, 1, "2026-01-02T03:04:05.000000001Z"),
    ("2026-01-02T03:04:05-00:00", 1_767_323_045, 0, "2026-01-02T03:04:05Z"),
    ("2024-02-29T03:04:05Z", 1_709_175_845, 0, "2024-02-29T03:04:05Z"),
    ("0000-02-29T00:00:00Z", -62_162_121_600, 0, "0000-02-29T00:00:00Z"),
    ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999, "9999-12-31T23:59:59.999999999Z"),
    ("0001-01-01T00:00:00Z", -62_135_596_800, 0, "0001-01-01T00:00:00Z"),
    ("0000-01-01T00:00:00+01:00", -62_167_222_800, 0, "0000-01-01T00:00:00+01:00"),
    ("2026-01-02T03:04:05+09:00", 1_767_290_645, 0, "2026-01-02T03:04:05+09:00"),
    ("2026-01-02T03:04:05.5+05:30", 1_767_303_245, 500_000_000, "2026-01-02T03:04:05.5+05:30"),
    ("2026-01-02T03:04:05-23:59", 1_767_409_385, 0, "2026-01-02T03:04:05-23:59"),
    ("1969-12-31T23:59:59Z", -1, 0, "1969-12-31T23:59:59Z"),
  ]

  @Test(arguments: valid)
  func readsAndWritesAsGo(text: String, seconds: Int64, nanoseconds: Int32, written: String) throws {
    let reading = GoTime.parse(Array(text.utf8))
    guard case .valid(let time) = reading else {
      Issue.record("\(text) read as \(reading)")
      return
    }
    #expect(time.seconds == seconds)
    #expect(time.nanoseconds == nanoseconds)
    #expect(time.description == written)
    #expect(time.isWritable)
  }

  /// What Go reads although it is not RFC 3339; the last column says whether Go can write it again.
  static let lenient: [(String, Int64, Int32, GoTime.Fault, Bool)] = [
    ("2026-01-02T3:04:05Z", 1_767_323_045, 0, .shortHour, true),
    ("2026-01-02T03:04:05,5Z", 1_767_323_045, 500_000_000, .comma, true),
    ("2026-01-02T03:04:05+24:00", 1_767_236_645, 0, .zoneRange, false),
    ("2026-01-02T03:04:05+24:60", 1_767_233_045, 0, .zoneRange, false),
    ("2026-01-02T3:04:05,1-24:30", 1_767_411_245, 100_000_000, .shortHour, false),
  ]

  @Test(arguments: lenient)
  func toleratesWhatGoTolerates(text: String, seconds: Int64, nanoseconds: Int32, fault: GoTime.Fault, writable: Bool) {
    let reading = GoTime.parse(Array(text.utf8))
    guard case .lenient(let time, fault) = reading else {
      Issue.record("\(text) read as \(reading)")
      return
    }
    #expect(time.seconds == seconds)
    #expect(time.nanoseconds == nanoseconds)
    #expect(time.isWritable == writable)
  }

  static let invalid: [(String, GoTime.Fault)] = [
    ("", .length), ("2026-01-02", .length), ("2026-01-02T03:04:05", .zone), ("2026-01-02T03:04:05.Z", .zone),
    ("2026-01-02T03:04:05-25:00", .zoneRange), ("2026-01-02T03:04:05+10:61", .zoneRange),
    ("2026-01-02t03:04:05Z", .separator), ("2026-01-02T03:04:05z", .zone), ("2026-02-29T03:04:05Z", .day),
    ("1900-02-29T00:00:00Z", .day), ("2026-01-02T24:00:00Z", .clock), ("2026-01-02T03:04:60Z", .clock),
    ("10000-01-01T00:00:00Z", .separator), ("2026-01-02T03:04:05+0900", .zone), ("2026-1-02T03:04:05Z", .digits),
    ("2026-00-02T03:04:05Z", .month), ("2026-13-02T03:04:05Z", .month), ("2026-01-00T03:04:05Z", .day),
    ("2026-01-02T03:04:05Z ", .zone), ("2026-01-02T3:4:5Z    ", .digits), ("+026-01-02T03:04:05Z", .digits),
    (#"2026-01-02T03:04:0\u0035Z"#, .digits), ("2026-01-02 03:04:05Z", .separator),
    ("1767323045000000000000", .separator),
  ]

  @Test(arguments: invalid)
  func refusesWhatGoRefuses(text: String, fault: GoTime.Fault) {
    #expect(GoTime.parse(Array(text.utf8)) == .invalid(fault))
  }

  @Test func zeroTime() {
    #expect(GoTime.zero.description == "0001-01-01T00:00:00Z")
    #expect(GoTime.zero.isZero)
    #expect(!GoTime(seconds: 0).isZero)
  }

  @Test(arguments: [
    (Int64(1_767_323_045_123), "2026-01-02T03:04:05.123Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (0, "1970-01-01T00:00:00Z"), (-1_000, "1969-12-31T23:59:59Z"),
  ])
  func milliseconds(value: Int64, text: String) {
    let time = GoTime(milliseconds: value)
    #expect(time.description == text)
    #expect(time.milliseconds == value)
  }

  @Test func arithmeticKeepsFractionAndZoneAndSaturates() {
    let time = GoTime(seconds: 1_709_164_799, nanoseconds: 5, offsetMinutes: 60)
    #expect(time.description == "2024-02-29T00:59:59.000000005+01:00")
    #expect(time.adding(seconds: 86_400).description == "2024-03-01T00:59:59.000000005+01:00")
    #expect(time.inUTC.description == "2024-02-28T23:59:59.000000005Z")
    #expect(time != time.inUTC)
    #expect(GoTime(seconds: .max).adding(seconds: 1).seconds == .max)
    #expect(GoTime(seconds: .min).milliseconds == .min)
  }

  @Test func yearsBeyondFourDigitsCannotBeWritten() {
    #expect(!GoTime(seconds: 253_402_300_800).isWritable)
    #expect(!GoTime(seconds: -62_167_219_201).isWritable)
    #expect(!GoTime(seconds: 253_402_300_799, offsetMinutes: 1).isWritable)
  }

  /// Every 97th day of the years 0000 to 9999, and the first and last of each month of some years, against a count that
  /// knows nothing of eras.
  @Test func civilDatesCountDays() {
    var days = CivilDate(year: 0, month: 1, day: 1).daysSinceEpoch
    #expect(days == -719_528)
    for year in Int64(0)...9_999 {
      for month in 1...12 {
        let first = CivilDate(year: year, month: month, day: 1)
        if year % 89 == 0 || month == 3 {
          guard first.daysSinceEpoch == days, CivilDate(daysSinceEpoch: days) == first else {
            Issue.record("\(first) is not day \(days)")
            return
          }
        }
        days += Int64(CivilDate.days(inMonth: month, of: year))
      }
    }
    #expect(CivilDate(daysSinceEpoch: days) == CivilDate(year: 10_000, month: 1, day: 1))
    #expect(CivilDate(daysSinceEpoch: -719_529) == CivilDate(year: -1, month: 12, day: 31))
  }
}
