/// Byte counts for people, in units of 1000.
enum ByteCount {
  /// `812 B`, `4.1 kB`, `300.0 MB`: integer arithmetic, so that no locale and no rounding mode shows.
  static func text(_ bytes: Int64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    var tenths = bytes * 10
    var unit = 0
    while tenths >= 10_000, unit < units.count - 1 {
      tenths /= 1000
      unit += 1
    }
    return unit == 0 ? "\(bytes) B" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
  }
}
