import Glibc
import SystemPackage

/// The process's working directory.
enum WorkingDirectory {
  /// The absolute path, links resolved.
  ///
  /// - Throws: `Errno` when the folder was removed or may not be read.
  static func current() throws(Errno) -> FilePath {
    guard let path = getcwd(nil, 0) else { throw Errno(rawValue: errno) }
    defer { free(path) }
    return FilePath(platformString: path)
  }
}
