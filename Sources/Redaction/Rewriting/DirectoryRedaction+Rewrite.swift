import Digests
import Files
import FixtureTree
import KumoState
import Synchronization

extension DirectoryRedaction {
  /// Writes the redacted directory into an empty one. Call `survey` first.
  ///
  /// - Throws: `FilesError`, `RedactionError` (`.changed` when the source did not stay as it was), `DigestError`, and
  ///   what `progress` throws; then the target holds a part and must be thrown away.
  package func rewrite(into target: Directory) throws -> RedactionReport {
    let known = vault.known()
    let screened = try screenLargeFiles(known: known)
    let blobs = BlobTable()
    let finder = try search(.rewrite, known: known)
    for folder in folders { try target.makeDirectory(newPath(of: folder, finder)) }
    // s3.json comes after the bodies that it names.
    let isLast: (SourceFile) -> Bool = { $0.path == "s3.json" }
    // The result is no run's directory.
    let files = files.filter { !FixtureNames.sentinels.contains($0.path) }
    var report = RedactionReport()
    for batch in [files.filter { !isLast($0) }, files.filter(isLast)] {
      let outcomes = try FileJobs.run(
        batch.count, workers: options.workers, worker: { try self.search(.rewrite, known: known) }
      ) { (search, index) throws in
        let outcome = try self.rewrite(batch[index], into: target, search, screened, blobs)
        try self.options.progress?(batch[index].status.size)
        return outcome
      }
      for outcome in outcomes { report.add(outcome) }
    }
    try checkUnchanged()
    report.plainCount = known.plainCount
    report.sort()
    return report
  }

  private func rewrite(
    _ file: SourceFile, into target: Directory, _ search: ContentSearch, _ screened: ScreenedFiles, _ blobs: BlobTable
  ) throws -> FileOutcome {
    var outcome = FileOutcome(file)
    if case .service(_, isLeftover: true) = file.role, unparsed.withLock({ $0.contains(file.path) }) {
      outcome.isLeftOut = true
      return outcome
    }
    let path = Self.mayBeRenamed(file) ? try newPath(of: file.path, search) : file.path
    let source = try source.open(file.path)
    // A body's new name is known when it is written.
    let written = file.role == .blob ? try RelativePath(path.bytes + Array(".redacted".utf8)) : path
    let copy = try target.create(written, mode: file.status.mode & 0o777)
    var writer = SpliceWriter(source: source, target: copy)
    try claims(of: file, search, screened, blobs: blobs) { claim in
      try writer.replace(claim.range, with: claim.replacement)
      outcome.count(claim)
    }
    outcome.isChanged = writer.spliceCount > 0 || path != file.path
    try writer.finish()
    try copy.setMode(file.status.mode & 0o777)
    guard file.role == .blob else { return outcome }
    let isCopied = writer.spliceCount == 0
    let name = isCopied ? path : try rename(written, of: file, in: target, blobs)
    if try target.status(name) != nil {
      try target.remove(written)
    } else {
      try target.rename(written, to: name)
    }
    return outcome
  }

  /// The name that a body's new content has.
  private func rename(
    _ written: RelativePath, of file: SourceFile, in target: Directory, _ blobs: BlobTable
  ) throws -> RelativePath {
    let body = try target.open(written)
    let (sha, md5) = (try SHA256Hasher(), try MD5Hasher())
    var buffer = [UInt8](repeating: 0, count: 256 << 10)
    var size = 0
    while true {
      let count = try buffer.withUnsafeMutableBytes { (bytes) throws(FilesError) in try body.read(into: bytes) }
      if count == 0 { break }
      buffer.withUnsafeBytes { bytes in
        sha.update(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        md5.update(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
      }
      size += count
    }
    let digests = BlobTable.Body(sha256: try sha.finalize(), md5: try md5.finalize(), size: size)
    blobs.note(file.path.lastComponent.bytes, became: digests)
    let folder = Array(DataDirectoryName.blobDirectoryName.utf8) + [UInt8(ascii: "/")]
    return try RelativePath(folder + Hex.encode(digests.sha256.bytes))
  }

  /// Whether one file is what it was when it was surveyed.
  package func isAsSurveyed(_ path: [UInt8]) -> Bool {
    // A manifest is digests and the names of the other files.
    guard path != FixtureNames.manifest.bytes else { return true }
    guard let path = try? RelativePath(path), let now = try? source.status(path) else { return false }
    return statuses[path].map { Self.isSame($0, now) } ?? false
  }

  private static func isSame(_ left: FileStatus, _ right: FileStatus) -> Bool {
    left.size == right.size && left.modified == right.modified && left.changed == right.changed
      && left.inode == right.inode
  }

  /// Whether the source is what it was when it was surveyed.
  ///
  /// - Throws: `RedactionError.changed` with the name of a file that is not; `FilesError`.
  package func checkUnchanged() throws {
    let now = try SourceFile.all(in: source).files.filter { options.accepts($0.path) }
    let changed = now.first { file in statuses[file.path].map { !Self.isSame($0, file.status) } ?? true }
    guard changed != nil || now.count != files.count else { return }
    let name = changed.map { "'\($0.path)'" } ?? "a file"
    throw RedactionError(
      .changed, "\(name) changed while the directory was redacted, so the result is of no one moment",
      hint: "stop KUMO, or whatever writes there, and run the command again")
  }
}
