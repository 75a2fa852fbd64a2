/// Why something with a run's directory was not done.
package struct RunsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The class of a problem.
  package enum Code: Sendable, Equatable {
    /// The directory belongs to another run that may still be at work.
    case taken
    /// The run is in a state in which this is not done.
    case wrongState
    /// There is no such run.
    case notFound
    /// The directory is no run.
    case notARun
    /// A sentinel cannot be read.
    case badSentinel
    /// Somebody is still working in the directory.
    case inUse
    /// A process cannot be looked at.
    case noProcess
    /// Something is called a namespace that cannot be one.
    case badNamespace
  }

  /// The class of the problem.
  package let code: Code
  /// One sentence, lower-case first letter, no trailing stop.
  package let message: String
  /// The next step, when one is known.
  package let hint: String?

  /// Describes a problem.
  package init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// The message.
  package var description: String { message }
}
