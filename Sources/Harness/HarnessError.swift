/// A stage of the harness that failed; nothing after it was done but cleaning up.
package struct HarnessError: Error, Sendable {
  /// The stages, in order.
  package enum Stage: String, Sendable, CaseIterable {
    /// The run's directory is made.
    case prepare
    /// The data is brought up to date.
    case migrate
    /// The directory is checked before KUMO touches it.
    case preflight
    /// KUMO is started.
    case start
    /// What KUMO serves is compared with the directory.
    case verify
    /// What the files cannot bring is put in over the API.
    case seed
    /// The command runs.
    case command
    /// KUMO is stopped and saves.
    case stop
    /// What is left of a failure is packed.
    case collect
    /// The run's directory is removed.
    case teardown
  }

  /// Where it failed.
  package let stage: Stage
  /// Why.
  package let cause: any Error

  /// Names the stage of an error.
  package init(_ stage: Stage, _ cause: any Error) {
    self.stage = stage
    self.cause = cause
  }
}

/// A reason of the harness's own.
package struct HarnessProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence, lower-case first letter, no trailing stop.
  package let message: String
  /// The next step, when one is known.
  package let hint: String?
  /// More lines, such as findings.
  package let details: [String]

  /// Describes a problem.
  package init(_ message: String, hint: String? = nil, details: [String] = []) {
    self.message = message
    self.hint = hint
    self.details = details
  }

  /// The message.
  package var description: String { message }
}
