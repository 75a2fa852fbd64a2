import Digests
import Files
import JSONBytes

/// Integers as Go's `strconv.ParseInt` reads them in base 10.
enum GoInteger {
  /// An optional sign and decimal digits that fit; nil for anything else.
  static func parse(_ text: some Collection<UInt8>) -> Int64? {
    var digits = text[...]
    let sign = digits.first
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { digits = digits.dropFirst() }
    guard !digits.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in digits {
      guard (48...57).contains(byte) else { return nil }
      let digit = Int64(byte - 48)
      let (product, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflow) =
        sign == UInt8(ascii: "-")
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if tooLarge || overflow { return nil }
      value = sum
    }
    return value
  }

  /// How long before `now` a moment was, both in seconds, roughly and in words.
  static func age(_ now: Int64, _ then: Int64) -> String {
    let (seconds, overflow) = now.subtractingReportingOverflow(then)
    if overflow || seconds >= 172_800 { return "\(overflow ? Int64.max / 86_400 : seconds / 86_400) days ago" }
    if seconds >= 7_200 { return "\(seconds / 3_600) hours ago" }
    return seconds >= 120 ? "\(seconds / 60) minutes ago" : "\(seconds) seconds ago"
  }
}

extension DisplayName {
  /// A name of arbitrary bytes in double quotes, printable, cut after 200 bytes.
  static func quote(_ name: [UInt8]) -> String {
    guard name.count > 200 else { return "\"\(escape(name))\"" }
    return "\"\(escape(name.prefix(200)))…\" (\(name.count) bytes)"
  }
}

extension JSONError {
  /// What a checker throws when OpenSSL cannot make a digest: the file was not checked to its end.
  init(_ error: DigestError) {
    self.init(code: .sourceFailed, offset: 0, line: 1, column: 1, message: error.message)
  }
}
