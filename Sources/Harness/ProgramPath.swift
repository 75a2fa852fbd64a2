import Glibc
import SystemPackage

/// Finds programs as a shell does.
package enum ProgramPath {
  /// The file of a program: a path when the name has a slash, otherwise the first in `PATH`; nil when there is none.
  package static func find(_ name: String, in variables: [String: String], from folder: FilePath) -> FilePath? {
    guard !name.isEmpty else { return nil }
    if name.contains("/") {
      let path = folder.pushing(FilePath(name))
      return access(path.string, X_OK) == 0 ? path : nil
    }
    let places = (variables["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return places.lazy.map { FilePath(String($0)).appending(name) }.first { access($0.string, X_OK) == 0 }
  }
}
