import Files
import Synchronization
import SystemPackage

/// What goes wrong in a trial.
package enum ChaosFault: String, Sendable, CaseIterable {
  /// The process is killed (SIGKILL) just before the operation.
  case kill
  /// The disk is full from this operation on.
  case noSpace = "no-space"
  /// The operation fails once with an I/O error.
  case ioError = "io-error"
  /// A write takes only half of its bytes, and then the disk is full.
  case shortWrite = "short-write"

  /// Whether it can hit an operation.
  func applies(to operation: DurableOperation) -> Bool {
    switch self {
    case .kill, .ioError: true
    case .shortWrite: operation == .write
    // What frees room, or only renames, does not fail on a full disk.
    case .noSpace: operation != .unlink && operation != .changeMode
    }
  }
}

/// One durable operation of a migration: the place where a trial can go wrong.
package struct ChaosPoint: Sendable, Hashable {
  /// Its number, from 1.
  package let number: Int
  /// What kind it is.
  package let operation: DurableOperation
  /// What the migration was doing.
  package let phase: String
}

/// Counts durable operations, and lets one of them go wrong.
final class ChaosCounter: Sendable {
  private struct State {
    var points: [ChaosPoint] = []
    var phase = "preparing"
    var isFull = false
    var isShort = false
  }

  private let state = Mutex(State())
  private let fault: ChaosFault?
  private let number: Int

  /// Without a fault it only counts.
  init(_ fault: ChaosFault? = nil, at number: Int = 0) {
    self.fault = fault
    self.number = number
  }

  /// Everything so far.
  var points: [ChaosPoint] { state.withLock { $0.points } }

  /// Says what the migration is doing.
  func enter(_ phase: String) { state.withLock { $0.phase = phase } }

  /// Runs a piece of work with the fault.
  func run<R>(_ body: () throws -> R) rethrows -> R {
    try FaultPlan.failing({ self.check($0) }, writeLimit: { self.limit($0) }) { try body() }
  }

  private func check(_ operation: DurableOperation) -> Errno? {
    state.withLock { state in
      state.points.append(ChaosPoint(number: state.points.count + 1, operation: operation, phase: state.phase))
      if state.isFull, ChaosFault.noSpace.applies(to: operation) { return .noSpace }
      guard let fault, state.points.count == number else { return nil }
      switch fault {
      case .kill: return nil
      case .ioError: return .ioError
      case .noSpace:
        state.isFull = true
        return .noSpace
      case .shortWrite:
        state.isShort = true
        state.isFull = true
        return nil
      }
    }
  }

  private func limit(_ count: Int) -> Int {
    state.withLock { state in
      guard state.isShort else { return count }
      state.isShort = false
      return count / 2
    }
  }
}
