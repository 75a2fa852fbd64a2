import CLinux
import Glibc
import SystemPackage

extension Directory {
  /// Removes one file, link or empty directory.
  ///
  /// - Throws: `.notFound`, `.notEmpty`, `.permission` and the like.
  package func remove(_ path: RelativePath) throws(FilesError) {
    let place = try locate(path)
    do {
      let isDirectory = try place.parent.status(place.name).kind == .directory
      try place.parent.unlink(place.name, directory: isDirectory)
    } catch {
      throw failure("remove", path, error)
    }
  }

  /// Removes a file, a link, or a directory with everything in it. Links are removed, not followed. Directories that
  /// their owner may not write are made writable on the way. What disappears meanwhile counts as removed.
  ///
  /// - Throws: `.permission`, `.readOnly`, `.busy` (a mount point inside) and the like; a part may be gone then.
  package func removeTree(_ path: RelativePath) throws(FilesError) {
    guard let status = try status(path) else { return }
    guard status.kind == .directory else { return try remove(path) }
    // A directory is visited twice: first its files go and its directories are queued, then it goes itself.
    var work: [(path: RelativePath, emptied: Bool)] = [(path, false)]
    while let (path, emptied) = work.popLast() {
      if emptied {
        try tolerateAbsence { () throws(FilesError) -> Void in try remove(path) }
      } else {
        work.append((path, true))
        try tolerateAbsence { () throws(FilesError) -> Void in
          for directory in try removeFiles(in: path) { work.append((directory, false)) }
        }
      }
    }
  }

  /// Removes everything in a directory that is not a directory; gives the directories in it.
  private func removeFiles(in path: RelativePath) throws(FilesError) -> [RelativePath] {
    let directory = try openForRemoval(path)
    var directories: [RelativePath] = []
    do {
      for name in try directory.names() {
        let child = path.appending(RelativePath(trusted: name.bytes))
        let system = SystemPath(name.bytes)
        var kind = name.kind
        if kind == .unknown { kind = try directory.status(system).kind }
        if kind == .directory {
          directories.append(child)
        } else {
          do { try directory.unlink(system) } catch  where error == .noSuchFileOrDirectory {}
        }
      }
    } catch {
      throw failure("remove what is in", path, error)
    }
    return directories
  }

  /// Opens a directory whose content is to go, giving its owner the right to do so first when it lacks.
  private func openForRemoval(_ path: RelativePath) throws(FilesError) -> Descriptor {
    let place = try locate(path)
    do {
      return try place.parent.openForRemoval(place.name)
    } catch {
      throw failure("remove", path, error)
    }
  }

  private func tolerateAbsence(_ body: () throws(FilesError) -> Void) throws(FilesError) {
    do {
      try body()
    } catch {
      if error.code != .notFound { throw error }
    }
  }
}

extension Descriptor {
  /// Opens a directory, after its owner has got the right to remove what is in it.
  fileprivate func openForRemoval(_ name: SystemPath) throws(Errno) -> Descriptor {
    let status = try status(name)
    if status.kind == .directory, status.mode & 0o700 != 0o700, status.owner == geteuid() {
      let handle = try open(name, cl_o_path() | O_DIRECTORY)
      try handle.setModeThroughProc(status.mode | 0o700)
    }
    return try open(name, O_RDONLY | O_DIRECTORY)
  }

  /// Sets the mode of what this descriptor names although it is not open for reading (O_PATH): the one way that Linux
  /// has before version 6.6 and that no link can divert.
  private func setModeThroughProc(_ mode: UInt32) throws(Errno) {
    try FaultPlan.check(.changeMode)
    try call { number in chmod("/proc/self/fd/\(number)", mode) }
  }
}
