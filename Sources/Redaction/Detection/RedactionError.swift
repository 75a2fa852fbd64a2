/// Redaction could not do, or refused to do, what it was asked. Never holds a secret, nor any byte of searched data.
package struct RedactionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The class of a problem.
  package struct Code: Hashable, Sendable {
    /// A short name for messages and tests.
    package let name: String

    /// A class of problems.
    package init(_ name: String) { self.name = name }

    /// The search engine cannot run on this machine, or ran out of memory.
    package static let engine = Code("engine")
    /// A pattern ran into its limit: what it would have found is not known, so nothing may go out.
    package static let matchLimit = Code("match-limit")
    /// A rule cannot be used as it is written.
    package static let badRule = Code("bad-rule")
    /// A policy file cannot be used as it is written.
    package static let badPolicy = Code("bad-policy")
  }

  /// The class of the problem.
  package let code: Code
  /// One sentence, lower-case first letter, no trailing stop.
  package let message: String
  /// The next thing to do, when there is one.
  package let hint: String?

  /// Describes a problem.
  package init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// The message and the hint.
  package var description: String { hint.map { "\(message); \($0)" } ?? message }
}
