import Digests
import Files
import Glibc
import SystemPackage

/// Packs a data directory into one file.
///
/// The artifact is a tar stream of normalised members: `manifest-sha256.txt`, then `fixture.json`, then
/// `logs/manifest-sha256.txt` when there are logs, then everything else sorted by bytes. Files have mode 0644, owner 0
/// and one time; directories are members (0755) only where they are empty, since a manifest names no directories.
/// Frames of zstd or members of gzip decode on their own; the first holds the manifest uncompressed, see `PackHead`.
package enum ArtifactWriter {
  /// Packs `source` into the file `output`, which appears only when it is whole and on the disk.
  ///
  /// - Throws: `ArtifactError` with `.notRegular`, `.collision`, `.drifted`, `.moved`, `.unreadable`, `.unwritable`,
  ///   `.cancelled` or `.usage`. A file that `output` named before is then untouched.
  package static func pack(
    _ source: Directory, to output: FilePath, _ options: PackOptions
  ) throws(ArtifactError) -> PackReport {
    let place: (directory: Directory, name: RelativePath)
    do { place = try Directory.containing(output) } catch { throw ArtifactError(error, .unwritable) }
    if let checksum = try? checksumName(place.name) { StagedFile.removeLeftovers(checksum, in: place.directory) }
    let (staged, report) = try pack(source, to: place.name, in: place.directory, options)
    try withFiles(.unwritable) { () throws(FilesError) in
      if options.writesChecksumFile {
        try publish(staged, withChecksum: report, place.name, place.directory)
      } else {
        try staged.publish()
      }
    }
    return report
  }

  /// Makes the whole artifact under a hidden name, on the disk, for the caller to publish.
  static func pack(
    _ source: Directory, to name: RelativePath, in directory: Directory, _ options: PackOptions
  ) throws(ArtifactError) -> (StagedFile, PackReport) {
    var attempt = 1
    while true {
      let staged: StagedFile
      do { staged = try StagedFile.create(name, in: directory, mode: options.mode) } catch {
        throw ArtifactError(error, .unwritable)
      }
      do {
        return (staged, try pack(source, into: staged, options, attempt: attempt))
      } catch {
        staged.discard()
        guard error.code == .moved else { throw error }
        guard attempt < options.attempts else { throw unsteady(error, attempts: attempt) }
        // Writers come in bursts; wait a little longer each time.
        usleep(UInt32(50_000 * attempt))
        attempt += 1
      }
    }
  }

  private static func pack(
    _ source: Directory, into staged: StagedFile, _ options: PackOptions, attempt: Int
  ) throws(ArtifactError) -> PackReport {
    let plan = try PackPlan(source, options)
    let head = try PackHead(plan, options)
    let headSize = try head.storedSize()
    let promised = try head.promised().map { (digests) throws(ArtifactError) in try head.stored(digests).head }
    let run = try PackRun(plan, from: source, to: staged, options, head: promised, headSize: headSize)
    let read = try run.run()
    let (bytes, manifest) = try head.stored(read.digests)
    guard bytes.count == headSize else {
      throw ArtifactError(.unwritable, "the manifest takes \(bytes.count) bytes where \(headSize) were kept for it")
    }
    try withFiles(.unwritable) { () throws(FilesError) in
      try bytes.withRawBytes { (bytes) throws(FilesError) in try staged.write(bytes, at: 0) }
    }
    let (digest, moved) = try finish(staged, size: read.size, known: read.artifact, options.cancellation) {
      () throws(ArtifactError) in
      try plan.moved(in: source, options) { (member) throws(ArtifactError) -> Bool in
        let before = plan.members.firstIndex { $0.path == member.path }.flatMap { read.digests[$0] }
        let now = try PackWorker(plan, source, options).digest(of: member)
        if let before { return now == before }
        return now == (try SHA256Hasher.digest(plan.fixtureBytes))
      }
    }
    guard moved.isEmpty else { throw movedError(moved) }
    let drift = head.drift(read.digests)
    guard drift.isEmpty else { throw PackPlan.drifted(drift) }
    return PackReport(
      treeDigest: try SHA256Hasher.digest(manifest), artifactDigest: digest, artifactBytes: read.size,
      files: plan.fileCount, sourceBytes: plan.byteCount, attempts: attempt, hadManifest: plan.expected != nil)
  }

  /// What is known when everything has been read and written.
  private struct Ending {
    var nextTask = 0
    var digest: SHA256Digest?
    var moved: [[UInt8]] = []
    var failure: ArtifactError?
  }

  /// Puts the file on the disk; at the same time looks at the source again, and hashes the file when that could not
  /// be done while writing.
  private static func finish(
    _ staged: StagedFile, size: Int, known: SHA256Digest?, _ cancellation: CancellationFlag,
    lookAgain: @escaping @Sendable () throws(ArtifactError) -> [[UInt8]]
  ) throws(ArtifactError) -> (digest: SHA256Digest, moved: [[UInt8]]) {
    let ending = Monitor(Ending(digest: known))
    // Each thread takes the next task, so that one alone does all. The first one mostly waits for the disk.
    WorkerCrew.run(known == nil ? 3 : 2) {
      while true {
        let task = ending.update { state in
          defer { state.nextTask += 1 }
          return state.nextTask
        }
        do throws(ArtifactError) {
          switch task {
          case 0: try withFiles(.unwritable) { () throws(FilesError) in try staged.synchronize() }
          case 1:
            let moved = try lookAgain()
            ending.update { $0.moved = moved }
          case 2 where known == nil:
            let digest = try hash(staged, size: size, cancellation)
            ending.update { $0.digest = digest }
          default: return
          }
        } catch {
          ending.update { $0.failure = $0.failure ?? error }
        }
      }
    }
    let state = ending.withLock { $0 }
    if let failure = state.failure { throw failure }
    guard let digest = state.digest else { throw ArtifactError(.unwritable, "the artifact could not be hashed") }
    return (digest, state.moved)
  }

  private static func hash(
    _ staged: StagedFile, size: Int, _ cancellation: CancellationFlag
  ) throws(ArtifactError) -> SHA256Digest {
    let hasher = try SHA256Hasher.forArtifacts()
    let buffer = ByteBuffer(capacity: 1 << 20)
    var offset = 0
    while offset < size {
      try cancellation.check()
      buffer.removeAll()
      let place = Int64(offset)
      let count = try withFiles(.unwritable) { () throws(FilesError) in
        try buffer.fill(min(1 << 20, size - offset)) { (room) throws(FilesError) in
          try staged.read(into: room, at: place)
        }
      }
      guard count > 0 else { throw ArtifactError(.unwritable, "the artifact was cut short by another program") }
      hasher.update(buffer.bytes)
      offset += count
    }
    return try hasher.artifactDigest()
  }

  /// Publishes an artifact and beside it a checksum that `sha256sum -c` reads.
  ///
  /// Two files cannot appear in one step. An old checksum goes first, so that no instant shows one that does not belong
  /// to the artifact beside it; and both new files are whole and on the disk before that.
  private static func publish(
    _ staged: StagedFile, withChecksum report: PackReport, _ name: RelativePath, _ directory: Directory
  ) throws(FilesError) {
    do throws(FilesError) {
      let path = try checksumName(name)
      let checksum = try StagedFile.create(path, in: directory, mode: 0o644)
      do throws(FilesError) {
        let line = report.artifactDigest.hexBytes + Array("  ".utf8) + name.bytes + [0x0A]
        try line.withRawBytes { (bytes) throws(FilesError) in try checksum.write(bytes, at: 0) }
        try checksum.synchronize()
        if try directory.status(path) != nil {
          try directory.remove(path)
          try directory.sync()
        }
        try staged.publish()
        try checksum.publish()
      } catch {
        checksum.discard()
        throw error
      }
    } catch {
      staged.discard()
      throw error
    }
  }

  private static func checksumName(_ name: RelativePath) throws(FilesError) -> RelativePath {
    try RelativePath(name.bytes + Array(".sha256".utf8))
  }

  private static func movedError(_ moved: [[UInt8]]) -> ArtifactError {
    let shown = moved.prefix(3).map { DisplayName.escape($0) }.joined(separator: ", ")
    let more = moved.count > 3 ? " and \(moved.count - 3) more" : ""
    return ArtifactError(.moved, member: moved.first, "changed while the directory was read: \(shown)\(more)")
  }

  private static func unsteady(_ error: ArtifactError, attempts: Int) -> ArtifactError {
    ArtifactError(
      .moved, member: error.member,
      "no consistent moment in \(attempts) attempt\(attempts == 1 ? "" : "s"): \(error.message)",
      hint: "stop the emulator, or let it rest, then pack again")
  }
}

extension SHA256Hasher {
  /// The digest of bytes that are held.
  static func digest(_ bytes: [UInt8]) throws(ArtifactError) -> SHA256Digest {
    let hasher = try forArtifacts()
    hasher.update(bytes)
    return try hasher.artifactDigest()
  }
}
