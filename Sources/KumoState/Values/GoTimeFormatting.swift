extension GoTime: CustomStringConvertible {
  /// The text KUMO would write, without quotes: RFC 3339, up to nine fraction digits without trailing zeros, `Z` for
  /// offset 0 (kumo-format.md 7.3).
  package var description: String { String(decoding: formatted, as: UTF8.self) }

  /// The bytes of `description`.
  package var formatted: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(35)
    append(to: &bytes)
    return bytes
  }

  /// Appends the bytes of `description`. Years outside 0000 to 9999 come out with more digits or a sign, as in Go; see
  /// `isWritable`.
  package func append(to bytes: inout [UInt8]) {
    let local = seconds.addingReportingOverflow(Int64(offsetMinutes) * 60).partialValue
    let secondOfDay = local - local.floored(by: 86_400) * 86_400
    let date = CivilDate(daysSinceEpoch: local.floored(by: 86_400))
    if date.year < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.appendDigits(date.year.magnitude, width: 4)
    bytes.append(UInt8(ascii: "-"))
    bytes.appendDigits(UInt64(date.month), width: 2)
    bytes.append(UInt8(ascii: "-"))
    bytes.appendDigits(UInt64(date.day), width: 2)
    bytes.append(UInt8(ascii: "T"))
    bytes.appendDigits(UInt64(secondOfDay / 3_600), width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendDigits(UInt64(secondOfDay / 60 % 60), width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendDigits(UInt64(secondOfDay % 60), width: 2)
    appendFraction(to: &bytes)
    appendZone(to: &bytes)
  }

  private func appendFraction(to bytes: inout [UInt8]) {
    guard nanoseconds > 0 else { return }
    bytes.append(UInt8(ascii: "."))
    bytes.appendDigits(UInt64(nanoseconds), width: 9)
    while bytes.last == UInt8(ascii: "0") { bytes.removeLast() }
  }

  private func appendZone(to bytes: inout [UInt8]) {
    guard offsetMinutes != 0 else {
      bytes.append(UInt8(ascii: "Z"))
      return
    }
    bytes.append(offsetMinutes < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
    bytes.appendDigits(UInt64(offsetMinutes.magnitude / 60), width: 2)
    bytes.append(UInt8(ascii: ":"))
    bytes.appendDigits(UInt64(offsetMinutes.magnitude % 60), width: 2)
  }
}

extension Int64 {
  /// Division rounding towards minus infinity; `divisor` is positive.
  fileprivate func floored(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

extension [UInt8] {
  /// Appends `value` in decimal, with leading zeros up to `width` digits.
  fileprivate mutating func appendDigits(_ value: UInt64, width: Int) {
    let start = count
    var rest = value
    repeat {
      append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0 || count - start < width
    self[start...].reverse()
  }
}
