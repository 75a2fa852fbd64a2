/// Finds what somebody probably meant to write.
package enum NearestName {
  /// The candidate with the fewest single-letter edits from `name`, when that is close enough to be no accident.
  package static func find(_ name: [UInt8], among candidates: some Sequence<String>) -> String? {
    // Longer than any name here plus any typing error: not a misspelling, and not worth the quadratic work.
    guard name.count <= 64 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = self.distance(name, Array(candidate.utf8))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, best.name.utf8.count / 3) else { return nil }
    return best.name
  }

  /// Insertions, deletions, replacements and swaps of neighbours that turn one name into the other; capitals count as
  /// small.
  static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    let left = left.map(folded)
    let right = right.map(folded)
    guard !left.isEmpty, !right.isEmpty else { return max(left.count, right.count) }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let same = left[row - 1] == right[column - 1]
        var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          cost = min(cost, beforeLast[column - 2] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }

  private static func folded(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

extension NearestName {
  /// The name that was probably meant.
  package static func find(_ name: String, among candidates: [String]) -> String? {
    find(Array(name.utf8), among: candidates)
  }

  /// `did you mean 'x'?`, or the list of what is allowed if nothing is near.
  package static func hint(for name: String, among candidates: [String]) -> String? {
    if let nearest = find(name, among: candidates) { return "did you mean '\(nearest)'?" }
    if candidates.isEmpty { return nil }
    return "known: " + candidates.prefix(40).joined(separator: ", ")
  }
}
