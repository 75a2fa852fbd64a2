import Dispatch
import Glibc
import Synchronization

/// Whether somebody asked the running command to stop.
package final class Cancellation: Sendable {
  private let signalNumber = Atomic<Int32>(0)
  private let signalCount = Atomic<Int>(0)
  private let staysOn = Atomic<Bool>(false)
  private let followers = Mutex<[@Sendable () -> Void]>([])

  package init() {}

  /// The signal that asked, or nil.
  package var signal: Int32? {
    let number = signalNumber.load(ordering: .acquiring)
    return number == 0 ? nil : number
  }

  /// Whether the command was asked more than once: nothing is worth waiting for any more.
  package var isUrgent: Bool { signalCount.load(ordering: .acquiring) > 1 }

  /// From now on a second signal does not end the process at once: the command has processes to end, and does so when
  /// `isUrgent` says that there is no time.
  package func stayForCleanUp() { staysOn.store(true, ordering: .releasing) }

  /// Asks the command to stop at the next piece of work.
  package func cancel(signal: Int32 = SIGTERM) {
    signalCount.wrappingAdd(1, ordering: .acquiringAndReleasing)
    signalNumber.store(signal, ordering: .releasing)
    for follower in followers.withLock({ $0 }) { follower() }
  }

  /// Runs `body` when the command is asked to stop, on whatever thread that happens; at once if it was already.
  package func whenCancelled(_ body: @escaping @Sendable () -> Void) {
    followers.withLock { $0.append(body) }
    // Asked for between the two lines, it may run twice, which raising a flag allows.
    if signal != nil { body() }
  }

  /// Throws when the command was asked to stop; called between pieces of work, so that staged files are removed.
  package func check() throws(CommandFailure) {
    guard signal != nil else { return }
    throw CommandFailure(.failure, "stopped by a signal; nothing was changed and nothing was left behind")
  }

  /// Turns SIGINT, SIGTERM and SIGHUP into requests to stop; the second one ends the process at once, unless
  /// the command has said `stayForCleanUp()`.
  ///
  /// The sources must be kept as long as signals are to be caught.
  func catchSignals() -> [any DispatchSourceSignal] {
    [SIGINT, SIGTERM, SIGHUP].map { number in
      Glibc.signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      source.setEventHandler { [self] in
        if self.signal != nil, !self.staysOn.load(ordering: .acquiring) { _exit(128 + number) }
        self.cancel(signal: number)
      }
      source.resume()
      return source
    }
  }
}
