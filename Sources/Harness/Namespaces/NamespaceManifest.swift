import Digests
import Files
import FixtureTree
import KumoState

/// Brings `fixture.json` and the manifest of a staged directory up to date with what a teardown changed.
struct NamespaceManifest {
  let before: Directory
  let after: Directory

  /// Gives the lines of changed files their new digests and drops those of removed ones. A line that was wrong before
  /// stays wrong: a difference that nobody has looked at must not disappear. Without a manifest that can be read
  /// nothing happens.
  func update(changed: Set<RelativePath>, removed: Set<RelativePath>) throws {
    var changed = changed
    if try updateDocument() { changed.insert(FixtureNames.document) }
    guard let manifest = try? TreeManifest.read(from: before) else { return }
    var entries: [Manifest.Entry] = []
    for entry in manifest.manifest.entries {
      guard let path = try? RelativePath(entry.name) else {
        entries.append(entry)
        continue
      }
      if removed.contains(path) { continue }
      let isOurs = try changed.contains(path) && digest(path, in: before) == entry.digest
      entries.append(isOurs ? Manifest.Entry(digest: try digest(path, in: after), name: entry.name) : entry)
    }
    let mode = try before.status(FixtureNames.manifest)?.mode ?? 0o600
    try TreeManifest(Manifest(entries)).write(to: after, mode: mode)
  }

  /// The layout is what the bodies that are left show.
  ///
  /// - Returns: whether `fixture.json` has changed.
  private func updateDocument() throws -> Bool {
    guard var document = try? FixtureDocument.read(from: before) else { return false }
    let layout = DirectoryInspection(after).layout.description
    guard document.layout != layout else { return false }
    document.layout = layout
    try document.write(to: after, mode: before.status(FixtureNames.document)?.mode ?? 0o600)
    return true
  }

  private func digest(_ path: RelativePath, in directory: Directory) throws -> SHA256Digest {
    guard let hashed = try TreeHasher.hash([path], in: directory, workers: 1).first else {
      return try SHA256Hasher.hash(of: [])
    }
    return try hashed.result.get()
  }
}
