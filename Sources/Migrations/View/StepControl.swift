/// When a running step is to stop: at a moment, or when somebody asks.
package struct StepControl: Sendable {
  /// After which the step is stopped; nil for no limit.
  package var deadline: ContinuousClock.Instant?
  /// How long a step may take, for the message.
  package var limit: Duration?
  /// Whether the whole command was asked to stop.
  package var isCancelled: @Sendable () -> Bool

  package init(
    limit: Duration? = nil, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.limit = limit
    self.deadline = limit.map { ContinuousClock.now + $0 }
    self.isCancelled = isCancelled
  }

  /// Throws `StepError` when the step is to stop.
  package func check() throws(StepError) {
    if isCancelled() { throw StepError("stopped by a signal") }
    guard let deadline, ContinuousClock.now > deadline else { return }
    throw timeOut
  }

  /// The error of a step that took too long.
  package var timeOut: StepError {
    let seconds = limit.map { "\($0.components.seconds) s" } ?? "its time"
    return StepError(
      "it did not end within \(seconds)", hint: "give it more time with --step-timeout SECONDS, or look why it hangs")
  }
}
