import Files
import FixtureTree
import Harness
import Migrations
import SystemPackage

/// Brings the data of a run up to date before the run begins: the fixture that it was copied from stays as it is.
struct RunMigration {
  let steps: StepOptions
  let context: CommandContext

  /// Whether there are steps that a directory lacks.
  func isNeeded(for directory: Directory) throws -> Bool {
    guard let document = try FixtureDocument.read(from: directory) else { return false }
    let registry = try steps.registry(for: document.name, in: context)
    return !MigrationPlanner(registry).plan(document, .init(path: "")).actions.isEmpty
  }

  /// Migrates what is in a directory that nobody else knows yet.
  ///
  /// - Throws: `HarnessError` with the stage `migrate`.
  func bringUpToDate(_ directory: Directory) throws {
    do {
      guard try isNeeded(for: directory) else { return }
      try migrate(directory)
    } catch {
      throw HarnessError(.migrate, error)
    }
  }

  /// A migration swaps its directory for another one, which the run's own is not to be before it has its sentinel: so a
  /// copy is migrated, with its snapshots beside it, and copied back.
  private func migrate(_ directory: Directory) throws {
    let place = context.environment.variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    let staged = try StagedDirectory.create(
      for: context.environment.path(place).appending("kumo-fixtures-migrated"), mode: 0o700)
    do {
      try staged.directory.makeDirectory("data")
      try directory.copyTree(to: staged.directory.subdirectory("data"))
      let data = staged.directory.path.appending("data")
      let settings = MigrationNeighbours(context: context).settings(
        stepTimeout: .seconds(600), keepSnapshots: 0, quiet: false)
      let run = try MigrationRun(data.string, steps, settings, in: context)
      try run.checkSum()
      _ = try run.executor.apply(data, .init(path: data.string))
      for entry in try directory.list() {
        if entry.kind == .directory { try directory.removeTree(entry.path) } else { try directory.remove(entry.path) }
      }
      try staged.directory.subdirectory("data").copyTree(to: directory)
      try staged.discard()
    } catch {
      try? staged.discard()
      throw error
    }
  }
}
