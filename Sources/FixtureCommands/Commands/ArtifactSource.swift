import Artifacts
import Files
import SystemPackage

/// What a path argument names: an artifact, an OCI layout with one in it, or a data directory.
enum ArtifactSource {
  case artifact(ArtifactFile)
  case directory(Directory)

  /// Opens what the argument names.
  ///
  /// - Throws: `FilesError` or `ArtifactError` when it is absent, unreadable or none of the three.
  static func open(_ argument: String, _ cancellation: CancellationFlag, in context: CommandContext) throws -> Self {
    let path = context.environment.path(argument)
    let directory: Directory
    do {
      directory = try Directory.open(path)
    } catch  where error.code == .notDirectory {
      return .artifact(try ArtifactFile.open(path))
    }
    guard OCILayoutReader.isLayout(directory) else { return .directory(directory) }
    return .artifact(try OCILayoutReader.open(directory, cancellation))
  }

  /// Opens an artifact; a data directory is none.
  static func openArtifact(
    _ argument: String, _ cancellation: CancellationFlag, in context: CommandContext
  ) throws -> ArtifactFile {
    switch try open(argument, cancellation, in: context) {
    case .artifact(let artifact): return artifact
    case .directory:
      throw CommandFailure(
        .failure, "'\(argument)' is a directory without an OCI layout, not an artifact",
        hint: "make an artifact of it with 'kumo-fixtures pack \(argument) --out NAME.tar.zst'")
    }
  }
}
