import CLinux
import Glibc
import SystemPackage

/// An open directory. Everything in it is reached from its descriptor, never by an absolute path, and no symbolic link
/// below it is followed: nothing outside can be touched, even when names change at the same time.
package final class Directory: Sendable {
  /// Where it was opened, for messages; the descriptor stays right when the directory is renamed.
  package let path: FilePath
  let descriptor: Descriptor

  init(path: FilePath, descriptor: Descriptor) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Opens a directory that the user named. Links in this path are followed.
  ///
  /// - Throws: `.notFound`, `.notDirectory`, `.permission` and the like.
  package static func open(_ path: FilePath) throws(FilesError) -> Directory {
    let name = SystemPath(path)
    do {
      return Directory(path: path, descriptor: try Descriptor.open(name, O_RDONLY | O_DIRECTORY))
    } catch {
      let status = try? Descriptor.status(name, followingLinks: true)
      if let status, error == .notDirectory, status.kind != .directory {
        throw FilesError(
          .notDirectory, path: path.display, errno: error,
          message: "cannot open '\(path.display)' as a directory: found \(status.kind.words)",
          hint: "name a directory")
      }
      throw FilesError.failed("open directory", path.display, error, status: status)
    }
  }

  /// Makes a directory that the user named, and with `intermediates` those above it; an existing directory is opened.
  ///
  /// - Throws: `.permission`, `.readOnly`, `.noSpace`, or `.notDirectory` when a file is in the way.
  package static func create(
    _ path: FilePath, mode: UInt32 = 0o750, intermediates: Bool = false
  ) throws(FilesError) -> Directory {
    let made = mkdir(SystemPath(path).characters, mode) == 0
    let number = Errno(rawValue: errno)
    if !made, number == .noSuchFileOrDirectory, intermediates {
      let parent = path.removingLastComponent()
      if !parent.isEmpty, parent != path {
        _ = try create(parent, mode: mode, intermediates: true)
        return try create(path, mode: mode)
      }
    }
    if !made, number != .fileExists { throw FilesError.failed("create directory", path.display, number) }
    return try open(path)
  }

  /// Opens the directory that holds a path of the user's, and gives the last name in it.
  ///
  /// - Throws: `.invalidPath` when the path ends in no name (such as "/" or ".."); as `open(_:)`.
  package static func containing(
    _ path: FilePath
  ) throws(FilesError) -> (directory: Directory, name: RelativePath) {
    guard let last = path.lastComponent, last.kind == .regular else {
      throw FilesError(
        .invalidPath, path: path.display, message: "'\(path.display)' does not end in a name",
        hint: "write the name out instead of '.' or '..'")
    }
    let parent = path.removingLastComponent()
    let name = try RelativePath(FilePath(root: nil, [last]).bytes)
    return (try open(parent.isEmpty ? "." : parent), name)
  }

  /// Opens a directory inside this one.
  ///
  /// - Throws: `.notFound`, `.notDirectory`, `.symbolicLink` when any component is a link, `.permission`.
  package func subdirectory(_ path: RelativePath) throws(FilesError) -> Directory {
    let descriptor = try openBelow(path, O_RDONLY | O_DIRECTORY, operation: "open directory")
    return Directory(path: self.path.appending(path), descriptor: descriptor)
  }

  /// Makes a directory; the one above it must exist. The process's umask applies to the mode.
  ///
  /// - Throws: `.exists` when the name is taken, `.notFound` when the directory above is absent.
  package func makeDirectory(_ path: RelativePath, mode: UInt32 = 0o750) throws(FilesError) {
    let place = try locate(path)
    do {
      try place.parent.makeDirectory(place.name, mode: mode)
    } catch {
      throw failure("create directory", path, error)
    }
  }

  /// What stands at a path, nil when nothing does (or when a component above it is absent).
  ///
  /// - Throws: `.symbolicLink` or `.notDirectory` when a component above the last is not a directory, `.permission`.
  package func status(_ path: RelativePath) throws(FilesError) -> FileStatus? {
    let place: Place
    do {
      place = try locate(path)
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
    do {
      return try place.parent.status(place.name)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw failure("look at", path, error)
    }
  }

  /// The status of this directory itself.
  ///
  /// - Throws: `.io` and the like.
  package func status() throws(FilesError) -> FileStatus {
    do {
      return try descriptor.status()
    } catch {
      throw FilesError.failed("look at", path.display, error)
    }
  }
}

extension FilePath {
  /// The path of something inside, for messages.
  func appending(_ path: RelativePath) -> FilePath {
    isEmpty ? FilePath(bytes: path.bytes) : FilePath(bytes: bytes + [UInt8(ascii: "/")] + path.bytes)
  }
}
