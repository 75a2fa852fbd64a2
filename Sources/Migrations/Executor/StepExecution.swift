import Files
import FixtureTree
import KumoState

/// One step on a staged tree: run it, prove that it kept to its scope, record it, validate the result.
struct StepExecution {
  let action: MigrationPlan.Action
  let settings: MigrationSettings
  let registry: MigrationRegistry

  /// Runs it; afterwards the tree is a whole fixture of the next version.
  ///
  /// - Parameter previous: the tree as it was before the step, at another place.
  /// - Returns: what the step noted.
  func run(on tree: inout StagedTree, _ previous: Directory) throws -> [String] {
    let before = tree.state
    let notes = try work(on: tree.directory)
    try tree.refresh()
    try checkScope(action.step.scope, tree, previous, before)
    try tree.seal(document(tree, before), layout: action.layout, before: before)
    try validate(tree, previous)
    return notes
  }

  private func work(on directory: Directory) throws -> [String] {
    let step = action.step
    let control = StepControl(limit: settings.stepTimeout, isCancelled: settings.isCancelled)
    switch action.work {
    case .merge: return []
    case .run: return try StepRunner.run(on: directory, control: control) { try step.apply(to: $0) }
    case .complete(let applied):
      return try StepRunner.run(on: directory, control: control) { try step.apply(to: $0, after: applied) }
    }
  }

  /// Throws when something outside of the scope is not what it was.
  func checkScope(_ scope: StepScope, _ tree: StagedTree, _ previous: Directory, _ before: TreeState) throws {
    let check = ScopeCheck(
      scope: scope, before: previous, manifestBefore: before.manifest, after: tree.directory,
      manifestAfter: tree.state.manifest)
    let violations = try check.violations()
    guard let first = violations.first else { return }
    throw MigrationError(
      .refused, "'\(action.step.id)' changed \(first), which it does not declare to touch; nothing was changed",
      hint: "extend the scope of the step (\(action.step.location)), or let it keep to what it declares",
      details: violations.dropFirst().prefix(10).map { "also changed: \($0)" })
  }

  /// Throws when KUMO would not load the result completely.
  func validate(_ tree: StagedTree, _ previous: Directory) throws {
    let errors = try settings.validate(tree.directory).errors
    guard !errors.isEmpty else { return }
    let wasInvalid = try !settings.validate(previous).errors.isEmpty
    throw MigrationError(
      .refused,
      "after '\(action.step.id)' KUMO would not load the directory completely; nothing was changed",
      hint: wasInvalid
        ? "the directory was invalid before the step already: run 'kumo-fixtures validate' on it"
        : "correct the step (\(action.step.location))",
      details: Array(errors.prefix(10)))
  }

  /// The document with the step's record.
  private func document(_ tree: StagedTree, _ before: TreeState) -> FixtureDocument {
    var document = tree.document
    let step = action.step
    let isLayout = step.kind == .layout
    let appliedAt = GoTime(seconds: settings.now).description
    var row = LedgerRow(
      id: step.id, kind: isLayout ? .layout : .applied, stepKind: step.kind.rawValue, title: step.title,
      from: isLayout ? document.version : step.from, to: isLayout ? document.version : step.to, digest: action.digest,
      appliedAt: appliedAt, toolVersion: settings.toolVersion, treeDigestBefore: before.treeDigest,
      contentDigestAfter: tree.state.contentDigest, isOutOfOrder: action.isOutOfOrder)
    if action.work == .run {
      document.ledger.append(row)
    } else {
      row.kind = .merged
      row.supersedes = step.supersedes
      let place = document.ledger.firstIndex { step.supersedes.contains($0.id) } ?? document.ledger.count
      document.ledger.removeAll { step.supersedes.contains($0.id) }
      document.ledger.insert(row, at: min(place, document.ledger.count))
    }
    if !isLayout {
      document.version = LedgerState(document, chain: registry.chain(for: document.name)).version(with: [step.id])
    }
    document.lastMigration = appliedAt
    return document
  }

  /// What an error of a step means to the user.
  static func describe(_ error: any Error, _ step: any MigrationStep) -> any Error {
    switch error {
    case let error as MigrationError: return error
    case let error as FilesError: return error
    case let error as StepError:
      return MigrationError(
        .stepFailed, "'\(step.id)' failed: \(error.message); nothing was changed",
        hint: error.hint ?? "look at the step (\(step.location))")
    default:
      return MigrationError(
        .stepFailed, "'\(step.id)' failed: \(error); nothing was changed", hint: "look at the step (\(step.location))")
    }
  }
}
