import Files
import Glibc
import SystemPackage

/// What Linux tells about processes in `/proc`.
package enum ProcessTable {
  /// One line of the table: what `/proc/PID/stat` says.
  package struct Entry: Sendable, Equatable {
    /// The process that started this one, or that took it over.
    package let parent: Int32
    /// When it started, in clock ticks since the machine did. With the process id it names a process for as long as the
    /// machine runs, because an id that is used again has another start.
    package let started: UInt64
    /// Whether it has ended and only waits for its parent to notice.
    package let isZombie: Bool
    /// The process group.
    package let group: Int32
  }

  /// Looks a process up; nil when it is not there, or hidden.
  package static func entry(_ process: Int32) -> Entry? {
    guard let bytes = try? ReadableFile.open(FilePath("/proc/\(process)/stat")).readAll(limit: 65_536) else {
      return nil
    }
    return entry(parsing: bytes)
  }

  /// Reads a line of the form `12 (name) S 1 12 12 …`; the name may hold spaces and parentheses.
  package static func entry(parsing bytes: [UInt8]) -> Entry? {
    guard let end = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
    let fields = bytes[(end + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
    // proc(5): field 3 is the state, 4 the parent, 5 the group, 22 the start.
    guard fields.count > 19, let parent = Int32(fields[1]), let group = Int32(fields[2]),
      let started = UInt64(fields[19])
    else { return nil }
    return Entry(parent: parent, started: started, isZombie: fields[0] == "Z" || fields[0] == "X", group: group)
  }

  /// Whether a process id is in use, also by a process that may not be looked at.
  package static func exists(_ process: Int32) -> Bool {
    kill(process, 0) == 0 || errno == EPERM
  }

  /// This process and those above it, as far as they can be seen.
  package static func ancestors(of process: Int32 = getpid()) -> Set<Int32> {
    var found: Set<Int32> = []
    var current = process
    while current > 0, found.insert(current).inserted, let entry = entry(current) { current = entry.parent }
    return found
  }

  /// This process's children as the system lists them for each of its threads, which is quicker than looking at all
  /// processes; nil where it does not (kernels without CONFIG_PROC_CHILDREN).
  package static func listedChildren() -> [Int32]? {
    guard let threads = try? Directory.open("/proc/self/task").list() else { return nil }
    var children: [Int32] = []
    for thread in threads {
      let path = FilePath("/proc/self/task/\(thread.path)/children")
      do throws(FilesError) {
        let bytes = try ReadableFile.open(path).readAll(limit: 1 << 20)
        children += bytes.split(separator: UInt8(ascii: " ")).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
      } catch {
        // A thread may have ended since the list was made; the first one is there as long as the process.
        if thread.path.description == String(getpid()) { return nil }
      }
    }
    return children
  }

  /// All process ids that can be seen, ascending.
  package static func all() -> [Int32] {
    guard let names = try? Directory.open("/proc").list() else { return [] }
    return names.compactMap { Int32($0.path.description) }.sorted()
  }

  /// The value of a variable in the environment that a process was started with; nil also when it may not be read.
  package static func variable(_ name: String, of process: Int32) -> [UInt8]? {
    guard let bytes = try? ReadableFile.open(FilePath("/proc/\(process)/environ")).readAll(limit: 1 << 24) else {
      return nil
    }
    let start = Array("\(name)=".utf8)
    return bytes.split(separator: 0).first { $0.starts(with: start) }.map { Array($0.dropFirst(start.count)) }
  }

  /// The file name of the program that a process runs; nil also when it may not be read.
  package static func program(of process: Int32) -> String? {
    guard let path = link("/proc/\(process)/exe") else { return nil }
    return path.utf8.split(separator: UInt8(ascii: "/")).last.flatMap { String($0) }
  }

  /// An id that is new at each start of the machine.
  package static func bootID() -> String? {
    guard let bytes = try? ReadableFile.open("/proc/sys/kernel/random/boot_id").readAll(limit: 256) else { return nil }
    return String(decoding: bytes.prefix { $0 > 0x20 }, as: UTF8.self)
  }

  /// The name space that this process's ids belong to: those of another container mean nothing here.
  package static func processNamespace() -> String? { link("/proc/self/ns/pid") }

  /// The machine's name.
  package static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func link(_ path: String) -> String? {
    var target = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &target, target.count)
    return count > 0 ? String(decoding: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }
}
