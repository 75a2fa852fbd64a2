import SystemPackage

/// The steps that change a disk. Every one of them in this room goes through `Descriptor`, which asks `FaultPlan`
/// first.
package enum DurableOperation: String, Sendable, CaseIterable {
  case create, write, synchronize, synchronizeFileSystem, rename, exchange, unlink, makeDirectory, changeMode
}

/// Makes durable operations fail on purpose, for tests of what a failed or killed run leaves behind.
///
/// Bound to a task, so tests that run side by side do not disturb each other and a normal run pays one look-up.
package struct FaultPlan: Sendable {
  /// Asked before each durable operation; an error number makes the operation fail with it.
  package typealias Faults = @Sendable (DurableOperation) -> Errno?
  /// Asked before each write with the number of bytes; gives how many the system call may take at most. A number less
  /// than that makes a short write, as a file system does that is nearly full.
  package typealias WriteLimit = @Sendable (Int) -> Int

  private var faults: Faults?
  private var writeLimit: WriteLimit?

  /// The plan of this task. A value and not the closures themselves: optimised by Swift 6.3, `withValue` asks for the
  /// type of a closure by a name that the runtime cannot read, and the program crashes.
  @TaskLocal package static var current = FaultPlan()

  /// Runs a piece of work whose durable operations fail as the closures say.
  package static func failing<R>(
    _ faults: Faults?, writeLimit: WriteLimit? = nil, _ body: () throws -> R
  ) rethrows -> R {
    try $current.withValue(FaultPlan(faults: faults, writeLimit: writeLimit)) { try body() }
  }

  /// The beginning of the bytes that the plan of this task lets through in one call; all of them without a plan.
  static func piece(of bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let limit = current.writeLimit, bytes.count > 1 else { return bytes }
    return UnsafeRawBufferPointer(rebasing: bytes.prefix(max(1, limit(bytes.count))))
  }

  /// Throws what the plan of this task orders for the operation, if anything.
  static func check(_ operation: DurableOperation) throws(Errno) {
    guard let faults = current.faults, let errno = faults(operation) else { return }
    throw errno
  }
}
