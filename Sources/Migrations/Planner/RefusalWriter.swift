import FixtureTree

/// Says why a directory is not migrated, with what to do.
struct RefusalWriter {
  let document: FixtureDocument
  let chain: [MigrationRegistry.Entry]
  let ledger: LedgerState
  let request: MigrationPlanner.Request

  func refusals(_ actions: [MigrationPlan.Action]) -> [MigrationError] {
    let statuses = ledger.statuses()
    return [
      future(statuses.filter { $0.state == .future }), changed(statuses.filter { $0.state == .changed }),
      missing(statuses.filter { $0.state == .missing }),
      request.allowsOutOfOrder ? nil : outOfOrder(statuses.filter { $0.state == .outOfOrder }),
      target(), path(actions),
    ].compactMap { $0 }
  }

  private func future(_ steps: [StepStatus]) -> MigrationError? {
    let last = chain.last?.step.to
    guard !steps.isEmpty || (last.map { document.version > $0 } ?? false) else { return nil }
    let known = last.map { "the steps here lead to version \($0)" } ?? "no steps for '\(document.name)' are known here"
    let tools = Set(steps.compactMap { $0.row?.toolVersion }).sorted().joined(separator: ", ")
    let unknown = steps.isEmpty ? "" : ", by steps that are not known here"
    return MigrationError(
      .refused,
      "'\(request.path)' is newer than this list of steps: it has version \(document.version)\(unknown), "
        + known,
      hint: "use the version of the project that has those steps; until then the directory can be read, packed and "
        + "validated, not written",
      details: steps.map {
        "\($0.id) (to version \($0.to))\(tools.isEmpty ? "" : ", applied by kumo-fixtures \(tools)")"
      })
  }

  private func changed(_ steps: [StepStatus]) -> MigrationError? {
    guard let first = steps.first else { return nil }
    let before = predecessor(of: first)
    return MigrationError(
      .refused, "\(names(steps)) changed after being applied to '\(request.path)'",
      hint: "restore the step as it was (git log \(first.location?.file ?? "")) and write a new one for the change, or "
        + "take it back with 'kumo-fixtures migrate rollback \(request.path) --to \(first.from)"
        + "\(request.arguments)'\(before)",
      details: steps.map { step in
        "\(step.id): applied as \(step.row?.digest ?? "?"), is now \(step.digest ?? "?") at \(place(step))"
      })
  }

  private func missing(_ steps: [StepStatus]) -> MigrationError? {
    guard !steps.isEmpty else { return nil }
    return MigrationError(
      .refused,
      "\(names(steps)) \(steps.count == 1 ? "was" : "were") applied to '\(request.path)' and "
        + "\(steps.count == 1 ? "is" : "are") no longer in the list of steps",
      hint:
        "restore the step, or let the step that replaces it say 'supersedes: [\(steps.map(\.id).joined(separator: ", "))]'",
      details: steps.map { "\($0.id) (version \($0.from) to \($0.to)), applied at \($0.row?.appliedAt ?? "?")" })
  }

  private func outOfOrder(_ steps: [StepStatus]) -> MigrationError? {
    guard let first = steps.first else { return nil }
    let later = ledger.statuses().last { $0.state == .applied && $0.to > first.to && $0.kind != "layout" }
    return MigrationError(
      .refused,
      "\(names(steps)) \(steps.count == 1 ? "was" : "were") added before "
        + "\(later.map { "'\($0.id)'" } ?? "a step") that '\(request.path)' has had already",
      hint: "if it does not matter which comes first, run 'kumo-fixtures migrate apply \(request.path) "
        + "--allow-out-of-order\(request.arguments)' (the ledger records that); otherwise build the directory anew",
      details: steps.map { "\($0.id) (version \($0.from) to \($0.to)) at \(place($0))" })
  }

  /// A version to stop at must be one that a step leads to.
  private func target() -> MigrationError? {
    guard let target = request.target, target != document.version else { return nil }
    if target < document.version {
      return MigrationError(
        .usage, "'\(request.path)' has version \(document.version) already, later than \(target)",
        hint: "run 'kumo-fixtures migrate rollback \(request.path) --to \(target)\(request.arguments)'")
    }
    guard !chain.contains(where: { $0.step.to == target }) else { return nil }
    let versions = chain.map { "\($0.step.to)" }.joined(separator: ", ")
    return MigrationError(
      .usage, "no step leads to version \(target)",
      hint: versions.isEmpty ? "there are no steps for '\(document.name)'" : "steps lead to \(versions)")
  }

  /// The first step that is to be run must begin where the directory is: at its version, or after a step that it has had
  /// (under whatever number).
  private func path(_ actions: [MigrationPlan.Action]) -> MigrationError? {
    guard let first = actions.first(where: { $0.work == .run && !$0.isOutOfOrder })?.step else { return nil }
    guard first.from != document.version, let index = chain.firstIndex(where: { $0.step.id == first.id }) else {
      return nil
    }
    if index > 0, ledger.state(of: chain[index - 1]) != .baseline { return nil }
    return MigrationError(
      .refused,
      "'\(request.path)' has version \(document.version), and the first step to be run, '\(first.id)', "
        + "begins at version \(first.from)",
      hint: document.version < first.from
        ? "apply the older steps with the version of the project that has them, or build the directory anew"
        : "no step begins at version \(document.version): was --fixture-version of 'kumo-fixtures adopt' right?")
  }

  private func names(_ steps: [StepStatus]) -> String { steps.map { "'\($0.id)'" }.joined(separator: ", ") }

  private func place(_ step: StepStatus) -> String { step.location?.description ?? "?" }

  private func predecessor(of step: StepStatus) -> String {
    guard let before = chain.last(where: { $0.step.to <= step.from })?.step.id else { return "" }
    return " (the state after '\(before)')"
  }
}
