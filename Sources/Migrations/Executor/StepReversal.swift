import Files
import FixtureTree

/// One step taken back on a staged tree, and the proof that the state before it is there again.
struct StepReversal {
  let row: LedgerRow
  let entry: MigrationRegistry.Entry
  let settings: MigrationSettings
  let registry: MigrationRegistry

  /// Takes the step back.
  ///
  /// - Parameters:
  ///   - previous: the tree as it was before, at another place.
  ///   - acceptsUnproven: whether a directory may be taken back that was changed after the step, so that no recorded digest
  ///     can be expected.
  /// - Returns: what the step noted.
  func run(on tree: inout StagedTree, _ previous: Directory, acceptsUnproven: Bool) throws -> [String] {
    let before = tree.state
    let isAsRecorded = before.contentDigest == row.contentDigestAfter
    if !isAsRecorded, !acceptsUnproven {
      throw MigrationError(
        .refused, "the directory was changed after '\(row.id)', so its state before the step cannot be proved",
        hint: "add --accept-unproven, or restore the snapshot by leaving out --down")
    }
    let step = entry.step
    let control = StepControl(limit: settings.stepTimeout, isCancelled: settings.isCancelled)
    var notes = try StepRunner.run(on: tree.directory, control: control) { try step.revert(in: $0) }
    try tree.refresh()
    let execution = StepExecution(
      action: MigrationPlan.Action(step: step, digest: entry.digest), settings: settings, registry: registry)
    try execution.checkScope(step.scope, tree, previous, before)
    try tree.seal(document(tree.document), before: before)
    try execution.validate(tree, previous)
    if tree.state.treeDigest == row.treeDigestBefore { return notes }
    guard isAsRecorded else { return notes + ["the state before '\(row.id)' could not be proved"] }
    if isOnlyDocument(tree) {
      notes.append("the data is that from before '\(row.id)'; fixture.json is not")
      return notes
    }
    throw MigrationError(
      .refused, "taking '\(row.id)' back does not give the state before it; nothing was changed",
      hint: "correct its way back (\(step.location)), or restore the snapshot by leaving out --down",
      details: ["recorded \(row.treeDigestBefore)", "came out \(tree.state.treeDigest)"])
  }

  /// Whether the data is what it was after the row before this one.
  private func isOnlyDocument(_ tree: StagedTree) -> Bool {
    guard let last = tree.document.ledger.last else { return false }
    return last.contentDigestAfter == tree.state.contentDigest
  }

  /// The document as it was before the step.
  private func document(_ current: FixtureDocument) -> FixtureDocument {
    var document = current
    guard let index = document.ledger.lastIndex(where: { $0.id == row.id }) else { return document }
    document.version = RollbackRequest.version(before: index, of: document)
    document.ledger.remove(at: index)
    document.lastMigration = document.ledger.last { $0.kind != .baseline }?.appliedAt
    return document
  }
}
