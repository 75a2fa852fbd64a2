import Glibc
import SystemPackage

/// A directory that is to be made or replaced: its parent, opened, and its name there.
struct StagingPlace: Sendable {
  /// The path as the user will know it, with a link at its end followed.
  let target: FilePath
  let parent: Directory
  let name: RelativePath

  /// Finds the place. A target that is a link to a directory means that directory, so that the link stays.
  ///
  /// - Throws: `.invalidPath` for "/", "." and "..", `.busy` for a mount point, `.notDirectory` when something other
  ///   than a directory stands there, `.notFound` when the parent is absent or the link points to nothing.
  init(_ path: FilePath) throws(FilesError) {
    let target = try Self.followingLink(path)
    guard let last = target.lastComponent, last.kind == .regular else {
      let here = target.bytes == [UInt8(ascii: ".")]
      throw FilesError(
        .invalidPath, path: path.display,
        message: "'\(path.display)' cannot be made or replaced as a whole: it is not a name in another directory",
        hint: here ? "name the directory itself, for example '../NAME'" : "name a directory to create or replace")
    }
    let place = try Directory.containing(target)
    self.target = target
    parent = place.directory
    name = place.name
    guard let existing = try status() else { return }
    let isMounted = parent.descriptor.isMountPoint(SystemPath(name.bytes))
    // A bind mount of the same file system has the device of its parent.
    guard !isMounted, existing.device == (try parent.status()).device else {
      throw FilesError(
        .busy, path: target.display,
        message: "'\(target.display)' is a mount point, and a mount point cannot be replaced as a whole",
        hint: "name a directory inside it instead")
    }
  }

  /// What stands at the target: nil for nothing, and an error for anything but a directory.
  func status() throws(FilesError) -> FileStatus? {
    guard let status = try parent.status(name) else { return nil }
    guard status.kind == .directory else {
      throw FilesError(
        .notDirectory, path: target.display,
        message: "cannot replace '\(target.display)': a directory is expected here, found \(status.kind.words)",
        hint: "move it away, or choose another name")
    }
    return status
  }

  /// True when certainly nothing has the target's name.
  var isAbsent: Bool {
    do { return try parent.status(name) == nil } catch { return false }
  }

  /// True when certainly something has the target's name.
  var isPresent: Bool {
    do { return try parent.status(name) != nil } catch { return false }
  }

  private static func followingLink(_ path: FilePath) throws(FilesError) -> FilePath {
    guard let status = try? Descriptor.status(SystemPath(path), followingLinks: false), status.kind == .symlink else {
      return path
    }
    guard let resolved = realpath(SystemPath(path).characters, nil) else {
      let number = Errno(rawValue: errno)
      guard number == .noSuchFileOrDirectory else { throw FilesError.failed("follow", path.display, number) }
      throw FilesError(
        .notFound, path: path.display, errno: number,
        message: "'\(path.display)' is a symbolic link that points to nothing",
        hint: "remove the link, or create the directory that it names")
    }
    defer { free(resolved) }
    return FilePath(platformString: resolved)
  }
}
