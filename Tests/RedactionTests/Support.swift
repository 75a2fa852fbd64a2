import Redaction
import Testing

/// One scanner for all tests: compiling the rules takes half a second.
enum Shared {
  static let scanner = Result { try SecretScanner(rules: RuleSet.builtIn(), cache: nil) }

  /// What the built-in rules find in a text.
  static func scan(_ text: String) throws -> [Detection] { try scanner.get().scan(Array(text.utf8)) }
}

extension SecretScanner {
  /// The id of the rule that found something.
  func id(_ detection: Detection) -> String { rules.rules[detection.rule].id }
}

extension ScanSession {
  /// As the method on buffers.
  func scanAll(_ bytes: [UInt8], into found: inout [Detection]) throws {
    try bytes.withUnsafeBytes { try scanAll($0, into: &found) }
  }
}
