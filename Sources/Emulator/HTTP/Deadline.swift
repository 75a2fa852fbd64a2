import Glibc

/// A point in time by which something must be done.
package struct Deadline: Sendable {
  private let instant: ContinuousClock.Instant

  /// So much from now.
  package init(in duration: Duration) { instant = ContinuousClock.now + duration }

  private init(instant: ContinuousClock.Instant) { self.instant = instant }

  /// Whether it is over.
  package var hasPassed: Bool { ContinuousClock.now >= instant }

  /// Milliseconds that are left, rounded up; 0 when it is over.
  package var milliseconds: Int32 {
    let (seconds, attoseconds) = (instant - ContinuousClock.now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    return Int32(clamping: seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }

  /// The sooner of this and so much from now.
  package func limited(to duration: Duration) -> Deadline {
    Deadline(instant: min(instant, ContinuousClock.now + duration))
  }

  /// Sleeps, but not beyond the deadline.
  package func sleep(milliseconds wanted: Int32) {
    usleep(UInt32(max(0, min(wanted, milliseconds))) * 1000)
  }
}
