import CLinux
import Glibc
import SystemPackage

extension Directory {
  /// Everything in this directory and below, sorted by the bytes of the whole relative path.
  ///
  /// - Throws: the first problem: a directory that cannot be read, one that disappears meanwhile, too deep a tree.
  package func walk(_ options: WalkOptions = WalkOptions()) throws(FilesError) -> [TreeEntry] {
    var problems: [FilesError] = []
    let entries = walk(options, collecting: &problems)
    if let first = problems.first { throw first }
    return entries
  }

  /// The same, but goes on after a problem: what cannot be read is left out and told in `problems`.
  package func walk(_ options: WalkOptions = WalkOptions(), collecting problems: inout [FilesError]) -> [TreeEntry] {
    var walk = TreeWalk(root: self, options: options)
    let entries = walk.run()
    problems += walk.problems
    return entries
  }

  /// The names directly in this directory, sorted by bytes.
  ///
  /// - Throws: `.permission`, `.io` and the like.
  package func list(_ options: WalkOptions = WalkOptions()) throws(FilesError) -> [TreeEntry] {
    var walk = TreeWalk(root: self, options: options)
    let entries = walk.list(descriptor, at: nil)
    if let first = walk.problems.first { throw first }
    return entries.sorted { $0.path < $1.path }
  }
}

/// A walk in progress. Keeps paths, not open directories, so that depth costs no descriptors and no stack.
struct TreeWalk {
  let root: Directory
  let options: WalkOptions
  private(set) var problems: [FilesError] = []

  init(root: Directory, options: WalkOptions) {
    self.root = root
    self.options = options
  }

  mutating func run() -> [TreeEntry] {
    var entries = list(root.descriptor, at: nil)
    var next = 0
    while next < entries.count {
      let entry = entries[next]
      next += 1
      guard entry.kind == .directory else { continue }
      guard entry.path.depth <= options.maximumDepth, entry.path.bytes.count <= longestWalkedPath else {
        problems.append(tooDeep(entry.path))
        continue
      }
      do {
        entries += list(try root.openBelow(entry.path, O_RDONLY | O_DIRECTORY, operation: "read"), at: entry.path)
      } catch {
        problems.append(error)
      }
    }
    entries.sort { $0.path < $1.path }
    return entries
  }

  /// The names in one directory, in the order of the system; problems go to `problems`.
  mutating func list(_ directory: Descriptor, at path: RelativePath?) -> [TreeEntry] {
    var entries: [TreeEntry] = []
    do {
      // A description of its own: two listings through one descriptor would share their place.
      let own = try directory.open(.here, O_RDONLY | O_DIRECTORY)
      let names = try own.names()
      for name in names {
        let relative = RelativePath(trusted: (path.map { $0.bytes + [UInt8(ascii: "/")] } ?? []) + name.bytes)
        guard let entry = entry(name, at: relative, in: directory) else { continue }
        entries.append(entry)
      }
    } catch {
      problems.append(problem(path, error))
    }
    return entries
  }

  private mutating func entry(_ name: DirectoryName, at path: RelativePath, in directory: Descriptor) -> TreeEntry? {
    guard options.statuses || name.kind == .unknown else {
      return TreeEntry(path: path, kind: name.kind, status: nil)
    }
    do {
      let status = try directory.status(SystemPath(name.bytes))
      return TreeEntry(path: path, kind: status.kind, status: options.statuses ? status : nil)
    } catch {
      problems.append(problem(path, error))
      return nil
    }
  }

  private func problem(_ path: RelativePath?, _ errno: Errno) -> FilesError {
    guard let path else { return FilesError.failed("read", root.path.display, errno) }
    guard errno == .noSuchFileOrDirectory else { return root.failure("read", path, errno) }
    let shown = root.path.appending(path).display
    return FilesError(
      .changed, path: shown, errno: errno, message: "'\(shown)' was removed while its directory was being read",
      hint: "stop the program that writes there, then run again")
  }

  private func tooDeep(_ path: RelativePath) -> FilesError {
    let shown = DisplayName.escape(path.bytes.prefix(200))
    return FilesError(
      .tooDeep, path: shown,
      message: "'\(shown)…' in '\(root.path.display)' is nested too deep: more than \(options.maximumDepth) levels "
        + "or \(longestWalkedPath) bytes of path",
      hint: "remove it; no data directory has such a tree")
  }
}

/// The longest path that a walk enters. Bounds the memory that a hostile tree can ask for.
private let longestWalkedPath = 65_535

/// One name in a directory listing.
struct DirectoryName {
  let bytes: [UInt8]
  let kind: FileKind
}

extension Descriptor {
  /// All names in this directory except "." and "..", in the order of the system. Reads from the descriptor's own place.
  func names() throws(Errno) -> [DirectoryName] {
    let copy = try call { fcntl($0, F_DUPFD_CLOEXEC, 3) }
    guard let stream = fdopendir(copy) else {
      let number = errno
      close(copy)
      throw Errno(rawValue: number)
    }
    defer { closedir(stream) }
    var names: [DirectoryName] = []
    while true {
      // readdir tells the end and an error apart only by errno.
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw Errno(rawValue: errno) }
        return names
      }
      guard let name = cl_dirent_name(entry) else { continue }
      let bytes = Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
      if bytes == [UInt8(ascii: ".")] || bytes == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
      names.append(DirectoryName(bytes: bytes, kind: FileKind(directoryEntryType: entry.pointee.d_type)))
    }
  }
}

extension FileKind {
  /// From `d_type` of a directory entry; `.unknown` when the file system does not say.
  init(directoryEntryType type: UInt8) {
    // The numbers are the type bits of a mode, shifted: DT_REG is 8, S_IFREG 0100000.
    self = FileKind(mode: UInt32(type) << 12)
  }
}
