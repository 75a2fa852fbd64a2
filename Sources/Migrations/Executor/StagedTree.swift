import Digests
import Files
import FixtureTree
import JSONBytes
import KumoState

/// The tree that steps run on, with the document and the digests that it has so far.
struct StagedTree {
  let directory: Directory
  private(set) var document: FixtureDocument
  private(set) var state: TreeState
  /// The manifest's file, which no digest covers.
  private var manifestFile: FileStatus?

  /// Takes over a copy of a directory.
  init(_ directory: Directory, document: FixtureDocument, state: TreeState) {
    self.directory = directory
    self.document = document
    self.state = state
    self.manifestFile = try? directory.status(FixtureNames.manifest)
  }

  /// Looks at the tree after a step.
  ///
  /// - Throws: `MigrationError` when the step touched what is ours; as `TreeState`.
  mutating func refresh() throws {
    let fresh = try TreeState(of: directory, after: state)
    let own = FixtureNames.document.bytes
    guard fresh.manifest.manifest[own] == state.manifest.manifest[own],
      try directory.status(FixtureNames.manifest) == manifestFile
    else { throw StepError("it changed fixture.json or the manifest, which belong to this tool") }
    state = fresh
  }

  /// Puts a document into the tree, with the services and the layout that the tree shows, and a manifest over all of it.
  ///
  /// - Parameter layout: the layout that the tree was brought to; nil to look.
  /// - Throws: `FilesError`, `DigestError`, `JSONError`.
  mutating func seal(_ changed: FixtureDocument, layout: String? = nil, before: TreeState) throws {
    var document = changed
    document.services = state.manifest.manifest.entries.compactMap { entry in
      guard case .service(let service) = DataDirectoryName(entry.name) else { return nil }
      return service.name
    }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    document.layout = try layout ?? self.layout(before: before, document)
    let own = Manifest.Entry(
      digest: try SHA256Hasher.hash(of: document.bytes), name: FixtureNames.document.bytes)
    let others = state.manifest.manifest.entries.filter { $0.name != own.name }
    let manifest = try TreeManifest(Manifest(others + [own]))
    try document.write(to: directory, mode: 0o644)
    try manifest.write(to: directory, mode: 0o644)
    self.document = document
    manifestFile = try directory.status(FixtureNames.manifest)
    state = try TreeState(of: directory, after: state)
    guard state.manifest.treeDigest == manifest.treeDigest else {
      throw FilesError(
        .changed, path: directory.path.display, message: "'\(directory.path)' changed while it was being finished",
        hint: "find out which program writes there, then run again")
    }
  }

  /// What the objects show when they changed; where they show nothing, what the fixture said before.
  private func layout(before: TreeState, _ document: FixtureDocument) throws -> String {
    let path: RelativePath = "s3.json"
    guard state.manifest.manifest[path.bytes] != before.manifest.manifest[path.bytes],
      try directory.status(path) != nil
    else { return document.layout }
    let detected = try S3Inspection(.rewriting(try directory.open(path))).layout
    return detected == .none ? document.layout : detected.description
  }
}
