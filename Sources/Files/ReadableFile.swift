import Glibc
import SystemPackage

/// An open regular file, read from its beginning.
package final class ReadableFile: Sendable {
  /// Where it was opened, for messages.
  package let path: FilePath
  /// What the file was when it was opened.
  package let status: FileStatus
  private let descriptor: Descriptor

  init(path: FilePath, descriptor: Descriptor, status: FileStatus) {
    self.path = path
    self.descriptor = descriptor
    self.status = status
  }

  /// Length in bytes when it was opened.
  package var size: Int64 { status.size }

  /// Takes over a descriptor that was opened with `O_NONBLOCK`, once it is certain that it is a regular file.
  static func adopting(
    _ descriptor: Descriptor, path: FilePath, allowingPipes: Bool = false
  ) throws(FilesError) -> ReadableFile {
    let status: FileStatus
    do {
      status = try descriptor.status()
    } catch {
      throw FilesError.failed("open", path.display, error)
    }
    switch status.kind {
    case .file:
      break
    case .fifo where allowingPipes, .characterDevice where allowingPipes, .socket where allowingPipes:
      // The wait for data, which O_NONBLOCK has turned off for the opening, is wanted from here on: without it, a
      // FIFO whose writer has not come yet would look like an empty file.
      _ = try? descriptor.call { fcntl($0, F_SETFL, 0) }
      var wait = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
      _ = try? descriptor.call { _ in poll(&wait, 1, -1) }
    case .directory:
      throw FilesError(
        .isDirectory, path: path.display,
        message: "cannot read '\(path.display)': a file is expected here, found a directory",
        hint: "name a file, or move the directory away")
    default:
      throw FilesError(
        .notRegular, path: path.display,
        message: "cannot read '\(path.display)': a regular file is expected here, found \(status.kind.words)",
        hint: "replace it by a regular file")
    }
    return ReadableFile(path: path, descriptor: descriptor, status: status)
  }

  /// Opens a file that the user named: links are followed, and a pipe may be given (`<(command)` of the shell).
  ///
  /// - Throws: `.notFound`, `.isDirectory`, `.notRegular`, `.permission` and the like.
  package static func open(_ path: FilePath, allowingPipes: Bool = false) throws(FilesError) -> ReadableFile {
    let name = SystemPath(path)
    let descriptor: Descriptor
    do {
      // Without O_NONBLOCK, opening a FIFO waits for a writer that may never come; with it, a pipe gives no data yet.
      descriptor = try Descriptor.open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY)
    } catch {
      let status = try? Descriptor.status(name, followingLinks: true)
      throw FilesError.failed("open", path.display, error, status: status)
    }
    return try adopting(descriptor, path: path, allowingPipes: allowingPipes)
  }

  /// The program's standard input, read through a descriptor of its own.
  ///
  /// - Throws: `.io` when it is closed, `.isDirectory` when it is one.
  package static func standardInput() throws(FilesError) -> ReadableFile {
    let path: FilePath = "standard input"
    do {
      let number = try retryingInterrupts { fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) }
      let descriptor = Descriptor(adopting: number)
      return ReadableFile(path: path, descriptor: descriptor, status: try descriptor.status())
    } catch {
      throw FilesError.failed("read", path.display, error)
    }
  }

  /// Reads the next bytes; 0 is the end.
  ///
  /// - Throws: `.io`, `.isDirectory` and the like.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FilesError) -> Int {
    do {
      return try descriptor.read(into: buffer)
    } catch {
      throw FilesError.failed("read", path.display, error)
    }
  }

  /// Reads bytes from an offset, without moving the place where `read(into:)` goes on; 0 is the end.
  ///
  /// - Throws: `.io` and the like.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(FilesError) -> Int {
    do {
      return try descriptor.read(into: buffer, at: offset)
    } catch {
      throw FilesError.failed("read", path.display, error)
    }
  }

  /// Reads everything to the end.
  ///
  /// - Parameter limit: the most bytes to hold; one more is an error.
  /// - Throws: `.tooLarge` when there is more than `limit`, `.io` and the like.
  package func readAll(limit: Int) throws(FilesError) -> [UInt8] {
    guard size <= Int64(limit) else { throw tooLarge(limit) }
    // The size is only a first guess: a pipe says 0, and a file may grow while it is read.
    var bytes: [UInt8] = []
    var capacity = min(limit, max(Int(size), 4096)) + 1
    while true {
      let start = bytes.count
      // An array and not `repeatElement`, which is appended element by element through its protocol: seconds for MBs.
      bytes += [UInt8](repeating: 0, count: capacity - start)
      var filled = start
      while filled < capacity {
        let count = try fill(&bytes, from: filled)
        if count == 0 {
          bytes.removeLast(capacity - filled)
          return bytes
        }
        filled += count
      }
      guard filled <= limit else { throw tooLarge(limit) }
      capacity = min(limit, capacity * 2) + 1
    }
  }

  private func fill(_ bytes: inout [UInt8], from start: Int) throws(FilesError) -> Int {
    try bytes.withUnsafeMutableBufferPointer { (buffer) throws(FilesError) -> Int in
      try read(into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[start...])))
    }
  }

  private func tooLarge(_ limit: Int) -> FilesError {
    FilesError(
      .tooLarge, path: path.display,
      message: "'\(path.display)' has more than the \(limit) bytes that are expected at most",
      hint: "check that it is the right file")
  }

  /// What the file is now; compare with `status` to see whether it changed while it was read.
  ///
  /// - Throws: `.io` and the like.
  package func currentStatus() throws(FilesError) -> FileStatus {
    do {
      return try descriptor.status()
    } catch {
      throw FilesError.failed("look at", path.display, error)
    }
  }

  /// For copies inside this room.
  var source: Descriptor { descriptor }
}
