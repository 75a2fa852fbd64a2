import CLinux
import Glibc
import SystemPackage

extension Directory {
  /// Opens a regular file for reading. Never waits: a FIFO or device is refused, not opened.
  ///
  /// - Throws: `.notFound`, `.isDirectory`, `.notRegular`, `.symbolicLink`, `.permission`.
  package func open(_ path: RelativePath) throws(FilesError) -> ReadableFile {
    let descriptor = try openBelow(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, operation: "open")
    return try ReadableFile.adopting(descriptor, path: self.path.appending(path))
  }

  /// Reads a whole regular file.
  ///
  /// - Parameter limit: the most bytes to hold; a larger file is an error.
  /// - Throws: as `open(_:)`, and `.tooLarge`.
  package func read(_ path: RelativePath, limit: Int) throws(FilesError) -> [UInt8] {
    try open(path).readAll(limit: limit)
  }

  /// Creates a file that did not exist. The process's umask applies to the mode.
  ///
  /// - Throws: `.exists` when the name is taken, `.notFound` when the directory above is absent, `.noSpace`.
  package func create(_ path: RelativePath, mode: UInt32 = 0o600) throws(FilesError) -> WritableFile {
    let descriptor = try openBelow(
      path, O_WRONLY | O_CREAT | O_EXCL | O_NOCTTY, mode: mode, operation: "create")
    return WritableFile(path: self.path.appending(path), descriptor: descriptor)
  }

  /// Puts new content in the place of a file in one step: readers see the old content or the new, never a part, also
  /// after a power cut. Mode and, where allowed, owner of a replaced file are kept.
  ///
  /// - Parameter mode: of the file when it did not exist; exact, the umask does not apply.
  /// - Throws: `.isDirectory`, `.notRegular`, `.symbolicLink` when something else stands there; `.noSpace` and the
  ///   like, and then the old file is untouched and nothing is left over.
  package func replace(
    _ path: RelativePath, with bytes: [UInt8], mode: UInt32 = 0o600
  ) throws(FilesError) {
    let place = try locate(path)
    let existing = try replaceable(path, place)
    let temporary = SystemPath(try ScratchName.make(.temporary, for: path.lastComponent).bytes)
    let descriptor: Descriptor
    do {
      descriptor = try place.parent.open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    } catch {
      throw failure("create a temporary file beside", path, error)
    }
    do {
      try bytes.withUnsafeBufferPointer { (buffer) throws(Errno) -> Void in
        try descriptor.writeAll(UnsafeRawBufferPointer(buffer))
      }
      try descriptor.takeAttributes(of: existing, mode: mode)
      try descriptor.synchronize()
      try place.parent.rename(temporary, to: place.parent, place.name, .replacing)
    } catch {
      try? place.parent.unlink(temporary)
      throw failure("write", path, error)
    }
    do {
      try place.parent.synchronize()
    } catch {
      throw failure("write to disk", path, error)
    }
  }

  /// What `replace` would replace: nil when nothing is there, an error when it is not a regular file.
  private func replaceable(_ path: RelativePath, _ place: Place) throws(FilesError) -> FileStatus? {
    let status: FileStatus
    do {
      status = try place.parent.status(place.name)
    } catch {
      if error == .noSuchFileOrDirectory { return nil }
      throw failure("look at", path, error)
    }
    let shown = self.path.appending(path).display
    switch status.kind {
    case .file: return status
    case .directory: throw FilesError.failed("write", shown, .isDirectory)
    case .symlink: throw failure("write", path, .tooManySymbolicLinkLevels)
    default:
      throw FilesError(
        .notRegular, path: shown,
        message: "cannot write '\(shown)': a regular file is expected here, found \(status.kind.words)",
        hint: "move it away, then run again")
    }
  }

  /// Renames inside this directory tree; what stood at the new name is replaced.
  ///
  /// - Throws: `.notFound`, `.notEmpty`, `.isDirectory`, `.notDirectory`, `.permission`.
  package func rename(_ old: RelativePath, to new: RelativePath) throws(FilesError) {
    let from = try locate(old)
    let to = try locate(new)
    do {
      try from.parent.rename(from.name, to: to.parent, to.name, .replacing)
    } catch {
      throw failure("rename", old, error)
    }
  }

  /// Waits until the names in this directory are on the disk (fsync of the directory).
  ///
  /// - Throws: `.io` and the like.
  package func sync() throws(FilesError) {
    do {
      try descriptor.synchronize()
    } catch {
      throw FilesError.failed("write to disk", path.display, error)
    }
  }
}

extension Descriptor {
  /// Gives a new file or directory the mode and owner of what it is to replace, or only a mode when it replaces nothing.
  func takeAttributes(of existing: FileStatus?, mode: UInt32) throws(Errno) {
    guard let existing else { return try setMode(mode) }
    let own = try status()
    if own.owner != existing.owner || own.group != existing.group {
      // Only a privileged process may give files away; for others the content matters more than the owner.
      try? setOwner(existing.owner, existing.group)
    }
    // After the owner, because changing the owner clears set-id bits.
    try setMode(existing.mode)
  }
}
