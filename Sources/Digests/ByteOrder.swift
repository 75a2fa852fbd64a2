import Glibc

/// Comparing names as bytes, many bytes at a time: manifests have tens of thousands of them with long common
/// beginnings.
package enum ByteOrder {
  /// Whether `left` comes before `right`; the order of `lexicographicallyPrecedes`.
  package static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool { compare(left, right) < 0 }

  /// Negative, zero or positive, as memcmp(3) says; of two names of which one begins with the other, the shorter is
  /// less.
  package static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
    left.withUnsafeBytes { first in
      right.withUnsafeBytes { second in
        let common = min(first.count, second.count)
        guard common > 0, let a = first.baseAddress, let b = second.baseAddress else {
          return first.count - second.count
        }
        let order = memcmp(a, b, common)
        return order != 0 ? Int(order) : first.count - second.count
      }
    }
  }
}
