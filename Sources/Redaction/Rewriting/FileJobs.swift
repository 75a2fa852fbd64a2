import Dispatch
import FixtureTree
import Synchronization

/// Work on files on several cores; the first error ends it.
enum FileJobs {
  /// Runs jobs and gives their results in the order of the jobs, whatever the number of threads.
  ///
  /// - Parameter worker: made once for each thread.
  /// - Throws: the first error of any job.
  static func run<Worker, Result: Sendable>(
    _ count: Int, workers: Int, worker: @Sendable () throws -> Worker,
    _ job: @Sendable (Worker, Int) throws -> Result
  ) throws -> [Result] {
    let next = Atomic<Int>(0)
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    let failure = Mutex<(any Error)?>(nil)
    let threads = max(1, min(workers > 0 ? workers : ProcessCores.count, count))
    DispatchQueue.concurrentPerform(iterations: count == 0 ? 0 : threads) { _ in
      do {
        let own = try worker()
        while failure.withLock({ $0 == nil }) {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < count else { return }
          let result = try job(own, index)
          results.withLock { $0[index] = result }
        }
      } catch {
        failure.withLock { if $0 == nil { $0 = error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return results.withLock { $0.compactMap { $0 } }
  }
}
