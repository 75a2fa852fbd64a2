import Glibc
import SystemPackage

/// A claim on a directory against other runs of this program: flock(2) on the directory itself, so that nothing is left
/// lying about, and the kernel gives it back when the process ends, however it ends.
package final class DirectoryLock: Sendable {
  /// Who may hold the lock at the same time.
  package enum Mode: Sendable {
    /// Nobody else: for changing the directory.
    case exclusive
    /// Others with `.shared`: for reading a directory that must not be swapped meanwhile.
    case shared
  }

  /// The path that is locked.
  package let path: FilePath
  /// False when there is no directory yet: then there is nothing to lock, and two runs that both create it are kept
  /// apart when the staged tree is put in place, which fails for the second.
  package var isHeld: Bool { descriptor != nil }
  private let descriptor: Descriptor?

  private init(path: FilePath, descriptor: Descriptor?) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Locks a directory.
  ///
  /// - Parameters:
  ///   - path: of the user's; links are followed.
  ///   - mode: exclusive or shared.
  ///   - wait: how long to try when another process holds it; not at all by default.
  /// - Throws: `.busy` with the holder's process id and command line where the system tells, `.notDirectory`,
  ///   `.permission`, `.unsupported` when the file system has no locks.
  package static func acquire(
    _ path: FilePath, _ mode: Mode = .exclusive, waiting wait: Duration = .zero
  ) throws(FilesError) -> DirectoryLock {
    let deadline = ContinuousClock.now + wait
    while true {
      switch try attempt(path, mode) {
      case .held(let descriptor): return DirectoryLock(path: path, descriptor: descriptor)
      case .absent: return DirectoryLock(path: path, descriptor: nil)
      case .moved: continue
      case .busy(let status):
        let now = ContinuousClock.now
        guard now < deadline else { throw busy(path, status, waited: wait) }
        pause(min(deadline - now, .milliseconds(10)))
      }
    }
  }

  private enum Attempt {
    case held(Descriptor)
    case absent
    case moved
    case busy(FileStatus?)
  }

  private static func attempt(_ path: FilePath, _ mode: Mode) throws(FilesError) -> Attempt {
    let directory: Directory
    do {
      directory = try Directory.open(path)
    } catch {
      if error.code == .notFound { return .absent }
      throw error
    }
    let descriptor = directory.descriptor
    do {
      try descriptor.lock((mode == .exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB)
    } catch {
      if error == .wouldBlock { return .busy(try? descriptor.status()) }
      throw FilesError.failed("lock", path.display, error)
    }
    // Another run may have put a new directory in place between the opening and the lock: then this lock is on the old
    // one, which nobody will look at again.
    guard let named = try? Descriptor.status(SystemPath(path), followingLinks: true),
      let own = try? descriptor.status(), own.isSameFile(as: named)
    else { return .moved }
    return .held(descriptor)
  }

  private static func busy(_ path: FilePath, _ status: FileStatus?, waited: Duration) -> FilesError {
    let holders = status.map { LockHolder.find($0) } ?? []
    let who = holders.isEmpty ? "another process" : holders.map(\.description).joined(separator: ", ")
    let when = waited > .zero ? " (waited \(waited))" : ""
    return FilesError(
      .busy, path: path.display, errno: .wouldBlock, message: "'\(path.display)' is locked by \(who)\(when)",
      hint: "wait for it to end, or end it, then run again")
  }

  private static func pause(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    nanosleep(&time, nil)
  }
}
