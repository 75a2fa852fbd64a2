import Glibc

/// Runs one body on several threads and waits for all of them.
///
/// Plain threads and not tasks: the work blocks on disk and on libraries for milliseconds at a time, which would starve
/// Swift's cooperative pool.
enum WorkerCrew {
  /// The number of processors this process may run on, capped at `limit` because each worker holds about 17 MiB.
  static func defaultCount(limit: Int = 16) -> Int {
    max(1, min(limit, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// Calls `body` on `count` threads, the caller's being one of them. When the system refuses a thread, fewer run: a
  /// body must take its work from a common list.
  static func run(_ count: Int, _ body: @escaping @Sendable () -> Void) {
    var threads: [pthread_t] = []
    for _ in 1..<max(1, count) {
      guard let thread = start(body) else { break }
      threads.append(thread)
    }
    body()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Runs `work` on a thread of its own while `body` runs on the caller's, and waits for both.
  ///
  /// - Throws: `.unreadable` when the system refuses a thread; then neither has run.
  static func beside<Result>(
    _ work: @escaping @Sendable () -> Void, while body: () -> Result
  ) throws(ArtifactError) -> Result {
    guard let thread = start(work) else {
      throw ArtifactError(
        .unreadable, "the system refuses another thread", hint: "raise the limit (see: ulimit -u), then run again")
    }
    defer { pthread_join(thread, nil) }
    return body()
  }

  /// Nil when the system refuses a thread.
  private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    let box = Unmanaged.passRetained(Box(body))
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Box>.fromOpaque(argument).takeRetainedValue().body() }
        return nil
      }, box.toOpaque())
    guard failed == 0 else {
      box.release()
      return nil
    }
    return thread
  }

  private final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
