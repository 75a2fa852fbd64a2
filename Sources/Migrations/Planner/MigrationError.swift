/// Why a migration was not done.
package struct MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The class of a reason, which decides the exit code.
  package enum Code: String, Sendable {
    /// It would be wrong: the directory or the list of steps is not what it must be.
    case refused
    /// A step threw, hung, or wrote what it must not; the directory is what it was.
    case stepFailed
    /// It could not be done: no such snapshot, no room on the disk.
    case failed
    /// Wrong usage: a version that no step leads to.
    case usage
  }

  /// The class of the reason.
  package let code: Code
  /// What was found and what it means, in one sentence.
  package let message: String
  /// The next command to type, or what to change.
  package let hint: String?
  /// More lines.
  package let details: [String]

  /// Describes a reason.
  package init(_ code: Code, _ message: String, hint: String? = nil, details: [String] = []) {
    self.code = code
    self.message = message
    self.hint = hint
    self.details = details
  }

  /// The message.
  package var description: String { message }
}
