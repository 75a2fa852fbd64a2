import CLinux
import Glibc
import SystemPackage

/// What a copy of a tree did.
package struct TreeCopyReport: Sendable, Equatable {
  /// Regular files copied.
  package var files = 0
  /// Directories made.
  package var directories = 0
  /// Bytes of content.
  package var bytes: Int64 = 0
  /// How many of the files share their blocks with the source (reflink) instead of having their own.
  package var shared = 0
}

extension Directory {
  /// Copies everything in this directory into another, which must be empty where names meet. Modes are kept, times and
  /// owners are not; hard links become separate files. Blocks are shared where the file system can (btrfs, XFS).
  ///
  /// - Parameters:
  ///   - destination: an open directory outside this one.
  ///   - included: decides for each entry; a directory that is left out is left out with its content.
  /// - Throws: `.symbolicLink` or `.notRegular` with the path of anything that is neither file nor directory, before
  ///   anything is copied; `.changed` when a file changes its length meanwhile; `.exists`, `.noSpace` and the like.
  @discardableResult
  package func copyTree(
    to destination: Directory, including included: (RelativePath, FileKind) -> Bool = { _, _ in true }
  ) throws(FilesError) -> TreeCopyReport {
    var left: Set<RelativePath> = []
    var entries: [TreeEntry] = []
    // A walk is sorted, so a directory comes before everything in it.
    for entry in try walk(WalkOptions(statuses: true)) {
      let isInside = entry.path.parent.map { left.contains($0) } ?? false
      if !isInside, included(entry.path, entry.kind) {
        entries.append(entry)
      } else if entry.kind == .directory {
        left.insert(entry.path)
      }
    }
    for entry in entries where entry.kind != .file && entry.kind != .directory { throw refusal(entry) }
    var copy = TreeCopy(source: self, destination: destination)
    return try copy.run(entries)
  }

  private func refusal(_ entry: TreeEntry) -> FilesError {
    let shown = path.appending(entry.path).display
    return FilesError(
      entry.kind == .symlink ? .symbolicLink : .notRegular, path: shown,
      message: "cannot copy '\(shown)': found \(entry.kind.words), and only files and directories are copied",
      hint: "remove it, or replace it by the file itself")
  }
}

/// A copy in progress.
private struct TreeCopy {
  let source: Directory
  let destination: Directory
  private var report = TreeCopyReport()
  /// Turned off by the first answer that the file system cannot.
  private var canClone = true
  private var canCopyInKernel = true
  private var buffer: [UInt8] = []

  init(source: Directory, destination: Directory) {
    self.source = source
    self.destination = destination
  }

  mutating func run(_ entries: [TreeEntry]) throws(FilesError) -> TreeCopyReport {
    for entry in entries {
      if entry.kind == .directory {
        // Writable until its content is there; its own mode comes at the end.
        try destination.makeDirectory(entry.path, mode: 0o700)
        report.directories += 1
      } else {
        try copyFile(entry.path)
      }
    }
    for entry in entries.reversed() where entry.kind == .directory {
      let directory = try destination.subdirectory(entry.path)
      do {
        try directory.descriptor.setMode(entry.status?.mode ?? 0o750)
      } catch {
        throw destination.failure("change the mode of", entry.path, error)
      }
    }
    return report
  }

  private mutating func copyFile(_ path: RelativePath) throws(FilesError) {
    let file = try source.open(path)
    let copy = try destination.create(path, mode: 0o600)
    do {
      let length = try copyContent(file.source, copy.descriptor)
      try copy.descriptor.setMode(file.status.mode)
      guard length != file.size else { return count(file) }
    } catch {
      throw destination.failure("copy to", path, error)
    }
    throw changed(path)
  }

  private mutating func count(_ file: ReadableFile) {
    report.files += 1
    report.bytes += file.size
  }

  /// Copies from both descriptors' beginnings; gives the number of bytes.
  private mutating func copyContent(_ source: Descriptor, _ copy: Descriptor) throws(Errno) -> Int64 {
    if canClone {
      do {
        try FaultPlan.check(.write)
        try copy.call { destination in cl_clone_file(destination, source.number) }
        report.shared += 1
        return try copy.status().size
      } catch {
        guard TreeCopy.meansUnable(error) else { throw error }
        canClone = false
      }
    }
    var total: Int64 = 0
    while canCopyInKernel {
      do {
        try FaultPlan.check(.write)
        let count = try copy.call { destination in cl_copy_file_range(source.number, destination, 1 << 30) }
        if count == 0 { break }
        total += Int64(count)
      } catch {
        guard TreeCopy.meansUnable(error) else { throw error }
        canCopyInKernel = false
      }
    }
    // Also after the kernel's copy: some file systems answer 0 although there is more.
    if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: 256 * 1024) }
    while true {
      let count = try buffer.withUnsafeMutableBufferPointer { (bytes) throws(Errno) -> Int in
        let count = try source.read(into: UnsafeMutableRawBufferPointer(bytes))
        try copy.writeAll(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[..<count])))
        return count
      }
      if count == 0 { return total }
      total += Int64(count)
    }
  }

  /// True for the answers that mean "not between these two files", after which another way is tried.
  private static func meansUnable(_ errno: Errno) -> Bool {
    switch errno {
    case .notSupported, .notSupportedOnSocket, .improperLink, .invalidArgument, .noFunction,
      .inappropriateIOCTLForDevice,
      .notPermitted, .badFileDescriptor, .textFileBusy:
      true
    default: false
    }
  }

  private func changed(_ path: RelativePath) -> FilesError {
    let shown = source.path.appending(path).display
    return FilesError(
      .changed, path: shown, message: "'\(shown)' changed its length while it was being copied",
      hint: "stop the program that writes there, then run again")
  }
}
