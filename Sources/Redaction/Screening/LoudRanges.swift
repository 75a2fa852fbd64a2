/// Where in a file something may be, in order and apart; everywhere else is nothing.
struct LoudRanges: Sendable {
  private let ranges: [Range<Int>]

  /// Ranges that lie closer than this are one: more would cost more than it saves.
  private static let gap = 64

  /// Takes ranges in any order.
  init(_ unordered: [Range<Int>]) {
    var joined: [Range<Int>] = []
    for range in unordered.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = joined.last, range.lowerBound <= last.upperBound + Self.gap {
        joined[joined.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        joined.append(range)
      }
    }
    ranges = joined
  }

  /// These and others.
  func joined(with others: LoudRanges) -> LoudRanges {
    others.isEmpty ? self : isEmpty ? others : LoudRanges(ranges + others.ranges)
  }

  /// Whether there is nothing anywhere.
  var isEmpty: Bool { ranges.isEmpty }

  /// The ranges with so many bytes more on either side, in order and apart.
  func widened(by distance: Int, within size: Int) -> [Range<Int>] {
    var widened: [Range<Int>] = []
    for range in ranges where range.lowerBound < size {
      let wide = max(0, range.lowerBound - distance)..<min(size, range.upperBound + distance)
      if let last = widened.last, wide.lowerBound <= last.upperBound {
        widened[widened.count - 1] = last.lowerBound..<max(last.upperBound, wide.upperBound)
      } else {
        widened.append(wide)
      }
    }
    return widened
  }

  /// Whether anything may be in a range.
  func touch(_ range: Range<Int>) -> Bool {
    // The first that ends behind the range's beginning.
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound < range.upperBound
  }
}
