import Files
import SystemPackage

/// Finds KUMO servers that work in a directory: they take no lock, and their next save would put files back into a
/// directory that is being deleted.
package enum DirectoryUsers {
  /// The processes of KUMO (by the name of their program) whose `KUMO_DATA_DIR` is this directory, ascending.
  /// Processes of other users cannot be seen unless this one is privileged.
  package static func servers(of directory: Directory) -> [Int32] {
    guard let own = try? directory.status() else { return [] }
    return ProcessTable.all().filter { process in
      guard let program = ProcessTable.program(of: process), isServer(program) else { return false }
      return ["KUMO_DATA_DIR", "KIRI_DATA_DIR"].contains { variable in
        guard let value = ProcessTable.variable(variable, of: process), !value.isEmpty else { return false }
        return status(of: value, seenBy: process)?.isSameFile(as: own) ?? false
      }
    }
  }

  private static func isServer(_ program: String) -> Bool {
    guard !program.hasPrefix("kumo-fixtures") else { return false }
    return ["kumo", "kiri", "awsim"].contains { program.hasPrefix($0) }
  }

  /// What a path means to another process, which may have another root (a container) and another working directory.
  static func status(of path: [UInt8], seenBy process: Int32) -> FileStatus? {
    let isAbsolute = path.first == UInt8(ascii: "/")
    let base = Array("/proc/\(process)/\(isAbsolute ? "root" : "cwd")/".utf8)
    return try? Directory.open(FilePath(bytes: base + path)).status()
  }
}
