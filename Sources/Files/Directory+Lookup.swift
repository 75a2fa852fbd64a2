import CLinux
import Glibc
import SystemPackage

extension Directory {
  /// A name and the open directory that holds it.
  struct Place {
    let parent: Descriptor
    let name: SystemPath
  }

  /// Opens the directory that holds the last name of a path, following no link.
  func locate(_ path: RelativePath) throws(FilesError) -> Place {
    guard let parent = path.parent else { return Place(parent: descriptor, name: SystemPath(path.bytes)) }
    let holder = try openBelow(parent, O_RDONLY | O_DIRECTORY, operation: "open directory")
    return Place(parent: holder, name: SystemPath(path.lastComponent.bytes))
  }

  /// Opens a path below this directory, following no link in any component.
  func openBelow(
    _ path: RelativePath, _ flags: Int32, mode: UInt32 = 0, operation: String
  ) throws(FilesError) -> Descriptor {
    do {
      return try openPieces(path, flags, mode)
    } catch {
      throw failure(operation, path, error)
    }
  }

  /// The kernel takes at most 4,095 bytes at once, so a longer path is opened piece by piece.
  private func openPieces(_ path: RelativePath, _ flags: Int32, _ mode: UInt32) throws(Errno) -> Descriptor {
    var base = descriptor
    var rest = path.bytes[...]
    while rest.count > longestSystemPath {
      let window = rest.prefix(longestSystemPath)
      // A name has at most 255 bytes, so a window of this length always holds a slash.
      guard let cut = window.lastIndex(of: UInt8(ascii: "/")) else { throw .fileNameTooLong }
      base = try openPiece(base, rest[..<cut], O_RDONLY | O_DIRECTORY, 0)
      rest = rest[(cut + 1)...]
    }
    return try openPiece(base, rest, flags, mode)
  }

  private func openPiece(
    _ base: Descriptor, _ path: ArraySlice<UInt8>, _ flags: Int32, _ mode: UInt32
  ) throws(Errno) -> Descriptor {
    guard path.contains(UInt8(ascii: "/")) else { return try base.open(SystemPath(path), flags, mode: mode) }
    if flags & O_CREAT != 0 { try FaultPlan.check(.create) }
    do {
      let name = SystemPath(path)
      let all = flags | O_CLOEXEC | O_NOFOLLOW
      return Descriptor(adopting: try base.call { cl_openat2_no_symlinks($0, name.characters, all, mode) })
    } catch {
      // Old kernels and old container run-times do not know the call: walk the names instead.
      guard error == .noFunction || error == .notPermitted else { throw error }
      return try openNames(base, path, flags, mode)
    }
  }

  /// The same with one call for each name; gives the same answers as the single call.
  func openNames(
    _ base: Descriptor, _ path: ArraySlice<UInt8>, _ flags: Int32, _ mode: UInt32
  ) throws(Errno) -> Descriptor {
    var directory = base
    var rest = path
    while let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
      directory = try directory.open(SystemPath(rest[..<slash]), O_RDONLY | O_DIRECTORY)
      rest = rest[(slash + 1)...]
    }
    return try directory.open(SystemPath(rest), flags, mode: mode)
  }

  /// The error for a failed operation on a path in this directory, naming what is in the way when that can be seen.
  func failure(_ operation: String, _ path: RelativePath, _ errno: Errno) -> FilesError {
    let shown = self.path.appending(path).display
    let status = obstacle(path)
    if let status, errno == .notDirectory || errno == .tooManySymbolicLinkLevels, status.1.kind == .symlink {
      let link = self.path.appending(status.0).display
      return FilesError(
        .symbolicLink, path: shown, errno: errno,
        message: "cannot \(operation) '\(shown)': '\(link)' is a symbolic link, and links are not followed here",
        hint: "replace the link by the file or directory itself")
    }
    if let status, errno == .notDirectory {
      let file = self.path.appending(status.0).display
      return FilesError(
        .notDirectory, path: shown, errno: errno,
        message: "cannot \(operation) '\(shown)': a directory is expected at '\(file)', found \(status.1.kind.words)",
        hint: "move it away, or name a directory")
    }
    return FilesError.failed(operation, shown, errno, status: status?.1)
  }

  /// The first component that is not a directory, or the last one that can be seen; only for messages.
  private func obstacle(_ path: RelativePath) -> (RelativePath, FileStatus)? {
    var directory = descriptor
    var seen: [UInt8] = []
    var last: (RelativePath, FileStatus)?
    for name in path.components {
      let component = SystemPath(name)
      guard let status = try? directory.status(component) else { return last }
      seen += (seen.isEmpty ? [] : [UInt8(ascii: "/")]) + name
      last = (RelativePath(trusted: seen), status)
      guard status.kind == .directory else { return last }
      guard let next = try? directory.open(component, cl_o_path() | O_DIRECTORY) else { return last }
      directory = next
    }
    return last
  }
}

/// The longest path that the kernel takes in one call, in bytes without the final NUL (PATH_MAX - 1).
private let longestSystemPath = 4095
