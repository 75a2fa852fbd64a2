import Digests
import Files

/// What a verification found.
package struct VerifyReport: Sendable {
  /// Every fault, sorted by member; empty: whole and true to its manifest.
  package let findings: [ArtifactFinding]
  /// SHA-256 of the manifest; nil when there was none to read.
  package let treeDigest: SHA256Digest?
  /// Files that the manifest names.
  package let files: Int
  /// Whether anything in it is a reason to refuse it (exit code 3) instead of calling it damaged (1).
  package var isHostile: Bool { findings.contains { $0.code.isHostile } }

  init(findings: [ArtifactFinding], manifest: [UInt8]?, files: Int) throws(ArtifactError) {
    // Stable and without the order of threads: by name, then code, then text.
    self.findings = findings.sorted { left, right in
      let names = (left.member ?? [], right.member ?? [])
      if names.0 != names.1 { return names.0.lexicographicallyPrecedes(names.1) }
      return (left.code.name, left.message) < (right.code.name, right.message)
    }
    treeDigest = try manifest.map { (bytes) throws(ArtifactError) in try SHA256Hasher.digest(bytes) }
    self.files = files
  }
}

/// Checks artifacts and directories against their manifests. Writes nothing anywhere.
package enum ArtifactVerifier {
  /// Reads a whole artifact: every hash, every member named exactly once, nothing else, sizes and order sane.
  ///
  /// - Throws: only when it cannot be read at all, or was cancelled; faults are in the report.
  package static func verify(_ artifact: ArtifactFile, _ options: ReadOptions) throws(ArtifactError) -> VerifyReport {
    let gate = try ArchiveScan(artifact, options, .collect, NoSink()).run()
    return try VerifyReport(
      findings: gate.findings, manifest: gate.manifest == nil ? nil : gate.manifestBytes,
      files: gate.manifest?.paths.count ?? 0)
  }

  /// Reads a data directory: every file that its manifest names, and nothing else but the manifest, a sentinel, `logs/`.
  ///
  /// - Throws: only when the directory cannot be read at all, or it was cancelled; faults are in the report.
  package static func verify(_ directory: Directory, _ options: ReadOptions) throws(ArtifactError) -> VerifyReport {
    let manifest: RelativePath
    do { manifest = try RelativePath(ReservedName.manifest) } catch { throw ArtifactError(error, .unreadable) }
    var findings: [ArtifactFinding] = []
    var problems: [FilesError] = []
    let entries = directory.walk(WalkOptions(statuses: true), collecting: &problems)
    for problem in problems {
      findings.append(ArtifactFinding(.unreadable, nil, problem.message))
    }
    guard entries.contains(where: { $0.path == manifest }) else {
      findings.append(ArtifactFinding(.noManifest, ReservedName.manifest, "the directory has no manifest"))
      return try VerifyReport(findings: findings, manifest: nil, files: 0)
    }
    let bytes = try withFiles(.unreadable) { () throws(FilesError) in
      try directory.read(manifest, limit: options.limits.manifestBytes)
    }
    let table: ManifestTable
    do { table = try ManifestTable(bytes, named: ReservedName.manifest) } catch {
      findings.append(ArtifactFinding(.badManifest, ReservedName.manifest, error.message))
      return try VerifyReport(findings: findings, manifest: nil, files: 0)
    }
    let (named, faults) = match(entries, table)
    findings += faults
    findings += try DirectoryHashing(directory, named, options).run()
    return try VerifyReport(findings: findings, manifest: bytes, files: table.paths.count)
  }

  /// Files to hash with what their hash has to be, and what is missing or too much.
  private static func match(
    _ entries: [TreeEntry], _ table: ManifestTable
  ) -> ([(TreeEntry, SHA256Digest)], [ArtifactFinding]) {
    var findings: [ArtifactFinding] = []
    var named: [(TreeEntry, SHA256Digest)] = []
    var present = [Bool](repeating: false, count: table.paths.count)
    var next = 0
    for entry in entries where entry.kind != .directory {
      let path = entry.path.bytes
      if ReservedName.isLeftOut(path) || ReservedName.isLog(path) { continue }
      guard let index = table.index(of: path, expected: next) else {
        findings.append(ArtifactFinding(.untracked, path, "the manifest does not name it"))
        continue
      }
      next = index + 1
      present[index] = true
      if entry.kind == .file {
        named.append((entry, table.digests[index]))
      } else {
        findings.append(ArtifactFinding(.forbiddenType, path, "it is \(entry.kind.words), not a regular file"))
      }
    }
    for (index, path) in table.paths.enumerated() where !present[index] {
      findings.append(ArtifactFinding(.missing, path, "the manifest names it, and it is not there"))
    }
    return (named, findings)
  }
}

/// Hashes files of a directory on several threads and compares.
private final class DirectoryHashing: Sendable {
  private struct State {
    var next = 0
    var findings: [ArtifactFinding] = []
    var failure: ArtifactError?
    var bytes = 0
    var files = 0
  }

  private let directory: Directory
  private let files: [(TreeEntry, SHA256Digest)]
  private let options: ReadOptions
  private let totalBytes: Int
  private let monitor = Monitor(State())
  /// Files taken at a time: enough to make the lock free, few enough to share the end evenly.
  private static let batch = 16

  init(_ directory: Directory, _ files: [(TreeEntry, SHA256Digest)], _ options: ReadOptions) {
    self.directory = directory
    self.files = files
    self.options = options
    totalBytes = files.reduce(0) { $0 + Int($1.0.status?.size ?? 0) }
  }

  func run() throws(ArtifactError) -> [ArtifactFinding] {
    WorkerCrew.run(min(options.workers, files.count / Self.batch + 1)) { self.work() }
    return try monitor.withLock { (state) throws(ArtifactError) in
      if let failure = state.failure { throw failure }
      return state.findings
    }
  }

  private func work() {
    do throws(ArtifactError) {
      let hasher = try SHA256Hasher.forArtifacts()
      let buffer = ByteBuffer(capacity: 256 << 10)
      var parent: (path: RelativePath, directory: Directory)?
      while true {
        let start = monitor.withLock { state in
          defer { state.next += Self.batch }
          return state.failure == nil ? state.next : files.count
        }
        guard start < files.count else { return }
        for (entry, expected) in files[start..<min(start + Self.batch, files.count)] {
          try options.cancellation.check()
          do throws(FilesError) {
            let file = try open(entry.path, &parent)
            try hash(file, hasher, buffer)
          } catch {
            monitor.withLock { $0.findings.append(ArtifactFinding(.unreadable, entry.path.bytes, error.message)) }
            hasher.reset()
            continue
          }
          try compare(entry, expected, try hasher.artifactDigest())
        }
      }
    } catch {
      monitor.update { $0.failure = $0.failure ?? error }
    }
  }

  private func open(
    _ path: RelativePath, _ parent: inout (path: RelativePath, directory: Directory)?
  ) throws(FilesError) -> ReadableFile {
    guard let above = path.parent else { return try directory.open(path) }
    if let parent, parent.path == above { return try parent.directory.open(path.lastComponent) }
    let opened = try directory.subdirectory(above)
    parent = (above, opened)
    return try opened.open(path.lastComponent)
  }

  private func hash(_ file: ReadableFile, _ hasher: SHA256Hasher, _ buffer: ByteBuffer) throws(FilesError) {
    while !options.cancellation.isCancelled {
      buffer.removeAll()
      let count = try buffer.fill(256 << 10) { (room) throws(FilesError) in try file.read(into: room) }
      if count == 0 { return }
      hasher.update(buffer.bytes)
      // One call less for each small file: the size says that nothing follows.
      if count < 256 << 10, Int64(count) == file.size { return }
    }
  }

  private func compare(_ entry: TreeEntry, _ expected: SHA256Digest, _ found: SHA256Digest) throws(ArtifactError) {
    try options.cancellation.check()
    monitor.withLock { state in
      if found != expected {
        let message = "its SHA-256 is \(found.hex), the manifest says \(expected.hex)"
        state.findings.append(ArtifactFinding(.mismatch, entry.path.bytes, message))
      }
      state.files += 1
      state.bytes += Int(entry.status?.size ?? 0)
      options.progress?(
        ArtifactProgress(
          bytes: state.bytes, totalBytes: totalBytes, files: state.files, totalFiles: files.count))
    }
  }
}
