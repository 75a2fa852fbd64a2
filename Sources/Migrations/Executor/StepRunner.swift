import Dispatch
import Files
import Glibc
import Synchronization

/// Runs a step on a thread of its own, so that one that hangs can be given up.
///
/// A thread cannot be stopped from outside: a step that is given up goes on until the process ends, on a staged tree
/// that is removed meanwhile and that nobody will look at again.
enum StepRunner {
  /// Runs a piece of work on a tree.
  ///
  /// - Returns: what the step noted.
  /// - Throws: what the step throws; `StepError` when it was stopped or took too long.
  static func run(
    on directory: Directory, control: StepControl, _ work: @escaping @Sendable (DirectoryView) throws -> Void
  ) throws -> [String] {
    let finish = Finish()
    // What a task has bound does not reach a new thread by itself.
    let plan = FaultPlan.current
    try OwnThread.start {
      FaultPlan.$current.withValue(plan) {
        do {
          let view = DirectoryView(directory, control: control)
          try work(view)
          finish.set(.success(view.notes))
        } catch {
          finish.set(.failure(error))
        }
      }
    }
    var graceEnds: ContinuousClock.Instant?
    while true {
      if finish.semaphore.wait(timeout: .now() + .milliseconds(20)) == .success, let result = finish.result {
        return try result.get()
      }
      do {
        try control.check()
      } catch {
        // The view tells the step to stop; one that never asks the view is left behind.
        let ends = graceEnds ?? ContinuousClock.now + .seconds(1)
        graceEnds = ends
        if ContinuousClock.now > ends { throw error }
      }
    }
  }

  private final class Finish: Sendable {
    let semaphore = DispatchSemaphore(value: 0)
    private let state = Mutex<Result<[String], any Error>?>(nil)

    var result: Result<[String], any Error>? { state.withLock { $0 } }

    func set(_ result: Result<[String], any Error>) {
      state.withLock { $0 = result }
      semaphore.signal()
    }
  }
}

/// A thread with the stack of a main thread (Glibc takes the limit of the process), which users' code may count on.
private enum OwnThread {
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  static func start(_ body: @escaping @Sendable () -> Void) throws(StepError) {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let number = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body() }
        return nil
      }, work.toOpaque())
    guard number == 0 else {
      work.release()
      throw StepError("no thread could be started: error \(number)")
    }
    pthread_detach(thread)
  }
}
