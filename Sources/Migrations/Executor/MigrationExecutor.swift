import Files
import FixtureTree
import KumoState
import SystemPackage

/// Changes directories: every change is built beside the directory and swapped in once, with its record inside.
package struct MigrationExecutor: Sendable {
  let registry: MigrationRegistry
  /// The world around it.
  package let settings: MigrationSettings

  package init(_ registry: MigrationRegistry, _ settings: MigrationSettings) {
    self.registry = registry
    self.settings = settings
  }

  /// Applies pending steps, and brings the directory to another layout when that was asked for.
  ///
  /// - Parameters:
  ///   - target: the directory.
  ///   - request: what was asked for; its path is the directory's name in messages.
  ///   - layout: makes the step that changes the layout of the fixture, after all others; nil for none.
  /// - Throws: `MigrationError`, `FilesError`, `FixtureTreeError`, `StepError`; the directory is then what it was.
  package func apply(
    _ target: FilePath, _ request: MigrationPlanner.Request,
    layout: ((Directory, FixtureDocument) throws -> MigrationPlan.Action?)? = nil
  ) throws -> MigrationOutcome {
    let gate = try DirectoryGate(
      target, shownAs: request.path, arguments: request.arguments, settings: settings, chain: registry.entries)
    let plan = MigrationPlanner(registry).plan(gate.document, request)
    if let first = plan.refusals.first {
      throw plan.refusals.count == 1 ? first : first.with(plan.refusals.dropFirst().map(\.message))
    }
    var actions = plan.actions
    if let action = try layout?(gate.directory, gate.document) { actions.append(action) }
    let state = try gate.state(shownAs: request.path, settings: settings)
    var outcome = MigrationOutcome(
      versions: (gate.document.version, gate.document.version), treeDigests: (state.treeDigest, state.treeDigest))
    guard !actions.isEmpty else { return outcome }
    let store = try SnapshotStore(for: target)
    let staged = try StagedDirectory.create(for: target)
    do {
      settings.progress(.working("keeping a snapshot of \(request.path)"))
      try snapshot(gate.directory, state, in: store, &outcome)
      settings.progress(.working("copying \(request.path)"))
      try gate.directory.copyTree(to: staged.directory)
      var tree = try stagedTree(staged.directory, of: gate, state, request.path)
      try run(actions, on: &tree, from: gate.directory, store, &outcome)
      try checkCancelled()
      settings.progress(.working("writing \(request.path)"))
      if let leftover = try staged.commit(replacing: .exchange).leftover { outcome.leftovers.append(leftover.message) }
      outcome.versions.after = tree.document.version
      outcome.treeDigests.after = tree.state.treeDigest
    } catch {
      giveUp(staged, store, outcome)
      throw error
    }
    prune(store, &outcome)
    return withExtendedLifetime(gate) { outcome }
  }

  /// Runs the actions one after the other, with a snapshot of every state in between.
  private func run(
    _ actions: [MigrationPlan.Action], on tree: inout StagedTree, from original: Directory, _ store: SnapshotStore,
    _ outcome: inout MigrationOutcome
  ) throws {
    var previous = original
    for (index, action) in actions.enumerated() {
      let step = action.step
      settings.progress(.started(id: step.id, title: step.title, index: index + 1, count: actions.count))
      let clock = ContinuousClock.now
      do {
        try checkCancelled()
        let notes = try StepExecution(action: action, settings: settings, registry: registry).run(on: &tree, previous)
        let milliseconds = Self.milliseconds(since: clock)
        settings.progress(.finished(id: step.id, milliseconds: milliseconds))
        outcome.steps.append(
          MigrationOutcome.Step(
            id: step.id, what: action.word, version: tree.document.version, milliseconds: milliseconds,
            treeDigest: tree.state.treeDigest, notes: notes))
      } catch {
        settings.progress(.failed(id: step.id))
        throw StepExecution.describe(error, step)
      }
      if index + 1 < actions.count {
        try snapshot(tree.directory, tree.state, in: store, &outcome)
        // Steps with a scope are compared with the state before them, which the next step is about to overwrite.
        if let kept = try? Directory.open(store.folder.appending(String(tree.state.treeDigest.dropFirst(7)))) {
          previous = kept
        }
      }
    }
  }

  private func snapshot(
    _ directory: Directory, _ state: TreeState, in store: SnapshotStore, _ outcome: inout MigrationOutcome
  ) throws {
    let isNew = !store.has(state.treeDigest)
    if isNew { outcome.snapshots.append(state.treeDigest) }
    outcome.sharesSpace = try store.add(directory, digest: state.treeDigest)
  }

  /// Removes what was built in vain, with the snapshots of states that never came to be. When only the disk's last
  /// word is missing, the result is in place already, and its snapshots are its way back.
  func giveUp(_ staged: StagedDirectory, _ store: SnapshotStore, _ outcome: MigrationOutcome) {
    let standing = try? Directory.open(staged.target).status()
    if let standing, let built = try? staged.directory.status(), standing.isSameFile(as: built) { return }
    try? staged.discard()
    try? store.remove(outcome.snapshots)
  }

  /// Everything is done when this is called: what cannot be removed is only told.
  func prune(_ store: SnapshotStore, _ outcome: inout MigrationOutcome) {
    do {
      let removed = try store.prune(keeping: settings.keepSnapshots)
      outcome.snapshots.removeAll { removed.contains(String($0.dropFirst(7))) }
    } catch {
      outcome.leftovers.append(error.message)
    }
  }

  func checkCancelled() throws(StepError) {
    if settings.isCancelled() { throw StepError("stopped by a signal; nothing was changed") }
  }

  /// A fresh copy of a directory, after a second look at the original: KUMO takes no lock, and may have begun to write.
  func stagedTree(
    _ copy: Directory, of gate: DirectoryGate, _ state: TreeState, _ path: String
  ) throws -> StagedTree {
    guard try TreeState(of: gate.directory, after: state).treeDigest == state.treeDigest else {
      throw changedMeanwhile(path)
    }
    return StagedTree(copy, document: gate.document, state: try TreeState(of: copy, copiedFrom: state))
  }

  func changedMeanwhile(_ path: String) -> MigrationError {
    MigrationError(
      .failed, "'\(path)' changed while it was being copied",
      hint: "find out which program writes there (a running KUMO does), then run again")
  }

  static func milliseconds(since start: ContinuousClock.Instant) -> Int {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
  }
}

extension MigrationError {
  /// The same with more lines.
  func with(_ more: [String]) -> MigrationError {
    MigrationError(code, message, hint: hint, details: details + more)
  }
}

extension MigrationPlan.Action {
  /// What is done, in a word.
  var word: String {
    if step.kind == .layout { return "layout" }
    return work == .merge ? "merged" : "applied"
  }
}
