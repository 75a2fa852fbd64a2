import CLinux
import Glibc
import SystemPackage

/// A file on its way to its name: written under a hidden name beside it, and there under its own only when whole.
///
/// While it exists it is locked, so that the next run can tell a killed run's leftover from a file in use. May be
/// written from several threads, at places of their own.
package final class StagedFile: Sendable {
  /// The name it is going to have, for messages.
  package let path: FilePath
  private let directory: Directory
  private let name: RelativePath
  private let temporary: RelativePath
  private let descriptor: Descriptor

  /// Creates the hidden file and removes those that killed runs left for the same name.
  ///
  /// - Parameter mode: of the finished file; exact, the umask does not apply.
  /// - Throws: `.isDirectory` when a directory has the name; `.permission`, `.readOnly`, `.noSpace` and the like.
  package static func create(
    _ name: RelativePath, in directory: Directory, mode: UInt32
  ) throws(FilesError) -> StagedFile {
    if let status = try directory.status(name), status.kind == .directory {
      throw FilesError.failed("write", directory.path.appending(name).display, .isDirectory)
    }
    removeLeftovers(name, in: directory)
    // Another run's clean-up may take the new file for a leftover before it is locked: then another is made.
    for _ in 0..<100 {
      let temporary = try ScratchName.make(.temporary, for: name)
      let descriptor = try directory.openBelow(
        temporary, O_RDWR | O_CREAT | O_EXCL | O_NOCTTY, mode: 0o600, operation: "create")
      let file = StagedFile(name, directory, temporary, descriptor)
      guard StaleDirectory.lock(descriptor, temporary, in: directory) else {
        file.discard()
        continue
      }
      do {
        try descriptor.setMode(mode)
      } catch {
        file.discard()
        throw FilesError.failed("create", file.path.display, error)
      }
      return file
    }
    throw FilesError.failed("create", directory.path.appending(name).display, .resourceTemporarilyUnavailable)
  }

  private init(_ name: RelativePath, _ directory: Directory, _ temporary: RelativePath, _ descriptor: Descriptor) {
    self.name = name
    self.directory = directory
    self.temporary = temporary
    self.descriptor = descriptor
    path = directory.path.appending(name)
  }

  /// Writes all the bytes at an offset.
  ///
  /// - Throws: `.noSpace`, `.io` and the like.
  package func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws(FilesError) {
    var done = 0
    while done < bytes.count {
      do {
        try FaultPlan.check(.write)
        let piece = FaultPlan.piece(of: UnsafeRawBufferPointer(rebasing: bytes[done...]))
        let count = try descriptor.call { pwrite($0, piece.baseAddress, piece.count, Int(offset) + done) }
        if count == 0 { throw Errno.ioError }
        done += count
      } catch {
        throw FilesError.failed("write", path.display, error as? Errno ?? .ioError)
      }
    }
  }

  /// Lets the system begin to put a stretch on the disk, so that `synchronize()` has less to wait for. Does not wait, and
  /// does nothing where the system cannot.
  package func startWriteback(at offset: Int64, count: Int) {
    _ = try? descriptor.call { cl_start_writeback($0, Int(offset), count) }
  }

  /// Reads back what was written; 0 is the end.
  ///
  /// - Throws: `.io` and the like.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FilesError) -> Int {
    do {
      return try descriptor.read(into: buffer, at: offset)
    } catch {
      throw FilesError.failed("read", path.display, error)
    }
  }

  /// Waits until the content is on the disk (fsync).
  ///
  /// - Throws: `.noSpace` when the file system finds out only now, `.io`.
  package func synchronize() throws(FilesError) {
    do {
      try descriptor.synchronize()
    } catch {
      throw FilesError.failed("write to disk", path.display, error)
    }
  }

  /// Gives the file its name, in the place of a file that has it, and makes that durable. `synchronize()` goes before.
  ///
  /// - Throws: `.permission`, `.io` and the like; the hidden file is then removed.
  package func publish() throws(FilesError) {
    try publish(as: name)
  }

  /// The same under another name of the same directory.
  ///
  /// - Throws: as `publish()`.
  package func publish(as name: RelativePath) throws(FilesError) {
    do {
      try directory.rename(temporary, to: name)
    } catch {
      discard()
      throw error
    }
    try directory.sync()
  }

  /// Removes the hidden file. Does nothing when it has been published.
  package func discard() {
    guard let found = try? directory.status(temporary), let own = try? descriptor.status(), found.isSameFile(as: own)
    else { return }
    try? directory.descriptor.unlink(SystemPath(temporary.bytes))
  }

  /// Removes hidden files for this name whose writers are gone.
  package static func removeLeftovers(_ name: RelativePath, in directory: Directory) {
    for entry in (try? directory.list()) ?? [] where ScratchName.matches(entry.path.bytes, .temporary, for: name) {
      guard let file = try? directory.openBelow(entry.path, O_RDONLY | O_NONBLOCK, operation: "open"),
        (try? file.lock(LOCK_EX | LOCK_NB)) != nil
      else { continue }
      try? directory.descriptor.unlink(SystemPath(entry.path.bytes))
    }
  }
}

extension Directory {
  /// Sets the permission bits of this directory exactly, whatever the umask.
  ///
  /// - Throws: `.permission` and the like.
  package func setMode(_ mode: UInt32) throws(FilesError) {
    do {
      try descriptor.setMode(mode)
    } catch {
      throw FilesError.failed("change the mode of", path.display, error)
    }
  }
}
