import Glibc
import SystemPackage

/// A process that holds a flock(2) lock, as far as /proc tells; for messages only.
struct LockHolder: Equatable, CustomStringConvertible {
  let process: Int
  /// Escaped and cut; nil when it may not be seen.
  let command: String?

  var description: String {
    guard let command else { return "process \(process)" }
    return "process \(process) (\(command))"
  }

  /// The processes that hold a lock on this file, sorted by id; empty when /proc does not tell (another name space).
  static func find(_ status: FileStatus) -> [LockHolder] {
    guard let table = try? ReadableFile.open("/proc/locks").readAll(limit: 1 << 24) else { return [] }
    return processes(in: table, inode: status.inode).map { LockHolder(process: $0, command: command(of: $0)) }
  }

  /// Reads the lines of /proc/locks: `1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF`.
  ///
  /// Only the inode is compared: on btrfs and overlay file systems the device there is not the one that stat tells.
  static func processes(in table: [UInt8], inode: UInt64) -> [Int] {
    var found: Set<Int> = []
    for line in table.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      // A waiting process has an arrow in the second field.
      guard fields.count >= 6, fields[1] == "FLOCK", let process = Int(fields[4]), process > 0 else { continue }
      guard let last = fields[5].split(separator: ":").last, UInt64(last) == inode else { continue }
      found.insert(process)
    }
    return found.sorted()
  }

  private static func command(of process: Int) -> String? {
    let path = FilePath("/proc/\(process)/cmdline")
    guard let bytes = try? ReadableFile.open(path).readAll(limit: 1 << 20), !bytes.isEmpty else { return nil }
    let words = bytes.split(separator: 0).map { DisplayName.escape($0) }
    let line = words.joined(separator: " ")
    return line.count <= 200 ? line : line.prefix(199) + "…"
  }
}
