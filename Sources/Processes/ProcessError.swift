/// Why a program could not be started or did not end as it should.
package struct ProcessError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was found, in one sentence.
  package let message: String
  /// The next step for the user, when one is known.
  package let hint: String?

  /// Describes a failure.
  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// The message.
  package var description: String { message }
}
