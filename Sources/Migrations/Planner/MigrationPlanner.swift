import FixtureTree

/// Compares a ledger with the registered steps. Reads no file and takes no lock.
package struct MigrationPlanner: Sendable {
  /// What was asked for.
  package struct Request: Sendable {
    /// The version to stop at; nil for the last one.
    package var target: Int?
    /// Whether steps may be applied although later ones were.
    package var allowsOutOfOrder: Bool
    /// The directory as the user named it, for the commands in messages.
    package var path: String
    /// The options about steps as they are typed again, with a space in front, for the commands in messages.
    package var arguments: String

    package init(path: String, target: Int? = nil, allowsOutOfOrder: Bool = false, arguments: String = "") {
      self.path = path
      self.arguments = arguments
      self.target = target
      self.allowsOutOfOrder = allowsOutOfOrder
    }
  }

  let registry: MigrationRegistry

  package init(_ registry: MigrationRegistry) {
    self.registry = registry
  }

  /// Makes the plan for a fixture.
  package func plan(_ document: FixtureDocument, _ request: Request) -> MigrationPlan {
    let chain = registry.chain(for: document.name)
    let ledger = LedgerState(document, chain: chain)
    let refusals = RefusalWriter(document: document, chain: chain, ledger: ledger, request: request)
    var actions: [MigrationPlan.Action] = []
    for entry in chain where request.target.map({ entry.step.to <= $0 }) ?? true {
      let state = ledger.state(of: entry)
      guard state == .pending || (state == .outOfOrder && request.allowsOutOfOrder) else { continue }
      actions.append(
        MigrationPlan.Action(
          step: entry.step, digest: entry.digest, work: ledger.work(for: entry), isOutOfOrder: state == .outOfOrder))
    }
    return MigrationPlan(
      document: document,
      targetVersion: ledger.version(with: actions.map(\.step.id)), latestVersion: chain.last?.step.to,
      statuses: ledger.statuses(), actions: actions, refusals: refusals.refusals(actions))
  }

  /// The refusal for a directory without `fixture.json`.
  package static func unknownDirectory(
    _ path: String, arguments: String = "", chain: [MigrationRegistry.Entry]
  ) -> MigrationError {
    let known = chain.map(\.step.id)
    let example = known.last ?? "ID"
    let list = known.isEmpty ? "" : " (the steps are \(known.joined(separator: ", ")))"
    let first = chain.first?.step.from ?? 1
    return MigrationError(
      .refused, "'\(path)' has no fixture.json, so nobody knows which steps its data has had",
      hint: "run 'kumo-fixtures adopt \(path) --baseline \(example)\(arguments)' with the last step whose effect the "
        + "data has\(list), or 'kumo-fixtures adopt \(path) --fixture-version \(first)' when it has none")
  }
}
