/// How much an archive may ask of this machine. The defaults fit any fixture; a larger one is opened by raising them.
package struct ArtifactLimits: Sendable, Hashable {
  /// Members, directories included.
  package var members = 1_000_000
  /// Bytes of all members together: 64 GiB.
  package var totalBytes = 64 << 30
  /// Bytes of one member: 32 GiB.
  package var memberBytes = 32 << 30
  /// Bytes of the archive after decompression for each byte of the file, looked at once 64 MiB have come out.
  package var ratio = 1000
  /// Bytes of a manifest, which is held in memory: 256 MiB, enough for more than the default number of members.
  package var manifestBytes = 256 << 20

  package init() {}
}
