import Digests

/// How to pack. The defaults are what `pack` does without flags.
package struct PackOptions: Sendable {
  /// What to do about the manifest that stands first in an artifact.
  package enum ManifestRule: Sendable {
    /// A directory that has one must agree with it, file by file; for others it is made on the way.
    case verify
    /// Always made from what is read, for a directory that has moved on since its manifest was written.
    case make
  }

  /// How the tar stream is stored.
  package var compression: Compression
  /// Nil: the compression's own default.
  package var level: Int?
  /// Modification time of every member in seconds since 1970: 0, or SOURCE_DATE_EPOCH.
  package var modificationTime: Int64 = 0
  /// Threads that read, hash and compress. Does not change the result.
  package var workers: Int
  package var manifest = ManifestRule.verify
  /// Files that take part.
  package var filter = MemberFilter.all
  /// How often to try when the directory changes under the reading.
  package var attempts = 3
  /// Permission bits of the finished file.
  package var mode: UInt32 = 0o644
  /// Also write `NAME.sha256`, which `sha256sum -c` reads.
  package var writesChecksumFile = false
  package var cancellation = CancellationFlag()
  /// Called now and then, from any thread, never from two at once.
  package var progress: (@Sendable (ArtifactProgress) -> Void)?
  /// The seam of the secret gate: sees every byte that is going to be packed, in pieces of up to 8 MiB, from several
  /// threads at once, before anything is published. Throwing stops the pack.
  package var inspector: (@Sendable (InspectedPiece) throws(ArtifactError) -> Void)?

  package init(compression: Compression = .zstd, workers: Int? = nil) {
    self.compression = compression
    self.workers = workers ?? WorkerCrew.defaultCount()
  }
}

/// How far a pack, scan or unpack has come.
package struct ArtifactProgress: Sendable, Hashable {
  /// Bytes done, of the source's content (pack) or of the artifact (verify, unpack).
  package let bytes: Int
  /// Bytes there are to do.
  package let totalBytes: Int
  /// Files done.
  package let files: Int
  /// Files there are; nil while that is not known.
  package let totalFiles: Int?
}

/// A part of a file on its way into an artifact.
package struct InspectedPiece {
  /// Path in the directory.
  package let path: [UInt8]
  /// Of the first byte, in the file.
  package let offset: Int
  /// Valid during the call only.
  package let bytes: UnsafeRawBufferPointer
}

/// What a pack did.
package struct PackReport: Sendable {
  /// SHA-256 of the manifest: the identity of the fixture.
  package let treeDigest: SHA256Digest
  /// SHA-256 of the artifact's bytes.
  package let artifactDigest: SHA256Digest
  /// Length of the artifact.
  package let artifactBytes: Int
  /// Files packed, the manifest not counted.
  package let files: Int
  /// Bytes of those files.
  package let sourceBytes: Int
  /// How often the directory had to be read to get one consistent moment.
  package let attempts: Int
  /// Whether the directory had a manifest that was checked, instead of one being made.
  package let hadManifest: Bool
}
