import Digests
import Files
import FixtureTree
import JSONBytes
import KumoState
import SystemPackage

/// Repairs what can be repaired without guessing (`validate --fix`): leftover temporary files, references of empty
/// objects to blobs that are not there, and maps that are null or absent where KUMO needs an object.
///
/// Every other byte stays as it is. The directory is copied, changed and swapped in once; a manifest keeps its lines,
/// except those of files that were changed here and were right before.
public struct Repair {
  /// One thing that is repaired, or cannot be.
  public struct Action: Sendable, Equatable {
    /// The rule that is no longer broken afterwards.
    public var rule: Rule
    /// The file, relative to the directory, printable.
    public var file: String
    /// What is done, in words; where nothing can be done, why.
    public var message: String
    /// Whether it can be done.
    public var isPossible: Bool
  }

  /// What would be, or was, done; sorted by file.
  public private(set) var actions: [Action] = []

  private let directory: Directory
  private let path: FilePath
  private let leftovers: [RelativePath]
  private var edits: [RelativePath: [FileEdit]] = [:]

  /// Looks for what can be repaired and changes nothing.
  ///
  /// - Throws: an error when the directory itself is absent or cannot be read.
  public init(directory path: FilePath) throws {
    self.path = path
    directory = try Directory.open(path)
    let scan = DirectoryScan(directory)
    leftovers = scan.leftovers
    for leftover in leftovers {
      note(.leftoverFile, leftover, "remove the temporary file")
    }
    let hasEmptyBlob = scan.blobs.contains { DirectoryScan.blobName($0.path) == EmptyObjectRepair.blobName }
    for (service, entry) in scan.services {
      do {
        try plan(service, entry.path, hasEmptyBlob: hasEmptyBlob)
      } catch {
        // What is no JSON, or cannot be read, is for `validate` to report: there is nothing here to repair it with.
        edits[entry.path] = nil
      }
    }
    actions.sort { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
  }

  private mutating func plan(_ service: KumoService, _ path: RelativePath, hasEmptyBlob: Bool) throws {
    let file = ServiceFile(
      directory: directory, path: path, targets: [], targetsAreExplicit: false, now: 0)
    var found = try MapRepair.edits(for: service, file.reader())
    if !found.isEmpty {
      let rule: Rule = service.name == "s3" ? .s3NullMap : service.name == "dynamodb" ? .dynamoDBItems : .nullSeededMap
      note(
        rule, path, "write {} for \(counted(found.count, "map")) that \(found.count == 1 ? "is" : "are") null or absent"
      )
    }
    if service.name == "s3", !hasEmptyBlob {
      var empty = EmptyObjectRepair(file: try directory.open(path))
      try S3DocumentReader.read(file.reader(), &empty)
      if !empty.edits.isEmpty {
        note(.s3EmptyObjectRef, path, "remove the bodyRef of \(counted(empty.edits.count, "empty object"))")
      }
      if empty.refused > 0 {
        note(
          .s3EmptyObjectRef, path,
          "cannot remove the bodyRef of \(counted(empty.refused, "empty object")): it is written with escapes or far apart",
          isPossible: false)
      }
      found += empty.edits
    }
    if !found.isEmpty { edits[path] = found.sorted(by: FileEdit.precedes) }
  }

  private func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

  private mutating func note(_ rule: Rule, _ path: RelativePath, _ message: String, isPossible: Bool = true) {
    actions.append(Action(rule: rule, file: path.description, message: message, isPossible: isPossible))
  }

  /// Does it, in one swap; nothing happens when there is nothing to do.
  ///
  /// - Returns: what was done, in the manifest too.
  /// - Throws: an error that leaves the directory as it was: a link or a device in it, no space, no permission.
  public mutating func apply() throws -> [Action] {
    guard !leftovers.isEmpty || !edits.isEmpty else { return actions }
    let manifest = try? TreeManifest.read(from: directory)
    let hasManifest = try directory.status(FixtureNames.manifest) != nil
    let stage = try StagedDirectory.create(for: path)
    let rewritten = Set(edits.keys)
    let removed = Set(leftovers)
    try directory.copyTree(to: stage.directory) { entry, _ in !rewritten.contains(entry) && !removed.contains(entry) }
    for (path, edits) in edits {
      let source = try directory.open(path)
      let target = try stage.directory.create(path)
      try FileEdit.apply(edits, to: source, into: target)
      try target.setMode(source.status.mode)
    }
    if let manifest {
      try rewriteManifest(manifest, in: stage.directory)
    } else if hasManifest {
      note(.manifestFormat, FixtureNames.manifest, "left as it is, because it cannot be read", isPossible: false)
    }
    try stage.commit(replacing: .exchange)
    return actions
  }

  /// Gives the changed files' lines their new digests. A line that was wrong before stays wrong: a difference that
  /// nobody has looked at must not disappear.
  private mutating func rewriteManifest(_ manifest: TreeManifest, in stage: Directory) throws {
    let reader = DigestReader()
    var entries: [Manifest.Entry] = []
    var changed = 0
    for entry in manifest.manifest.entries {
      guard let path = try? RelativePath(entry.name) else {
        entries.append(entry)
        continue
      }
      if leftovers.contains(path) {
        changed += 1
      } else if edits[path] != nil {
        let before = try reader.read(path, in: directory, needsMD5: false).get()
        guard before.sha256 == entry.digest else {
          entries.append(entry)
          note(
            .manifestChanged, path, "its line in the manifest stays, because the file differed from it before",
            isPossible: false)
          continue
        }
        let after = try reader.read(path, in: stage, needsMD5: false).get()
        entries.append(Manifest.Entry(digest: after.sha256, name: entry.name))
        changed += 1
      } else {
        entries.append(entry)
      }
    }
    guard changed > 0 else { return }
    let mode = try directory.status(FixtureNames.manifest)?.mode ?? 0o600
    try TreeManifest(Manifest(entries)).write(to: stage, mode: mode)
    note(.manifestChanged, FixtureNames.manifest, "update \(counted(changed, "line")) of the manifest")
  }
}
