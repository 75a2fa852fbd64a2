import Redaction
import Synchronization

/// A stream that shows no secret, whatever a command writes to it: names out of a data directory, and what other
/// programs said, may hold one. Everything that a detector knows by its form becomes `***`.
struct MaskedOutput: OutputStream {
  let base: any OutputStream
  let mask: SecretMask

  var isTerminal: Bool { base.isTerminal }
  var columns: Int? { base.columns }

  func write(_ bytes: [UInt8]) throws(StreamError) { try base.write(mask.masked(bytes)) }
}

/// A command whose results are lines for a shell or paths for a program, made of nothing but what the user wrote:
/// they come out as they are.
protocol PrintsForPrograms {}

/// Replaces what a detector finds in a text that is shown.
final class SecretMask: Sendable {
  /// The scanner, loaded when a text first looks as if it were needed.
  private let scanner: Mutex<SecretScanner?>
  private let cache: CacheDirectory?

  init(cache: CacheDirectory?) {
    self.cache = cache
    scanner = Mutex(nil)
  }

  /// The text without secrets. One that cannot be searched is not shown.
  func masked(_ text: [UInt8]) -> [UInt8] {
    guard Self.mayHoldSecret(text) else { return text }
    do {
      return try TextMask.masked(text, detector: ScannerDetector(loaded()))
    } catch {
      return Array("(not shown: it could not be searched for secrets)\n".utf8)
    }
  }

  private func loaded() throws -> SecretScanner {
    try scanner.withLock { scanner in
      if let scanner { return scanner }
      let made = try cache.map { try SecretScanner(rules: RuleSet.builtIn(), cache: $0) } ?? BuiltInScanner.shared.get()
      scanner = made
      return made
    }
  }

  /// Whether a text has anything in it that a detector could take: a word of letters and digits that is no number in
  /// hexadecimal, a name and password in a URL, or a key in PEM. Most lines of most commands have none, and loading the
  /// detectors takes longer than the rest of a small command.
  static func mayHoldSecret(_ text: [UInt8]) -> Bool {
    var (letters, digits, isHex, length, signs) = (false, false, true, 0, 0)
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digits = true
      case UInt8(ascii: "a")...UInt8(ascii: "f"): letters = true
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "g")...UInt8(ascii: "z"):
        (letters, isHex) = (true, false)
      case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "="): break
      case UInt8(ascii: "@") where signs > 0: return true
      default:
        if byte == UInt8(ascii: "/"), length == 0 { signs += 1 }
        (letters, digits, isHex, length) = (false, false, true, 0)
        continue
      }
      length += 1
      if length >= 12, letters, digits, !isHex { return true }
      if length >= 5, byte == UInt8(ascii: "-"), !letters, !digits { return true }
    }
    return false
  }
}
