/// Why a step could not be done. Steps may throw any error; this one carries a hint for the user.
public struct StepError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was found, in one sentence: lower-case first letter, no trailing stop, never a value that could be secret.
  public let message: String
  /// The next step for the user, when one is known.
  public let hint: String?

  /// Describes a failure.
  public init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// The message.
  public var description: String { message }
}

/// Why a list of steps is no registry: two of one id, a gap, a fork. Names every place that takes part.
public struct RegistryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was found, in one sentence.
  public let message: String
  /// What to change.
  public let hint: String?
  /// Where the steps were written.
  public let locations: [StepLocation]

  /// Describes a wrong registry.
  public init(_ message: String, hint: String? = nil, at locations: [StepLocation]) {
    self.message = message
    self.hint = hint
    self.locations = locations
  }

  /// The message.
  public var description: String { message }
}
