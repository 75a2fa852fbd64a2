import Files
import FixtureTree
import SystemPackage

extension MigrationExecutor {
  /// Brings a directory back to an earlier state of its ledger, and proves by digests that it is that state.
  ///
  /// The state that is given up is kept as a snapshot, unless snapshots are turned off.
  ///
  /// - Throws: `MigrationError`, `FilesError`, `FixtureTreeError`; the directory is then what it was.
  package func rollback(_ target: FilePath, _ request: RollbackRequest) throws -> MigrationOutcome {
    let gate = try DirectoryGate(
      target, shownAs: request.path, arguments: request.arguments, settings: settings, chain: registry.entries)
    let first = try request.firstRow(in: gate.document)
    settings.progress(.working("reading \(request.path)"))
    let state = try TreeState(of: gate.directory)
    let store = try SnapshotStore(for: target)
    var outcome = MigrationOutcome(
      versions: (gate.document.version, gate.document.version), treeDigests: (state.treeDigest, state.treeDigest))
    let staged = try StagedDirectory.create(for: target)
    do {
      switch request.way {
      case .snapshot:
        try restore(gate.document, from: first, store, to: staged.directory, request, &outcome)
      case .down(let acceptsUnproven):
        let rows = Array(gate.document.ledger[first...])
        // Every refusal that can be known comes before any work.
        let entries = try rows.map { try entry(toTakeBack: $0, request) }
        try gate.directory.copyTree(to: staged.directory)
        let tree = try stagedTree(staged.directory, of: gate, state, request.path)
        try takeBack(
          Array(zip(rows, entries)).reversed(), on: tree, from: gate.directory, acceptsUnproven: acceptsUnproven, store,
          &outcome)
      }
      try checkCancelled()
      if settings.keepSnapshots > 0, !store.has(state.treeDigest) {
        outcome.sharesSpace = try store.add(gate.directory, digest: state.treeDigest)
        outcome.snapshots.append(state.treeDigest)
      }
      if let leftover = try staged.commit(replacing: .exchange).leftover { outcome.leftovers.append(leftover.message) }
    } catch {
      giveUp(staged, store, outcome)
      throw error
    }
    prune(store, &outcome)
    return withExtendedLifetime(gate) { outcome }
  }

  /// Copies the snapshot from before a row, and compares every byte with its digest.
  private func restore(
    _ document: FixtureDocument, from first: Int, _ store: SnapshotStore, to directory: Directory,
    _ request: RollbackRequest, _ outcome: inout MigrationOutcome
  ) throws {
    let digest = document.ledger[first].treeDigestBefore
    let id = document.ledger[first].id
    guard let snapshot = try store.open(digest: digest) else {
      throw MigrationError(
        .failed, "there is no snapshot of '\(request.path)' from before '\(id)' (\(digest))",
        hint:
          "run 'kumo-fixtures migrate rollback \(request.path) --down\(request.arguments)' if the steps can be taken back, or build the "
          + "directory anew; 'kumo-fixtures migrate snapshots list \(request.path)' lists what there is")
    }
    settings.progress(.working("restoring the state before \(id)"))
    try snapshot.copyTree(to: directory)
    let restored = try TreeState(of: directory)
    guard restored.treeDigest == digest else { throw changedMeanwhile("\(snapshot.path)") }
    let version = try FixtureDocument.read(from: directory)?.version ?? 0
    outcome.steps = document.ledger[first...].reversed().map { row in
      MigrationOutcome.Step(
        id: row.id, what: "reverted", version: row.kind == .layout ? version : row.from, milliseconds: 0,
        treeDigest: row.treeDigestBefore, notes: [])
    }
    outcome.versions.after = version
    outcome.treeDigests.after = restored.treeDigest
  }

  /// The registered step that can take a row back.
  private func entry(toTakeBack row: LedgerRow, _ request: RollbackRequest) throws -> MigrationRegistry.Entry {
    func refuse(_ reason: String) -> MigrationError {
      MigrationError(
        .refused, "'\(row.id)' cannot be taken back with --down: \(reason)",
        hint: "run 'kumo-fixtures migrate rollback \(request.path)\(request.arguments)' without --down to restore the "
          + "snapshot")
    }
    if row.kind != .applied { throw refuse("it is no step, but a row of the kind '\(row.kind.rawValue)'") }
    guard let entry = registry[row.id] else { throw refuse("it is not among the steps") }
    guard entry.digest == row.digest else { throw refuse("it changed after being applied") }
    guard entry.step.isReversible else { throw refuse(entry.step.irreversibility) }
    return entry
  }

  private func takeBack(
    _ rows: [(LedgerRow, MigrationRegistry.Entry)], on staged: StagedTree, from original: Directory,
    acceptsUnproven: Bool, _ store: SnapshotStore, _ outcome: inout MigrationOutcome
  ) throws {
    var tree = staged
    var previous = original
    for (index, (row, entry)) in rows.enumerated() {
      let step = entry.step
      settings.progress(.started(id: step.id, title: step.title, index: index + 1, count: rows.count))
      let clock = ContinuousClock.now
      do {
        let reversal = StepReversal(row: row, entry: entry, settings: settings, registry: registry)
        let notes = try reversal.run(on: &tree, previous, acceptsUnproven: acceptsUnproven)
        let milliseconds = Self.milliseconds(since: clock)
        settings.progress(.finished(id: step.id, milliseconds: milliseconds))
        outcome.steps.append(
          MigrationOutcome.Step(
            id: step.id, what: "reverted", version: tree.document.version, milliseconds: milliseconds,
            treeDigest: tree.state.treeDigest, notes: notes))
      } catch {
        settings.progress(.failed(id: step.id))
        throw StepExecution.describe(error, step)
      }
      if index + 1 < rows.count {
        if !store.has(tree.state.treeDigest) { outcome.snapshots.append(tree.state.treeDigest) }
        try store.add(tree.directory, digest: tree.state.treeDigest)
        previous = try Directory.open(store.folder.appending(String(tree.state.treeDigest.dropFirst(7))))
      }
    }
    outcome.versions.after = tree.document.version
    outcome.treeDigests.after = tree.state.treeDigest
  }
}
