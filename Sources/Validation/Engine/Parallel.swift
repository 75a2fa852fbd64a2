import Dispatch
import Synchronization

/// Work on several cores whose results do not depend on how many there are.
enum Parallel {
  /// Runs `count` jobs on at most `workers` threads and gives their results in the order of the jobs.
  ///
  /// Jobs are handed out one by one, so the longest should come first. `makeWorker` is called once for each thread: what
  /// is expensive to make or must not be shared (a hasher, a buffer) belongs there.
  static func map<Result: Sendable>(
    count: Int, workers: Int, makeWorker: @Sendable () -> (Int) -> Result
  ) -> [Result] {
    let threads = max(1, min(workers, count))
    guard count > 0 else { return [] }
    guard threads > 1 else {
      let work = makeWorker()
      return (0..<count).map(work)
    }
    let cursor = Atomic<Int>(0)
    let slots = Mutex<[Result?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let work = makeWorker()
      while true {
        let job = cursor.add(1, ordering: .relaxed).oldValue
        guard job < count else { return }
        let result = work(job)
        slots.withLock { $0[job] = result }
      }
    }
    return slots.withLock { $0.compactMap { $0 } }
  }
}
