import Files
import FixtureTree
import KumoState

/// A file of the directory that is redacted, and how it is read.
struct SourceFile: Sendable {
  /// What the file is to KUMO and to us.
  enum Role: Sendable, Equatable {
    /// A service's snapshot, or what a crash left of one.
    case service(KumoService, isLeftover: Bool)
    /// JSON of no known service.
    case unknownService
    /// The body of S3 objects, named by its SHA-256.
    case blob
    /// Anything else.
    case content
    /// Our manifest: digests and names, written anew when anything changed.
    case manifest
  }

  let path: RelativePath
  let status: FileStatus
  let role: Role

  init(_ path: RelativePath, _ status: FileStatus) {
    self.path = path
    self.status = status
    role = Self.role(of: path)
  }

  private static func role(of path: RelativePath) -> Role {
    if path == FixtureNames.manifest { return .manifest }
    if path == FixtureNames.document { return .content }
    let names = path.components
    if names.count == 2, names[0].elementsEqual(DataDirectoryName.blobDirectoryName.utf8) {
      return BlobDirectoryName.isDigest(names[1]) ? .blob : .content
    }
    guard names.count == 1 else { return .content }
    switch DataDirectoryName(path.bytes) {
    case .service(let service): return .service(service, isLeftover: false)
    case .serviceTemporary(let service): return .service(service, isLeftover: true)
    case .unknownSnapshot: return .unknownService
    default: return .content
    }
  }

  /// Where findings of this file are counted: one place for all bodies.
  var place: String {
    role == .blob ? DataDirectoryName.blobDirectoryName : path.description
  }

  /// The files of a directory, the longest first so that no core waits for one at the end.
  ///
  /// - Throws: `FilesError`, also for what is neither a file nor a folder.
  static func all(in directory: Directory) throws -> (files: [SourceFile], folders: [RelativePath]) {
    var files: [SourceFile] = []
    var folders: [RelativePath] = []
    for entry in try directory.walk(WalkOptions(statuses: true)) {
      switch entry.kind {
      case .directory: folders.append(entry.path)
      case .file:
        guard let status = try entry.status ?? directory.status(entry.path) else { continue }
        files.append(SourceFile(entry.path, status))
      default:
        throw FilesError(
          .notRegular, path: entry.path.description,
          message: "'\(entry.path)' is \(entry.kind.words), a data directory holds regular files and folders only",
          hint: "remove it, or replace it by a regular file")
      }
    }
    return (files.sorted { ($0.status.size, $1.path) > ($1.status.size, $0.path) }, folders)
  }
}
