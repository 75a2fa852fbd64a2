/// Finds the name that was probably meant.
enum NearestName {
  /// The candidate with the least edits, if they are few for its length. Ties go to the first one.
  static func find(_ name: String, among candidates: [String]) -> String? {
    let wanted = Array(name.utf8.map(lower))
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let distance = distance(wanted, Array(candidate.utf8.map(lower)))
      if distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    guard let best, best.distance <= max(1, max(wanted.count, best.name.utf8.count) / 3) else { return nil }
    return best.name
  }

  /// `did you mean 'x'?`, or the list of what is allowed if nothing is near.
  static func hint(for name: String, among candidates: [String]) -> String? {
    if let nearest = find(name, among: candidates) { return "did you mean '\(nearest)'?" }
    if candidates.isEmpty { return nil }
    return "known: " + candidates.prefix(40).joined(separator: ", ")
  }

  /// Edits (insert, delete, replace, swap of neighbours) from one name to the other.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    // Long names are not typing errors of short ones, and the table would grow with an attacker's input.
    if a.count > 64 || b.count > 64 { return a == b ? 0 : .max }
    var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    for i in 0..<a.count {
      for j in 0..<b.count {
        var cost = min(rows[i][j + 1] + 1, rows[i + 1][j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
        rows[i + 1][j + 1] = cost
      }
    }
    return rows[a.count][b.count]
  }

  private static func lower(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
  }
}
