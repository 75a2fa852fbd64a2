/// What a teardown did, or would do.
package struct TeardownReport: Sendable, Equatable {
  /// What became of one group of files.
  package struct Group: Sendable, Equatable {
    /// `s3`, `dynamodb`, …; `output` for `logs/`, `fixture`, `other`.
    package var name: String
    /// Files when the first teardown of this run began to delete.
    package var files: Int
    /// Their sizes together.
    package var bytes: Int64
    /// Files that are still there.
    package var remaining: Int

    /// Describes a group.
    package init(name: String, files: Int, bytes: Int64, remaining: Int) {
      self.name = name
      self.files = files
      self.bytes = bytes
      self.remaining = remaining
    }
  }

  /// One thing that could not be done.
  package struct Failure: Sendable, Equatable {
    /// The path in the run's directory, or the directory's own; printable.
    package var path: String
    /// What went wrong.
    package var message: String
  }

  /// The run's name.
  package var run: String
  /// Its directory.
  package var path: String
  /// What its tests' resources are prefixed with, when that was said.
  package var namespace: String?
  /// The state that was found; nil when nothing was there any more.
  package var stateBefore: RunState?
  /// Whether this is only a plan.
  package var isDryRun = false
  /// Whether an earlier teardown had begun to delete.
  package var isResumed = false
  /// What there is, or was, to delete.
  package var groups: [Group] = []
  /// What could not be done.
  package var failures: [Failure] = []

  /// Whether nothing is left.
  package var isComplete: Bool { failures.isEmpty && !isDryRun }
  /// All files.
  package var files: Int { groups.reduce(0) { $0 + $1.files } }
  /// All bytes.
  package var bytes: Int64 { groups.reduce(0) { $0 + $1.bytes } }
  /// All files that are still there.
  package var remaining: Int { groups.reduce(0) { $0 + $1.remaining } }
}
