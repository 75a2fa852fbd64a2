import Digests
import Files

/// Writes members into a staged directory, from several threads.
final class ExtractionSink: ScanSink {
  private struct State {
    /// Directories that have been made.
    var made: Set<[UInt8]> = []
    /// A few of them, held open: members of one directory come one after the other.
    var open: [[UInt8]: Directory] = [:]
    /// Large members under way.
    var files: [Int: WritableFile] = [:]
    var count = 0
    var bytes = 0
  }

  private let root: Directory
  private let options: UnpackOptions
  private let monitor = Monitor(State())
  private static let openLimit = 32

  init(_ root: Directory, _ options: UnpackOptions) {
    self.root = root
    self.options = options
  }

  /// Files and bytes written.
  var written: (files: Int, bytes: Int) { monitor.withLock { ($0.count, $0.bytes) } }

  func begin(_ member: ScannedMember, isDirectory: Bool) throws(ArtifactError) -> Bool {
    guard options.filter.accepts(member.path) else { return false }
    try withFiles(.unwritable) { () throws(FilesError) in
      let path = try RelativePath(member.path)
      if isDirectory {
        try makeDirectory(path)
      } else if let parent = path.parent {
        try makeDirectory(parent)
      }
    }
    return true
  }

  func whole(_ member: ScannedMember, _ bytes: UnsafeRawBufferPointer) throws(ArtifactError) {
    try withFiles(.unwritable) { () throws(FilesError) in
      try create(member).write(bytes)
    }
    count(bytes.count, isLast: true)
  }

  func part(
    _ member: ScannedMember, at offset: Int, _ bytes: UnsafeRawBufferPointer, isLast: Bool
  ) throws(ArtifactError) {
    try withFiles(.unwritable) { () throws(FilesError) in
      if offset == 0 {
        let file = try create(member)
        monitor.withLock { $0.files[member.index] = file }
      }
      // Parts of one member come one after the other, so the file has one user at a time.
      try monitor.withLock { $0.files[member.index] }?.write(bytes)
    }
    if isLast { monitor.withLock { $0.files[member.index] = nil } }
    count(bytes.count, isLast: isLast)
  }

  /// The manifest as it was, or of what was written when a filter left something out.
  func writeManifest(_ gate: MemberGate) throws(ArtifactError) {
    var bytes = gate.manifestBytes
    if !options.filter.isAll, let manifest = gate.manifest {
      var kept = ManifestTable()
      for (path, digest) in zip(manifest.paths, manifest.digests) where options.filter.accepts(path) {
        kept.append(path, digest)
      }
      bytes = try kept.serialized()
    }
    try withFiles(.unwritable) { () throws(FilesError) in
      let file = try root.create(try RelativePath(ReservedName.manifest), mode: 0o600)
      try file.write(bytes)
      try file.setMode(options.fileMode)
    }
  }

  private func create(_ member: ScannedMember) throws(FilesError) -> WritableFile {
    let path = try RelativePath(member.path)
    let file = try directory(of: path).create(path.lastComponent, mode: 0o600)
    try file.setMode(options.fileMode)
    return file
  }

  private func directory(of path: RelativePath) throws(FilesError) -> Directory {
    guard let parent = path.parent else { return root }
    if let open = monitor.withLock({ $0.open[parent.bytes] }) { return open }
    let opened = try root.subdirectory(parent)
    monitor.withLock { state in
      if state.open.count >= Self.openLimit { state.open.removeAll() }
      state.open[parent.bytes] = opened
    }
    return opened
  }

  /// Makes a directory and those above it. Called in the archive's order, by one thread at a time.
  private func makeDirectory(_ path: RelativePath) throws(FilesError) {
    guard !monitor.withLock({ $0.made.contains(path.bytes) }) else { return }
    if let parent = path.parent { try makeDirectory(parent) }
    try root.makeDirectory(path, mode: 0o700)
    try root.subdirectory(path).setMode(options.directoryMode)
    monitor.withLock { _ = $0.made.insert(path.bytes) }
  }

  private func count(_ bytes: Int, isLast: Bool) {
    monitor.withLock { state in
      state.bytes += bytes
      if isLast { state.count += 1 }
    }
  }
}
