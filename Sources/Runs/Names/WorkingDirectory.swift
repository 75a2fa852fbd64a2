import Glibc
import SystemPackage

/// The process's working directory.
package enum WorkingDirectory {
  /// The absolute path, links resolved.
  ///
  /// - Throws: `Errno` when the folder was removed or may not be read.
  package static func current() throws(Errno) -> FilePath {
    guard let path = getcwd(nil, 0) else { throw Errno(rawValue: errno) }
    defer { free(path) }
    return FilePath(platformString: path)
  }

  /// An absolute path without the dots that say nothing; what comes after `..` is left to the system, because of links.
  ///
  /// - Throws: as `current()`.
  package static func absolute(_ path: FilePath) throws(Errno) -> FilePath {
    var absolute = path.isRelative ? try current() : FilePath(root: path.root, [])
    for component in path.components where component.kind != .currentDirectory { absolute.append(component) }
    return absolute
  }
}
