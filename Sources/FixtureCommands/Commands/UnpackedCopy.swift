import Artifacts
import Files
import SystemPackage

/// An artifact opened as a directory for as long as a command works on it.
///
/// It stands in the system's place for temporary files, readable by this user only, and is removed at the end, also
/// when the command is stopped by a signal. What a killed command left there is removed by the next one.
enum UnpackedCopy {
  /// Unpacks an artifact, hands the directory to `body`, and removes it.
  ///
  /// - Throws: `ArtifactError` for an artifact that cannot be unpacked, `FilesError`, and what `body` throws.
  static func with<Result>(
    _ artifact: ArtifactFile, _ options: ReadOptions, in context: CommandContext, _ body: (Directory) throws -> Result
  ) throws -> Result {
    let place = context.environment.variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    let staged = try StagedDirectory.create(
      for: context.environment.path(place).appending("kumo-fixtures-unpacked"), mode: 0o700)
    do {
      var unpack = UnpackOptions(read: options)
      unpack.fileMode = 0o600
      unpack.directoryMode = 0o700
      try ArtifactExtractor.unpack(artifact, into: staged.directory, unpack)
      let result = try body(staged.directory)
      try context.environment.cancellation.check()
      try staged.discard()
      return result
    } catch {
      try? staged.discard()
      throw error
    }
  }
}
