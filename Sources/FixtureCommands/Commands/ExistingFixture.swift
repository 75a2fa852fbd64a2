import Digests
import Files
import FixtureTree
import SystemPackage

/// What stands where a fixture is to be written, when it may be overwritten.
struct ExistingFixture {
  /// The tree digest, when it is an unchanged fixture.
  let treeDigest: SHA256Digest?

  /// Looks at a target; nil when nothing is there.
  ///
  /// - Throws: `CommandFailure` with `.refused` when overwriting would lose something that the spec does not make again.
  static func inspect(_ target: FilePath, for name: String, force: Bool) throws -> ExistingFixture? {
    guard let directory = try open(target) else { return nil }
    if force { return ExistingFixture(treeDigest: nil) }
    for sentinel in FixtureNames.sentinels where try directory.status(sentinel) != nil {
      throw CommandFailure(
        .refused, "'\(target)' is the directory of a run ('\(sentinel)' is there), generating would destroy it",
        hint: "name another directory with --out")
    }
    guard let document = try FixtureDocument.read(from: directory) else {
      if try directory.list().isEmpty { return ExistingFixture(treeDigest: nil) }
      throw CommandFailure(
        .refused, "'\(target)' is not empty and is no fixture (it has no fixture.json), generating would destroy it",
        hint: "name another directory with --out, or add --force to overwrite it")
    }
    guard document.name.utf8.elementsEqual(name.utf8) else {
      throw CommandFailure(
        .refused, "'\(target)' holds the fixture '\(document.name)', not '\(name)'",
        hint: "name another directory with --out, or add --force to overwrite it")
    }
    guard let manifest = try TreeManifest.read(from: directory) else {
      throw CommandFailure(
        .refused, "'\(target)' has no manifest, so changes in it cannot be told from what was generated",
        hint: "add --force to overwrite it")
    }
    let differences = try manifest.differences(from: directory)
    guard let first = differences.first else { return ExistingFixture(treeDigest: manifest.treeDigest) }
    let others = differences.count == 1 ? "" : " and \(differences.count - 1) more"
    throw CommandFailure(
      .refused,
      "'\(target)' was changed since it was generated ('\(first.displayPath)'\(others)), generating would lose that",
      hint: "run 'kumo-fixtures validate \(target)' to see the changes, or add --force to overwrite them")
  }

  private static func open(_ target: FilePath) throws(FilesError) -> Directory? {
    do {
      return try Directory.open(target)
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
  }
}
