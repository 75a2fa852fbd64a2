import FixtureTree

/// Where a step stands with a directory (docs/migrations.md has the table).
package enum StepState: String, Sendable, CaseIterable {
  /// Registered, not applied: `apply` runs it.
  case pending
  /// Applied, and still registered with the same digest.
  case applied
  /// Applied, but the registered step has another digest.
  case changed
  /// Applied, but no longer registered, and nothing stands for it.
  case missing
  /// Applied by a program that knows later steps than this one.
  case future
  /// Not applied, although a later step was.
  case outOfOrder = "out-of-order"
  /// Applied, and replaced in the list by a step that stands for it.
  case superseded
  /// Not applied because the directory began after it.
  case baseline
}

/// A step or a row of the ledger, and where it stands.
package struct StepStatus: Sendable, Equatable {
  /// The step's id.
  package var id: String
  /// The registered title, or the recorded one.
  package var title: String
  /// The version that it begins at.
  package var from: Int
  /// The version that it leads to.
  package var to: Int
  /// How it was written.
  package var kind: String
  /// Where it stands.
  package var state: StepState
  /// The registered step's digest; nil for one that is not registered.
  package var digest: String?
  /// The row of the ledger, when there is one.
  package var row: LedgerRow?
  /// Where the registered step was written.
  package var location: StepLocation?
  /// Whether it can be taken back without a snapshot.
  package var isReversible: Bool
  /// More to know: what it supersedes, or what supersedes it.
  package var remark: String?
}
