import Files
import FixtureTree
import SystemPackage

/// A migration on a copy that is thrown away.
package struct Rehearsal: Sendable {
  let executor: MigrationExecutor

  package init(_ executor: MigrationExecutor) {
    self.executor = executor
  }

  /// Migrates a copy that stands beside the directory.
  ///
  /// - Parameters:
  ///   - target: the directory; it is read under a shared lock while it is copied, and not changed.
  ///   - body: given the directory, the migrated copy and what was done, before the copy is removed.
  /// - Throws: as `MigrationExecutor.apply`.
  package func run<R>(
    _ target: FilePath, _ request: MigrationPlanner.Request,
    layout: ((Directory, FixtureDocument) throws -> MigrationPlan.Action?)? = nil,
    _ body: (Directory, Directory, MigrationOutcome) throws -> R
  ) throws -> R {
    try inRoom(of: target) { original, room in
      try room.makeDirectory("copy")
      try original.copyTree(to: room.subdirectory("copy"))
      let copy = room.path.appending("copy")
      let outcome = try executor.apply(copy, request, layout: layout)
      return try body(original, Directory.open(copy), outcome)
    }
  }

  /// Lets a migration go wrong in every way on copies that stand beside the directory.
  ///
  /// - Throws: as `ChaosRehearsal.run`.
  package func chaos(
    _ target: FilePath, _ chaos: ChaosRehearsal, progress: (Int, Int) -> Void
  ) throws -> ChaosReport {
    try inRoom(of: target) { original, room in try chaos.run(original, in: room, progress: progress) }
  }

  /// A staging directory that is never put in place, and with it the directory under a shared lock.
  private func inRoom<R>(of target: FilePath, _ body: (Directory, Directory) throws -> R) throws -> R {
    let lock = try DirectoryLock.acquire(target, .shared)
    let original = try Directory.open(target)
    let staged = try StagedDirectory.create(for: target)
    do {
      let result = try body(original, staged.directory)
      try staged.discard()
      return withExtendedLifetime(lock) { result }
    } catch {
      try? staged.discard()
      throw error
    }
  }
}
