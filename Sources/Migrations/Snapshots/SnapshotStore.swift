import Digests
import Files
import FixtureTree
import SystemPackage

/// A whole directory as it was, kept beside it under its tree digest.
package struct Snapshot: Sendable, Equatable {
  /// The tree digest, 64 hexadecimal digits; also the name of its folder.
  package let digest: String
  /// Where it stands.
  package let path: FilePath
  /// The fixture's name and version, when its `fixture.json` can be read.
  package let fixture: String?
  /// The fixture's version.
  package let version: Int?
  /// Bytes of its files; where the file system shares blocks they may cost nothing.
  package let byteCount: Int64
  /// Seconds since 1970 when it was put there.
  package let created: Int64
}

/// The snapshots of a directory: `.NAME.kumo-fixtures-snapshots/<tree digest>` beside it, on the same file system, so
/// that blocks are shared where it can do that (btrfs, XFS).
package struct SnapshotStore: Sendable {
  /// The folder of the snapshots.
  package let folder: FilePath
  private let target: FilePath
  private let name: RelativePath

  /// The store of a directory, which may be named through a link. Nothing is made yet.
  ///
  /// - Throws: `FilesError` for a path that cannot be swapped as a whole.
  package init(for directory: FilePath) throws(FilesError) {
    target = try StagedDirectory.resolvedTarget(directory)
    let place = try Directory.containing(target)
    name = try RelativePath(Array(".".utf8) + place.name.bytes + Array(".kumo-fixtures-snapshots".utf8))
    folder = FilePath(bytes: place.directory.path.bytes + [UInt8(ascii: "/")] + name.bytes)
  }

  /// All snapshots, the newest first.
  ///
  /// - Throws: `FilesError` when the folder is there and cannot be read.
  package func list() throws(FilesError) -> [Snapshot] {
    guard let directory = try open() else { return [] }
    var snapshots: [Snapshot] = []
    for entry in try Self.entries(of: directory) {
      guard let tree = try? directory.subdirectory(entry.name) else { continue }
      let document = try? FixtureDocument.read(from: tree)
      let files = (try? tree.walk(WalkOptions(statuses: true))) ?? []
      snapshots.append(
        Snapshot(
          digest: entry.name.description, path: tree.path, fixture: document?.name, version: document?.version,
          byteCount: files.reduce(0) { $0 + ($1.kind == .file ? $1.status?.size ?? 0 : 0) },
          created: entry.created.seconds))
    }
    return snapshots
  }

  /// The folders of snapshots, the newest first. What is in them is not looked at: there may be many files.
  private static func entries(of directory: Directory) throws(FilesError) -> [(name: RelativePath, created: FileTime)] {
    var entries: [(name: RelativePath, created: FileTime)] = []
    for entry in try directory.list(WalkOptions(statuses: true)) {
      guard entry.kind == .directory, SHA256Digest(hex: entry.path.bytes) != nil, let status = entry.status else {
        continue
      }
      // The rename that puts a snapshot in place changes this time, and nothing does afterwards.
      entries.append((entry.path, status.changed))
    }
    return entries.sorted { ($1.created, $1.name) < ($0.created, $0.name) }
  }

  /// Copies a tree into the store. One that is there already, and whole, is kept.
  ///
  /// - Parameter digest: `sha256:` and the tree digest of the directory.
  /// - Returns: whether every file shares its blocks with the original.
  /// - Throws: `FilesError`, `DigestError`.
  @discardableResult
  package func add(_ directory: Directory, digest: String) throws -> Bool {
    let name = Self.folderName(digest)
    _ = try Directory.create(folder, mode: 0o700)
    let place = folder.appending(name)
    if let standing = try? Directory.open(place) {
      if try isWhole(standing, digest: digest) { return true }
      try Directory.open(folder).removeTree(RelativePath(text: name))
    }
    let staged = try StagedDirectory.create(for: place, mode: 0o700)
    // The swap of the directory itself waits for the whole file system, and comes later.
    staged.waitsForDisk = false
    let report = try directory.copyTree(to: staged.directory)
    try staged.commit(replacing: .mustNotExist)
    return report.shared == report.files
  }

  /// The tree of a snapshot, after every byte was compared with its digest; nil when there is none.
  ///
  /// - Throws: `MigrationError` when it is not what it was; `FilesError`.
  package func open(digest: String) throws -> Directory? {
    let name = Self.folderName(digest)
    let tree: Directory
    do {
      tree = try Directory.open(folder.appending(name))
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
    guard try isWhole(tree, digest: digest) else {
      throw MigrationError(
        .failed, "the snapshot '\(tree.path)' is not what it was: its tree digest is another",
        hint: "somebody wrote there; choose another snapshot ('kumo-fixtures migrate snapshots list \(target)')")
    }
    return tree
  }

  /// Removes all but the newest, and what killed runs left.
  ///
  /// - Returns: the digests of what was removed.
  /// - Throws: `FilesError`.
  @discardableResult
  package func prune(keeping count: Int) throws(FilesError) -> [String] {
    guard let directory = try open() else { return [] }
    var removed: [String] = []
    for entry in try Self.entries(of: directory).dropFirst(max(0, count)) {
      try directory.removeTree(entry.name)
      removed.append(entry.name.description)
    }
    try cleanUp(directory)
    if try directory.list().isEmpty { try Directory.containing(target).directory.remove(name) }
    return removed
  }

  /// Removes snapshots that a run has made for nothing.
  ///
  /// - Throws: `FilesError`.
  package func remove(_ digests: [String]) throws(FilesError) {
    guard !digests.isEmpty, let directory = try open() else { return }
    for digest in digests { try directory.removeTree(RelativePath(text: Self.folderName(digest))) }
    if try directory.list().isEmpty { try Directory.containing(target).directory.remove(name) }
  }

  /// Whether there is a snapshot of this digest, without looking into it.
  package func has(_ digest: String) -> Bool { (try? Directory.open(folder.appending(Self.folderName(digest)))) != nil }

  /// Removes what is left of snapshots whose making was killed.
  private func cleanUp(_ directory: Directory) throws(FilesError) {
    var owners: Set<String> = []
    for entry in try directory.list() where ScratchName.kind(of: entry.path.bytes) != nil {
      let owner = entry.path.bytes.dropFirst().prefix(64)
      if SHA256Digest(hex: owner) != nil { owners.insert(String(decoding: owner, as: UTF8.self)) }
    }
    for owner in owners.sorted() { try StagedDirectory.removeStale(for: folder.appending(owner)) }
  }

  private func isWhole(_ tree: Directory, digest: String) throws -> Bool {
    try "sha256:" + TreeManifest(of: tree).treeDigest.hex == digest
  }

  private func open() throws(FilesError) -> Directory? {
    do {
      return try Directory.open(folder)
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
  }

  /// The digits of a digest.
  private static func folderName(_ digest: String) -> String {
    digest.hasPrefix("sha256:") ? String(digest.dropFirst(7)) : digest
  }
}
