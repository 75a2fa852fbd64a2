import Files
import Glibc
import Synchronization

/// Kills this very process just before a durable operation: what a power cut or an impatient CI system does, at a
/// chosen place. For the child processes of `migrate rehearse --chaos`.
package enum KillSwitch {
  /// Runs a piece of work that does not live longer than that operation.
  ///
  /// - Parameter number: of the operation, from 1; nil runs the work as it is.
  package static func arm<R>(at number: Int?, _ body: () throws -> R) rethrows -> R {
    guard let number else { return try body() }
    let counter = Counter()
    return try FaultPlan.failing({ _ in
      if counter.next() == number {
        kill(getpid(), SIGKILL)
        // The signal is on its way: nothing may happen any more.
        while true { pause() }
      }
      return nil
    }) { try body() }
  }

  private final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    func next() -> Int { count.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue }
  }
}
