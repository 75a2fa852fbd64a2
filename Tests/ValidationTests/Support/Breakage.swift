import Testing
import Validation

/// One way to break a captured directory, and the rule that must say so.
struct Breakage: Sendable, CustomTestStringConvertible {
  let rule: Rule
  let words: String
  let severity: Severity
  let capture: String
  let breakIt: @Sendable (CapturedDirectory) throws -> Void

  init(
    _ rule: Rule, _ words: String, severity: Severity? = nil, in capture: String = "v0.25.3/basic",
    _ breakIt: @escaping @Sendable (CapturedDirectory) throws -> Void
  ) {
    self.rule = rule
    self.words = words
    self.severity = severity ?? rule.severity
    self.capture = capture
    self.breakIt = breakIt
  }

  /// Replaces a text of `s3.json`.
  init(
    _ rule: Rule, _ words: String, severity: Severity? = nil, in capture: String = "v0.25.3/basic", s3 old: String,
    by new: String
  ) {
    self.init(rule, words, severity: severity, in: capture) { try $0.replace(old, by: new, in: "s3.json") }
  }

  var testDescription: String { "\(rule.id): \(words)" }

  /// Breaks a fresh copy and expects the rule. That the sound directory breaks none is tested once, for all rules.
  func verify() throws {
    let directory = try CapturedDirectory(capture)
    try breakIt(directory)
    let found = try directory.report().findings(of: rule).filter { $0.severity == severity }
    #expect(!found.isEmpty)
    // A finding that says nothing about the place helps nobody.
    #expect(found.allSatisfy { !$0.file.isEmpty && !$0.message.isEmpty && $0.message.last != "." })
  }
}
