/// Durations with a unit.
package enum DurationText {
  package static func seconds(_ text: String) -> Int64? {
    let units: [UInt8: Int64] = [
      UInt8(ascii: "s"): 1, UInt8(ascii: "m"): 60, UInt8(ascii: "h"): 3600, UInt8(ascii: "d"): 86_400,
    ]
    guard let last = text.utf8.last else { return nil }
    let (digits, factor) = units[last].map { (String(text.dropLast()), $0) } ?? (text, 1)
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int64(digits) else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return overflow || product > 1 << 40 ? nil : product
  }
}

/// Sizes with a unit.
package enum ByteSizeText {
  package static func bytes(_ text: String) -> Int64? {
    let units: [(String, Int64)] = [
      ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000),
      ("B", 1),
    ]
    let unit = units.first { text.hasSuffix($0.0) }
    let digits = unit.map { String(text.dropLast($0.0.count)) } ?? text
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = Int64(digits) else {
      return nil
    }
    let (product, overflow) = value.multipliedReportingOverflow(by: unit?.1 ?? 1)
    return overflow ? nil : product
  }
}
