import Synchronization

/// Set by whoever wants running work to stop (a signal handler's thread, a test); looked at between pieces of work.
package final class CancellationFlag: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  /// Asks for the stop. Safe from any thread, any number of times.
  package func cancel() { flag.store(true, ordering: .releasing) }

  /// Whether a stop was asked for.
  package var isCancelled: Bool { flag.load(ordering: .acquiring) }

  /// Throws `cancelled` when a stop was asked for.
  func check() throws(ArtifactError) {
    guard isCancelled else { return }
    throw ArtifactError(.cancelled, "stopped before the end; nothing was left behind")
  }
}
