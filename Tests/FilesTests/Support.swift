import FixtureTestSupport
import Synchronization
import SystemPackage
import Testing

@testable import Files

/// The code of the error that a piece of code throws; nil when it throws none.
func code(_ body: () throws -> Void) -> FilesError.Code? {
  do {
    try body()
    return nil
  } catch let error as FilesError {
    return error.code
  } catch {
    Issue.record("unexpected error: \(error)")
    return nil
  }
}

/// Counts from 0.
final class Counter: Sendable {
  private let number = Mutex(0)

  /// The number before it is counted up.
  func next() -> Int {
    number.withLock { value in
      defer { value += 1 }
      return value
    }
  }

  /// How many have been counted.
  var value: Int { number.withLock { $0 } }
}
