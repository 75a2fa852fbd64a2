import Files

/// Names in messages: what could forge a line or hide is escaped, long names are cut.
enum Printable {
  static func text(_ name: [UInt8]) -> String {
    let shown = DisplayName.escape(name.prefix(120))
    return name.count > 120 ? shown + "…" : shown
  }

  /// The names that there are, for a hint; few of them.
  static func list(_ names: [[UInt8]]) -> String {
    if names.isEmpty { return "none" }
    let shown = names.prefix(20).map { text($0) }.joined(separator: ", ")
    return names.count > 20 ? shown + ", …" : shown
  }
}
