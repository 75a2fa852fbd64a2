import Digests
import Files
import FixtureTree

/// A tree with its digests, and what the file system says about its files, so that the next look hashes only what
/// changed.
struct TreeState: Sendable {
  /// The digests of all files but the manifest's own.
  let manifest: TreeManifest
  private let statuses: [RelativePath: FileStatus]

  /// Files smaller than this are hashed each time, in bytes: two writes within one tick of the file system's clock
  /// could go unnoticed in a small file, not in a large one.
  private static let smallFile: Int64 = 1 << 20

  /// Hashes a tree.
  ///
  /// - Parameters:
  ///   - previous: an earlier look at the same tree.
  ///   - progress: told the bytes of each piece that was read; throws to stop the work.
  /// - Throws: `FilesError` for the first file that cannot be read or is no regular file, `DigestError`.
  init(
    of directory: Directory, after previous: TreeState? = nil, progress: (@Sendable (Int) throws -> Void)? = nil
  ) throws {
    var statuses: [RelativePath: FileStatus] = [:]
    var known: [Manifest.Entry] = []
    var unknown: [RelativePath] = []
    for entry in try directory.walk(WalkOptions(statuses: true)) where FixtureNames.isCovered(entry.path) {
      guard entry.kind != .directory else { continue }
      guard entry.kind == .file, let status = entry.status else { throw Self.notRegular(entry) }
      statuses[entry.path] = status
      if let previous, status.size >= Self.smallFile, previous.statuses[entry.path] == status,
        let digest = previous.manifest.manifest[entry.path.bytes]
      {
        known.append(Manifest.Entry(digest: digest, name: entry.path.bytes))
      } else {
        unknown.append(entry.path)
      }
    }
    let hashed = try TreeHasher.hash(unknown, in: directory, progress: progress)
    let fresh = try hashed.map { Manifest.Entry(digest: try $0.result.get(), name: $0.path.bytes) }
    self.manifest = try TreeManifest(Manifest(known + fresh))
    self.statuses = statuses
  }

  /// The state of a copy that was just made of a tree: its digests are those of the original, which is still what it
  /// was.
  ///
  /// - Throws: `FilesError`.
  init(of copy: Directory, copiedFrom original: TreeState) throws {
    manifest = original.manifest
    var statuses: [RelativePath: FileStatus] = [:]
    for entry in try copy.walk(WalkOptions(statuses: true)) where entry.kind == .file {
      statuses[entry.path] = entry.status
    }
    self.statuses = statuses
  }

  /// The tree digest as ledgers write it.
  var treeDigest: String { "sha256:" + manifest.treeDigest.hex }
  /// The content digest as ledgers write it.
  var contentDigest: String { "sha256:" + manifest.contentDigest.hex }

  private static func notRegular(_ entry: TreeEntry) -> FilesError {
    FilesError(
      .notRegular, path: entry.path.description,
      message: "'\(entry.path)' is \(entry.kind.words), a data directory holds regular files and folders only",
      hint: "remove it, or replace it by a regular file")
  }
}
