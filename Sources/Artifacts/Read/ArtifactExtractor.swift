import Digests
import Files
import SystemPackage

/// How to unpack.
package struct UnpackOptions: Sendable {
  /// Limits, threads, cancellation and progress.
  package var read: ReadOptions
  /// Members that are written; all are checked.
  package var filter = MemberFilter.all
  /// Permission bits of files: readable by everybody, because a server in a container runs as another user, and KUMO
  /// starts empty without a word when it cannot read its data.
  package var fileMode: UInt32 = 0o644
  /// Permission bits of directories.
  package var directoryMode: UInt32 = 0o755
  /// Whether a directory that stands at the target may be replaced, as a whole.
  package var replacesExisting = false

  package init(read: ReadOptions = ReadOptions()) { self.read = read }
}

/// What an unpack did.
package struct UnpackReport: Sendable {
  /// SHA-256 of the manifest in the artifact.
  package let treeDigest: SHA256Digest
  /// Files written, the manifest not counted.
  package let files: Int
  /// Bytes of those files.
  package let bytes: Int
  /// Whether a directory was replaced.
  package let replaced: Bool
  /// Why the replaced directory could not be removed; the next run for the same target tries again.
  package let leftover: String?
}

/// Opens artifacts: everything is hashed while it is written into a staged directory, and one rename puts that in
/// place.
package enum ArtifactExtractor {
  /// Unpacks into the directory `target`, which is what it was before when anything goes wrong.
  ///
  /// With a filter, the manifest that is written names what was written, so that the new directory verifies.
  /// `logs/manifest-sha256.txt` is checked and not written.
  /// - Throws: `.hostile`, `.limit`, `.damaged`, `.badManifest`, `.unreadable`, `.unwritable`, `.cancelled`.
  package static func unpack(
    _ artifact: ArtifactFile, to target: FilePath, _ options: UnpackOptions
  ) throws(ArtifactError) -> UnpackReport {
    if !options.replacesExisting, (try? Directory.open(target)) != nil {
      // Found out before the work instead of after it.
      throw ArtifactError(
        .unwritable, "'\(DisplayName.escape(target.description.utf8))' exists already",
        hint: "choose another directory, or replace this one with --replace")
    }
    let staged = try withFiles(.unwritable) { () throws(FilesError) in
      try StagedDirectory.create(for: target, mode: 0o700)
    }
    do throws(ArtifactError) {
      let (gate, written) = try extract(artifact, into: staged.directory, options)
      try options.read.cancellation.check()
      let outcome = try withFiles(.unwritable) { () throws(FilesError) in
        try staged.directory.setMode(options.directoryMode)
        return try staged.commit(replacing: options.replacesExisting ? .exchange : .mustNotExist)
      }
      return UnpackReport(
        treeDigest: try SHA256Hasher.digest(gate.manifestBytes), files: written.files, bytes: written.bytes,
        replaced: outcome.replaced, leftover: outcome.leftover?.message)
    } catch {
      try? staged.discard()
      throw error
    }
  }

  /// Unpacks into a directory that is open and empty, for a caller that removes it again: nothing is waited for on the
  /// disk, and what was written when something goes wrong stays there.
  ///
  /// - Throws: as `unpack(_:to:_:)`.
  package static func unpack(
    _ artifact: ArtifactFile, into directory: Directory, _ options: UnpackOptions
  ) throws(ArtifactError) {
    _ = try extract(artifact, into: directory, options)
    try options.read.cancellation.check()
  }

  private static func extract(
    _ artifact: ArtifactFile, into directory: Directory, _ options: UnpackOptions
  ) throws(ArtifactError) -> (gate: MemberGate, written: (files: Int, bytes: Int)) {
    let sink = ExtractionSink(directory, options)
    let gate = try ArchiveScan(artifact, options.read, .stopAtFirst, sink).run()
    try sink.writeManifest(gate)
    return (gate, sink.written)
  }
}
