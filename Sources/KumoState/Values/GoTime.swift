/// A moment as Go's `time.Time` keeps it in JSON: an instant with nanoseconds, and the zone offset it is written in.
/// Written form: kumo-format.md 7.3. Reading: `GoTime.parse`.
package struct GoTime: Hashable, Sendable {
  /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
  package let seconds: Int64
  /// Nanoseconds after `seconds`, 0 to 999,999,999.
  package let nanoseconds: Int32
  /// Minutes east of UTC of the zone it is written in; the instant does not depend on it.
  package let offsetMinutes: Int16

  /// The instant `seconds` + `nanoseconds`; nanoseconds outside 0 to 999,999,999 are clamped into it.
  package init(seconds: Int64, nanoseconds: Int32 = 0, offsetMinutes: Int16 = 0) {
    self.seconds = seconds
    self.nanoseconds = min(max(nanoseconds, 0), 999_999_999)
    self.offsetMinutes = offsetMinutes
  }

  /// The instant `milliseconds` after the Unix epoch, in UTC (the form of SQS `SentTimestamp`, kumo-format.md 4.2).
  package init(milliseconds: Int64) {
    let remainder = milliseconds % 1_000
    let fraction = remainder < 0 ? remainder + 1_000 : remainder
    self.init(seconds: (milliseconds - fraction) / 1_000, nanoseconds: Int32(fraction) * 1_000_000)
  }

  /// Go's zero time, `0001-01-01T00:00:00Z`: what an unset non-pointer time field holds.
  package static let zero = GoTime(seconds: -62_135_596_800)

  /// Whether this is Go's zero time, in whatever zone it is written.
  package var isZero: Bool { seconds == GoTime.zero.seconds && nanoseconds == 0 }

  /// Whole milliseconds since the Unix epoch, rounded down; saturates far outside the years 0000 to 9999.
  package var milliseconds: Int64 {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000)
    if overflow { return seconds < 0 ? .min : .max }
    return product.addingReportingOverflow(Int64(nanoseconds / 1_000_000)).partialValue
  }

  /// The same time `delta` seconds later; saturates at the ends of Int64.
  package func adding(seconds delta: Int64) -> GoTime {
    let (sum, overflow) = seconds.addingReportingOverflow(delta)
    let moved = overflow ? (delta < 0 ? Int64.min : Int64.max) : sum
    return GoTime(seconds: moved, nanoseconds: nanoseconds, offsetMinutes: offsetMinutes)
  }

  /// The same instant written in UTC.
  package var inUTC: GoTime { GoTime(seconds: seconds, nanoseconds: nanoseconds) }

  /// Whether KUMO can save it again: Go's encoder refuses years outside 0000 to 9999 and zone offsets of 24 hours or
  /// more, and then every save of the whole file fails (kumo-format.md 7.1 A5).
  package var isWritable: Bool {
    guard abs(Int(offsetMinutes)) < 24 * 60 else { return false }
    let (local, overflow) = seconds.addingReportingOverflow(Int64(offsetMinutes) * 60)
    return !overflow && (-62_167_219_200...253_402_300_799).contains(local)
  }
}

extension GoTime: Comparable {
  /// Earlier instants first; equal instants by zone, so that the order agrees with `==`.
  package static func < (left: GoTime, right: GoTime) -> Bool {
    (left.seconds, left.nanoseconds, left.offsetMinutes) < (right.seconds, right.nanoseconds, right.offsetMinutes)
  }
}
