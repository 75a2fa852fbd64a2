/// What names may look like.
struct NameRule: Sendable {
  /// In words, for hints.
  let words: String
  private let lengths: ClosedRange<Int>
  private let allowed: @Sendable (UInt8) -> Bool
  private let further: @Sendable ([UInt8]) -> Bool

  /// True if a name keeps the rule.
  func allows(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    return lengths.contains(bytes.count) && bytes.allSatisfy(allowed) && further(bytes)
  }

  static let fixture = NameRule(
    words: "1 to 63 lower-case letters, digits and '-', beginning and ending with a letter or digit", lengths: 1...63,
    allowed: { isLower($0) || isDigit($0) || $0 == dash }, further: edges)
  static let namespace = fixture
  static let region = NameRule(
    words: "lower-case letters, digits and '-', such as us-east-1", lengths: 1...32,
    allowed: { isLower($0) || isDigit($0) || $0 == dash }, further: edges)
  static let bucket = NameRule(
    words: "3 to 63 lower-case letters, digits, '.' and '-', beginning and ending with a letter or digit",
    lengths: 3...63,
    allowed: { isLower($0) || isDigit($0) || $0 == dash || $0 == dot },
    further: { edges($0) && !zip($0, $0.dropFirst()).contains { $0 == dot && $1 == dot } && !isAddress($0) })
  static let table = NameRule(
    words: "3 to 255 letters, digits, '_', '-' and '.'", lengths: 3...255,
    allowed: { isWord($0) || $0 == dash || $0 == dot }, further: { _ in true })
  static let queue = NameRule(
    words: "1 to 80 letters, digits, '_' and '-', with .fifo at the end for a FIFO queue", lengths: 1...80,
    allowed: { isWord($0) || $0 == dash || $0 == dot }, further: fifo)
  static let topic = NameRule(
    words: "1 to 256 letters, digits, '_' and '-', with .fifo at the end for a FIFO topic", lengths: 1...256,
    allowed: { isWord($0) || $0 == dash || $0 == dot }, further: fifo)
  static let secret = NameRule(
    words: "1 to 512 letters, digits and /_+=.@-", lengths: 1...512,
    allowed: { isWord($0) || "/+=.@-".utf8.contains($0) }, further: { _ in true })
  static let parameter = NameRule(
    words: "1 to 1011 letters, digits, '_', '.', '-' and '/', with '/' at the beginning if there is one at all",
    lengths: 1...1011, allowed: { isWord($0) || $0 == dash || $0 == dot || $0 == slash },
    further: { !$0.contains(slash) || ($0[0] == slash && $0[$0.count - 1] != slash) })

  private static let dash = UInt8(ascii: "-")
  private static let dot = UInt8(ascii: ".")
  private static let slash = UInt8(ascii: "/")

  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isWord(_ byte: UInt8) -> Bool {
    isLower(byte) || isDigit(byte) || (0x41...0x5A).contains(byte) || byte == UInt8(ascii: "_")
  }

  private static func edges(_ name: [UInt8]) -> Bool {
    guard let first = name.first, let last = name.last else { return false }
    return (isLower(first) || isDigit(first)) && (isLower(last) || isDigit(last))
  }

  private static func isAddress(_ name: [UInt8]) -> Bool {
    let parts = name.split(separator: dot, omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isDigit) }
  }

  /// A dot only in a `.fifo` at the end, after at least one character.
  private static func fifo(_ name: [UInt8]) -> Bool {
    guard let first = name.firstIndex(of: dot) else { return true }
    return first > 0 && Array(name[first...]) == Array(".fifo".utf8)
  }
}
