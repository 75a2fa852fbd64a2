import Glibc
import SystemPackage

/// What went wrong with a file, in words for the user and in a code for the program.
///
/// `message` is one sentence that already names the path; `hint` is the next step, when one is known.
package struct FilesError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The class of a failure. New codes may be added; compare, do not switch.
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String {
      case notFound, notDirectory, isDirectory, notRegular, symbolicLink, permission, noSpace, readOnly, exists
      case notEmpty, busy, tooLong, tooDeep, tooLarge, changed, crossDevice, unsupported, limit, invalidPath, io
    }
    private let value: Value

    /// Nothing has this name.
    package static let notFound = Code(value: .notFound)
    /// A directory was expected, something else was found.
    package static let notDirectory = Code(value: .notDirectory)
    /// A file was expected, a directory was found.
    package static let isDirectory = Code(value: .isDirectory)
    /// A FIFO, socket or device where a regular file or a directory was expected.
    package static let notRegular = Code(value: .notRegular)
    /// A symbolic link where none is followed, or a loop of links.
    package static let symbolicLink = Code(value: .symbolicLink)
    /// The process may not do this.
    package static let permission = Code(value: .permission)
    /// The file system or the quota is full.
    package static let noSpace = Code(value: .noSpace)
    /// The file system is mounted read-only.
    package static let readOnly = Code(value: .readOnly)
    /// The name is taken.
    package static let exists = Code(value: .exists)
    /// A directory that should be empty is not.
    package static let notEmpty = Code(value: .notEmpty)
    /// Another process holds the lock, or the path is in use as a mount point.
    package static let busy = Code(value: .busy)
    /// A name or a path is longer than the system takes.
    package static let tooLong = Code(value: .tooLong)
    /// Directories are nested deeper than the limit of a walk.
    package static let tooDeep = Code(value: .tooDeep)
    /// A file is larger than the caller's limit.
    package static let tooLarge = Code(value: .tooLarge)
    /// Something else changed the tree at the same time.
    package static let changed = Code(value: .changed)
    /// Two paths are on different file systems.
    package static let crossDevice = Code(value: .crossDevice)
    /// The file system or kernel does not offer the call.
    package static let unsupported = Code(value: .unsupported)
    /// A limit of the process or the system was reached (open files, memory).
    package static let limit = Code(value: .limit)
    /// The path itself is not acceptable.
    package static let invalidPath = Code(value: .invalidPath)
    /// Everything else: the disk or the kernel reported a failure.
    package static let io = Code(value: .io)

    /// The name of the code, as written in this file.
    package var description: String { value.rawValue }
  }

  /// The class of the failure.
  package let code: Code
  /// The path, escaped for display; not to be opened again.
  package let path: String
  /// The system's own error number, when the system reported the failure.
  package let errno: Errno?
  /// One sentence, lower-case first letter, no trailing stop, with the path.
  package let message: String
  /// The next step for the user.
  package let hint: String?

  package init(_ code: Code, path: String, errno: Errno? = nil, message: String, hint: String? = nil) {
    self.code = code
    self.path = path
    self.errno = errno
    self.message = message
    self.hint = hint
  }

  /// The message, and the hint after a semicolon.
  package var description: String {
    guard let hint else { return message }
    return "\(message); \(hint)"
  }
}
