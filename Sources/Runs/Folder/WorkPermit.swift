import Files
import SystemPackage

/// Permission to work on a data directory that is already there. Every command of ours takes one before it reads a
/// whole directory or changes one, and keeps it until it is done:
///
/// - a run that is being torn down (its sentinel says `draining` or `deletable`) gives none, at once and with a
///   message;
/// - a teardown waits for those who have one;
/// - two that change the same directory exclude each other.
package final class WorkPermit: Sendable {
  /// What is to be done.
  package enum Work: Sendable {
    /// The directory is read: any number at the same time, also beside a KUMO at work.
    case reading
    /// The directory is changed or replaced: nobody else of ours may have it.
    case changing
  }

  private let lock: DirectoryLock

  private init(lock: DirectoryLock) { self.lock = lock }

  /// Takes the permission.
  ///
  /// - Parameter wait: how long to wait for others.
  /// - Returns: nil when nothing is there, or something that is no directory: there is nothing to be in the way of.
  /// - Throws: `RunsError` with `.wrongState` when it is being torn down; `FilesError` with `.busy` and the name of who
  ///   holds it.
  package static func take(
    _ path: FilePath, for work: Work, waiting wait: Duration = .milliseconds(500)
  ) throws -> WorkPermit? {
    do throws(FilesError) {
      _ = try Directory.open(path)
    } catch {
      if error.code == .notFound || error.code == .notDirectory { return nil }
      throw error
    }
    try refuseTornDown(path)
    let lock = try DirectoryLock.acquire(path, work == .reading ? .shared : .exclusive, waiting: wait)
    // The teardown may have begun between the two: then it waits for this lock, and nothing was touched yet.
    try refuseTornDown(path)
    return WorkPermit(lock: lock)
  }

  private static func refuseTornDown(_ path: FilePath) throws {
    let directory: Directory
    do throws(FilesError) {
      directory = try Directory.open(path)
    } catch {
      if error.code == .notFound { return }
      throw error
    }
    guard let state = try RunState.of(directory), state > .active else { return }
    throw RunsError(
      .wrongState, "'\(path)' is being torn down (its sentinel is '\(state.rawValue)'), so nobody begins to work there",
      hint: "prepare a new run with 'kumo-fixtures runs prepare'")
  }
}
