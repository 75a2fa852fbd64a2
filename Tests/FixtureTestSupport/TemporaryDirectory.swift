import Digests
import Files
import Glibc
import SystemPackage

/// A new directory for one test, removed with everything in it when the value goes away.
///
/// With `KUMO_FIXTURES_KEEP_SCRATCH` set it stays, to be looked at.
package final class TemporaryDirectory: Sendable {
  /// The absolute path.
  package let path: FilePath
  /// The same, open.
  package let directory: Directory
  private let parent: Directory
  private let name: RelativePath

  /// - Parameter base: where to make it; the system's place for temporary files by default.
  package init(in base: FilePath? = nil) throws {
    let place = base ?? FilePath(TemporaryDirectory.variable("TMPDIR") ?? "/tmp")
    parent = try Directory.open(place)
    name = try RelativePath(text: "kumo-fixtures-test-\(getpid())-\(UInt64.random(in: 0 ... .max))")
    try parent.makeDirectory(name, mode: 0o755)
    path = FilePath(bytes: place.bytes + [UInt8(ascii: "/")] + name.bytes)
    directory = try Directory.open(path)
  }

  deinit {
    guard TemporaryDirectory.variable("KUMO_FIXTURES_KEEP_SCRATCH") == nil else { return }
    try? parent.removeTree(name)
  }

  /// The path of something inside.
  package func path(_ relative: String) -> FilePath {
    FilePath(bytes: path.bytes + Array("/\(relative)".utf8))
  }

  /// Writes a file, making the directories above it; replaces what is there.
  package func write(_ relative: String, _ text: String, mode: UInt32 = 0o600) throws {
    try write(relative, Array(text.utf8), mode: mode)
  }

  /// Writes a file, making the directories above it; replaces what is there.
  package func write(_ relative: String, _ bytes: [UInt8], mode: UInt32 = 0o600) throws {
    let place = try RelativePath(text: relative)
    if let parent = place.parent { try makeDirectories(parent) }
    if try directory.status(place) != nil { try directory.remove(place) }
    let file = try directory.create(place, mode: mode)
    try file.write(bytes)
    try file.setMode(mode)
  }

  /// Writes a program that can be started at once.
  ///
  /// Not by this process: a process that another test is starting at the moment would have a copy of the descriptor,
  /// and the system starts no program that is open for writing (ETXTBSY).
  package func writeProgram(_ relative: String, _ text: String) throws {
    let source = try TemporaryDirectory()
    try source.write("text", text)
    try copyProgram(relative, from: source.path("text"))
  }

  /// The same with the bytes of another file.
  package func copyProgram(_ relative: String, from source: FilePath) throws {
    if let parent = try RelativePath(text: relative).parent { try makeDirectories(parent) }
    let copied = try Program("/bin/cp").run(["--remove-destination", source.string, path(relative).string])
    guard copied.exitCode == 0 else { throw Errno.ioError }
    try setMode(relative, 0o755)
  }

  /// Makes a directory and those above it.
  package func makeDirectory(_ relative: String) throws {
    try makeDirectories(RelativePath(text: relative))
  }

  private func makeDirectories(_ place: RelativePath) throws {
    if let parent = place.parent { try makeDirectories(parent) }
    if try directory.status(place) == nil { try directory.makeDirectory(place) }
  }

  /// The bytes of a file.
  package func read(_ relative: String) throws -> [UInt8] {
    try directory.read(RelativePath(text: relative), limit: 1 << 30)
  }

  /// The text of a file.
  package func text(_ relative: String) throws -> String {
    String(decoding: try read(relative), as: UTF8.self)
  }

  /// Whether anything has this name.
  package func exists(_ relative: String) throws -> Bool {
    try directory.status(RelativePath(text: relative)) != nil
  }

  /// The permission bits; nil when absent.
  package func mode(_ relative: String) throws -> UInt32? {
    try directory.status(RelativePath(text: relative))?.mode
  }

  /// Sets the permission bits.
  package func setMode(_ relative: String, _ mode: UInt32) throws {
    guard chmod(path(relative).string, mode) == 0 else { throw Errno(rawValue: errno) }
  }

  /// Makes a symbolic link.
  package func link(_ relative: String, to target: String) throws {
    guard symlink(target, path(relative).string) == 0 else { throw Errno(rawValue: errno) }
  }

  /// The names directly inside, sorted.
  package func list() throws -> [String] {
    try directory.list().map(\.path.description)
  }

  /// Everything inside, to be compared with a later snapshot.
  package func snapshot() throws -> TreeSnapshot { try TreeSnapshot(directory) }

  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}

/// What a tree holds: equal snapshots mean that nothing was added, removed or changed in kind, mode or content.
package struct TreeSnapshot: Equatable, Sendable {
  /// One entry of the tree.
  package struct Entry: Equatable, Sendable {
    /// What it is.
    package let kind: FileKind
    /// Its permission bits.
    package let mode: UInt32
    /// The digest of its content, for files.
    package let digest: SHA256Digest?
  }

  /// By path.
  package let entries: [RelativePath: Entry]

  /// Reads a whole tree.
  package init(_ directory: Directory) throws {
    var entries: [RelativePath: Entry] = [:]
    for entry in try directory.walk(WalkOptions(statuses: true)) {
      let digest =
        entry.kind == .file ? try SHA256Hasher.hash(of: directory.read(entry.path, limit: 1 << 30)) : nil
      entries[entry.path] = Entry(kind: entry.kind, mode: entry.status?.mode ?? 0, digest: digest)
    }
    self.entries = entries
  }

  /// The paths, sorted, as text.
  package var paths: [String] { entries.keys.sorted().map(\.description) }
}
