import Digests
import Files
import FixtureTree
import SystemPackage

/// A directory that may be changed: locked, a fixture, used by nobody, and what its manifest says.
struct DirectoryGate {
  let target: FilePath
  let directory: Directory
  let document: FixtureDocument
  private let lock: DirectoryLock

  /// Locks a directory and looks at it.
  ///
  /// - Parameter arguments: the options about steps as they are typed again, with a space in front.
  /// - Throws: `MigrationError`, `FilesError` (with `.busy`, naming who holds the lock), `FixtureTreeError`.
  init(
    _ target: FilePath, shownAs path: String, arguments: String, settings: MigrationSettings,
    chain: [MigrationRegistry.Entry]
  ) throws {
    self.target = target
    // What cannot be swapped as a whole, such as a mount point, is refused before any work.
    _ = try StagedDirectory.resolvedTarget(target)
    lock = try DirectoryLock.acquire(target)
    directory = try Directory.open(target)
    for sentinel in FixtureNames.sentinels where try directory.status(sentinel) != nil {
      throw MigrationError(
        .refused, "'\(path)' is the directory of a run ('\(sentinel)' is there)",
        hint: "migrate the fixture that runs are made from")
    }
    let writers = settings.writers(directory)
    if let writer = writers.first {
      throw MigrationError(
        .refused, "KUMO (process \(writer)) works in '\(path)' and would write its own state over the result",
        hint: "stop it ('kill \(writer)'), then run again")
    }
    guard let document = try FixtureDocument.read(from: directory) else {
      throw MigrationPlanner.unknownDirectory(path, arguments: arguments, chain: chain)
    }
    self.document = document
  }

  /// Hashes the directory and compares it with its manifest.
  ///
  /// - Throws: `MigrationError` when it was changed since it was written.
  func state(shownAs path: String, settings: MigrationSettings) throws -> TreeState {
    settings.progress(.working("reading \(path)"))
    let isCancelled = settings.isCancelled
    let state = try TreeState(of: directory) { _ in
      if isCancelled() { throw StepError("stopped by a signal") }
    }
    guard let manifest = try TreeManifest.read(from: directory) else {
      throw MigrationError(
        .refused, "'\(path)' has no manifest, so changes in it cannot be told from what was generated",
        hint: "run 'kumo-fixtures adopt \(path) --force' if its content is what you want")
    }
    guard manifest.treeDigest == state.manifest.treeDigest else {
      throw MigrationError(
        .refused,
        "'\(path)' was changed since its manifest was written"
          + (Self.firstChange(manifest, state.manifest).map { " ('\($0)')" } ?? ""),
        hint:
          "run 'kumo-fixtures validate \(path)' to see the changes, and 'kumo-fixtures adopt \(path) --force' if they "
          + "are wanted")
    }
    return state
  }

  private static func firstChange(_ old: TreeManifest, _ new: TreeManifest) -> String? {
    for entry in old.manifest.entries where new.manifest[entry.name] != entry.digest {
      return DisplayName.escape(entry.name)
    }
    return new.manifest.entries.first { old.manifest[$0.name] == nil }.map { DisplayName.escape($0.name) }
  }
}
