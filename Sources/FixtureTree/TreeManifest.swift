import Digests
import Files

/// The manifest of a data directory, and with it the directory's identity.
package struct TreeManifest: Sendable, Equatable {
  /// The files with their digests.
  package let manifest: Manifest
  /// The manifest's text, as it stands in `manifest-sha256.txt`.
  package let bytes: [UInt8]
  /// SHA-256 of the text: the identity of a fixture (product.md).
  package let treeDigest: SHA256Digest
  /// The same without the line of `fixture.json`: what a ledger row inside `fixture.json` can name.
  package let contentDigest: SHA256Digest

  /// Makes the digests of a manifest.
  ///
  /// - Throws: `DigestError` when OpenSSL cannot hash.
  package init(_ manifest: Manifest) throws {
    self.manifest = manifest
    self.bytes = manifest.serialise()
    self.treeDigest = try SHA256Hasher.hash(of: bytes)
    let content = manifest.entries.filter { $0.name != FixtureNames.document.bytes }
    self.contentDigest = try SHA256Hasher.hash(of: Manifest(content).serialise())
  }

  /// Hashes every file of a directory that a manifest covers.
  ///
  /// - Parameters:
  ///   - workers: threads to use; 0 for one on each core.
  ///   - progress: told the bytes of each piece that was read; called on any worker.
  /// - Throws: `FilesError` for the first file that cannot be read or is no regular file, and whatever `progress`
  ///   throws to stop the work.
  package init(
    of directory: Directory, workers: Int = 0, progress: (@Sendable (Int) throws -> Void)? = nil
  ) throws {
    var paths: [RelativePath] = []
    for entry in try directory.walk() where FixtureNames.isCovered(entry.path) {
      switch entry.kind {
      case .directory: continue
      case .file: paths.append(entry.path)
      default:
        throw FilesError(
          .notRegular, path: entry.path.description,
          message: "'\(entry.path)' is \(entry.kind.words), a data directory holds regular files and folders only",
          hint: "remove it, or replace it by a regular file")
      }
    }
    let hashed = try TreeHasher.hash(paths, in: directory, workers: workers, progress: progress)
    try self.init(Manifest(hashed.map { Manifest.Entry(digest: try $0.result.get(), name: $0.path.bytes) }))
  }

  /// Puts the manifest into a directory in one step.
  ///
  /// - Throws: `FilesError`.
  package func write(to directory: Directory, mode: UInt32) throws(FilesError) {
    try directory.replace(FixtureNames.manifest, with: bytes, mode: mode)
  }

  /// The largest manifest that is read, in bytes: room for a few million files.
  package static let sizeLimit = 1024 * 1024 * 1024

  /// The manifest that stands in a directory; nil when there is none.
  ///
  /// - Throws: `FilesError`, or `FixtureTreeError` with `.badManifest` and the line.
  package static func read(from directory: Directory) throws -> TreeManifest? {
    guard try directory.status(FixtureNames.manifest) != nil else { return nil }
    let text = try directory.read(FixtureNames.manifest, limit: sizeLimit)
    do {
      return try TreeManifest(Manifest(parsing: text), writtenAs: text)
    } catch let error as ManifestError {
      throw FixtureTreeError(.badManifest, error.description, line: error.line)
    }
  }

  /// A manifest that was read: its identity is that of the text as it stands, which must be the text that we would write.
  private init(_ manifest: Manifest, writtenAs text: [UInt8]) throws {
    try self.init(manifest)
    guard bytes == text else {
      throw FixtureTreeError(
        .badManifest,
        "the manifest has the right form but is not sorted by bytes, or is not written as sha256sum writes it")
    }
  }
}
