import Files
import Glibc
import SystemPackage

/// TCP ports of this machine.
package enum ListeningPort {
  /// A port of 127.0.0.1 that was free a moment ago. Another program may take it before it is used, so whoever uses
  /// it must look whether it got it.
  ///
  /// - Throws: `EmulatorError` with `.cannotStart` when the system gives none.
  package static func free() throws(EmulatorError) -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw failed() }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let done = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(descriptor, generic, size) == 0 && getsockname(descriptor, generic, &size) == 0
      }
    }
    guard done else { throw failed() }
    return UInt16(bigEndian: address.sin_port)
  }

  /// Whether a process itself listens on a port; nil when `/proc` does not tell.
  ///
  /// An answer on the port alone proves nothing: another server may have been faster.
  package static func isHeld(_ port: UInt16, by process: pid_t) -> Bool? {
    guard let held = links(of: process) else { return nil }
    var isKnown = false
    for table in ["tcp", "tcp6"] {
      let isOurs = hasListener(on: port, table: "/proc/\(process)/net/\(table)") { inode in
        isKnown = true
        return held.contains("socket:[\(inode)]")
      }
      if isOurs { return true }
    }
    return isKnown ? false : nil
  }

  /// Whether there is a socket that listens on a port and is wanted, by its inode: `sl local_address rem_address st …
  /// inode` with addresses in hexadecimal digits and 0A for listening.
  ///
  /// The kernel tells of listening sockets first, and needs milliseconds for the others even where there are none: so
  /// it is asked for little at a time, and for no more once the socket is found.
  private static func hasListener(on port: UInt16, table: String, where isWanted: (String) -> Bool) -> Bool {
    guard let file = try? ReadableFile.open(FilePath(table)) else { return false }
    var rest: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 256)
    while let count = try? piece.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 {
      rest += piece.prefix(count)
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        let fields = rest[..<end].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        rest.removeSubrange(...end)
        guard fields.count > 9, fields[3] == "0A", let digits = fields[1].split(separator: ":").last,
          UInt16(digits, radix: 16) == port, isWanted(fields[9])
        else { continue }
        return true
      }
    }
    return false
  }

  /// Where the open files of a process lead; nil when `/proc` does not tell.
  private static func links(of process: pid_t) -> [String]? {
    let folder = "/proc/\(process)/fd"
    return try? Directory.open(FilePath(folder)).list().compactMap { entry in
      var target = [CChar](repeating: 0, count: 128)
      let count = readlink("\(folder)/\(entry.path)", &target, target.count)
      return count > 0 ? String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }
  }

  private static func failed() -> EmulatorError {
    EmulatorError(.cannotStart, "the system gives no free port: \(Errno(rawValue: errno).description.lowercased())")
  }
}
