/// What went wrong with an emulator.
package struct EmulatorError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The class of a problem.
  package enum Code: Sendable, Equatable {
    /// The address cannot be used.
    case badEndpoint
    /// Nobody answers there.
    case unreachable
    /// It took too long.
    case timeout
    /// Somebody answers, but not as expected.
    case badResponse
    /// The emulator's program cannot be started.
    case cannotStart
    /// The emulator ended by itself.
    case ended
  }

  /// The class of the problem.
  package let code: Code
  /// One sentence, lower-case first letter, no trailing stop.
  package let message: String
  /// The next step, when one is known.
  package let hint: String?
  /// What the server itself calls it: `NoSuchBucket`.
  package let serverCode: String?

  /// Describes a problem.
  package init(_ code: Code, _ message: String, hint: String? = nil, serverCode: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
    self.serverCode = serverCode
  }

  /// The message.
  package var description: String { message }
}
