import Files
import FixtureTree

/// What the executor is given by the command line: the world around it, and the rooms that it does not know itself.
package struct MigrationSettings: Sendable {
  /// What the validation of a directory found.
  package struct Verdict: Sendable, Equatable {
    /// The errors, a line each; empty when KUMO loads the directory completely.
    package var errors: [String]

    package init(errors: [String]) {
      self.errors = errors
    }
  }

  /// Told about progress; called on one thread.
  package enum Event: Sendable {
    /// Something long begins, such as reading the directory.
    case working(String)
    /// A step begins: its place in the list, from 1, and the length of the list.
    case started(id: String, title: String, index: Int, count: Int)
    /// A step ended, after this many milliseconds.
    case finished(id: String, milliseconds: Int)
    /// A step failed; nothing will be changed.
    case failed(id: String)
  }

  /// The version of the tool, for the ledger.
  package var toolVersion: String
  /// The time for the ledger, seconds since 1970.
  package var now: Int64
  /// How long one step may take; nil for no limit.
  package var stepTimeout: Duration?
  /// How many snapshots are kept; 0 for none.
  package var keepSnapshots: Int
  /// Whether the whole command was asked to stop.
  package var isCancelled: @Sendable () -> Bool
  /// Validates a finished tree.
  package var validate: @Sendable (Directory) throws -> Verdict
  /// Processes that write to a directory without taking a lock: running KUMO servers.
  package var writers: @Sendable (Directory) -> [Int32]
  /// Told about progress.
  package var progress: @Sendable (Event) -> Void

  /// Settings without neighbours: nothing is validated, nobody writes.
  package init(
    toolVersion: String, now: Int64, stepTimeout: Duration? = nil, keepSnapshots: Int = 10,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    validate: @escaping @Sendable (Directory) throws -> Verdict = { _ in Verdict(errors: []) },
    writers: @escaping @Sendable (Directory) -> [Int32] = { _ in [] },
    progress: @escaping @Sendable (Event) -> Void = { _ in }
  ) {
    self.toolVersion = toolVersion
    self.now = now
    self.stepTimeout = stepTimeout
    self.keepSnapshots = keepSnapshots
    self.isCancelled = isCancelled
    self.validate = validate
    self.writers = writers
    self.progress = progress
  }
}

/// What a migration did.
package struct MigrationOutcome: Sendable {
  /// One step that was applied or taken back.
  package struct Step: Sendable, Equatable {
    /// The step's id.
    package var id: String
    /// What was done: `applied`, `merged`, `layout`, `reverted`.
    package var what: String
    /// The version that the directory has after it.
    package var version: Int
    /// How long it took with all checks.
    package var milliseconds: Int
    /// The tree digest after it.
    package var treeDigest: String
    /// What the step had to say.
    package var notes: [String]
  }

  /// The steps, in order; empty when there was nothing to do.
  package var steps: [Step] = []
  /// The version before and after.
  package var versions: (before: Int, after: Int)
  /// The tree digest before and after.
  package var treeDigests: (before: String, after: String)
  /// Tree digests of the snapshots that were made.
  package var snapshots: [String] = []
  /// Whether they share their blocks with the directory.
  package var sharesSpace = false
  /// What could not be cleaned up, although everything is done.
  package var leftovers: [String] = []
}
