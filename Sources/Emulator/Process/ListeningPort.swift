import Files
import Glibc
import SystemPackage

/// TCP ports of this machine.
package enum ListeningPort {
  /// A port of 127.0.0.1 that was free a moment ago. Another program may take it before it is used, so whoever uses it must
  /// look whether it got it.
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
    let sockets = ["tcp", "tcp6"].flatMap { listeners(on: port, table: "/proc/\(process)/net/\($0)") }
    guard !sockets.isEmpty, let entries = try? Directory.open(FilePath("/proc/\(process)/fd")).list() else {
      return nil
    }
    let wanted = Set(sockets.map { "socket:[\($0)]" })
    return entries.contains { entry in
      var target = [CChar](repeating: 0, count: 128)
      let count = readlink("/proc/\(process)/fd/\(entry.path)", &target, target.count)
      guard count > 0 else { return false }
      return wanted.contains(String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
  }

  /// Inodes of the sockets that listen on a port: `sl local_address rem_address st … inode` with addresses in hexadecimal
  /// digits and 0A for listening.
  static func listeners(on port: UInt16, table: String) -> [String] {
    guard let bytes = try? ReadableFile.open(FilePath(table)).readAll(limit: 1 << 26) else { return [] }
    return bytes.split(separator: UInt8(ascii: "\n")).dropFirst().compactMap { line in
      let fields = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard fields.count > 9, fields[3] == "0A", let digits = fields[1].split(separator: ":").last,
        UInt16(digits, radix: 16) == port
      else { return nil }
      return fields[9]
    }
  }

  private static func failed() -> EmulatorError {
    EmulatorError(.cannotStart, "the system gives no free port: \(Errno(rawValue: errno).description.lowercased())")
  }
}
