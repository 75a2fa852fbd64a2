import FixtureTree

/// A ledger beside the steps of a fixture: which step stands where.
struct LedgerState {
  let document: FixtureDocument
  let chain: [MigrationRegistry.Entry]
  /// Rows about versions, by step id; layout changes are no steps of the user's.
  private let rows: [String: LedgerRow]
  /// The version that the directory began with: steps up to it were never to be run on it.
  let base: Int
  /// Which registered step stands for an old one.
  private let successors: [String: MigrationRegistry.Entry]
  /// The place of the last step in the chain that was applied, -1 for none.
  private let lastApplied: Int

  init(_ document: FixtureDocument, chain: [MigrationRegistry.Entry]) {
    self.document = document
    self.chain = chain
    let versioned = document.ledger.filter { $0.kind != .layout }
    rows = Dictionary(versioned.map { ($0.id, $0) }, uniquingKeysWith: { _, last in last })
    if let first = versioned.first {
      // A ledger that began out of order has its earliest version in another row.
      let earliest = versioned.map(\.from).min() ?? first.from
      base = first.kind == .baseline ? first.to : earliest
    } else {
      base = document.version
    }
    var successors: [String: MigrationRegistry.Entry] = [:]
    for entry in chain {
      for old in entry.step.supersedes where old != entry.step.id { successors[old] = entry }
    }
    self.successors = successors
    let rows = self.rows
    lastApplied = chain.lastIndex { rows[$0.step.id] != nil } ?? -1
  }

  /// The ids of the superseded steps of an entry that were applied here.
  func appliedParts(of entry: MigrationRegistry.Entry) -> Set<String> {
    Set(entry.step.supersedes.filter { $0 != entry.step.id && rows[$0] != nil })
  }

  /// Where a registered step stands.
  func state(of entry: MigrationRegistry.Entry) -> StepState {
    let step = entry.step
    if let row = rows[step.id] {
      // A step that keeps the name of one that it stands for is told apart by its row, which is no merged one yet.
      if step.supersedes.contains(step.id), row.digest != entry.digest { return .pending }
      if row.digest != entry.digest { return .changed }
      return row.kind == .baseline ? .baseline : .applied
    }
    let parts = appliedParts(of: entry)
    if parts.isEmpty, step.to <= base { return .baseline }
    if parts.count == step.supersedes.count, !parts.isEmpty { return .pending }
    let index = chain.firstIndex { $0.step.id == step.id } ?? chain.count
    return index < lastApplied ? .outOfOrder : .pending
  }

  /// The version of the directory once these steps are applied, too. A step counts with the version that it leads to now,
  /// whatever it was when it was applied.
  func version(with steps: [String]) -> Int {
    let done = chain.filter { rows[$0.step.id] != nil || steps.contains($0.step.id) }
    return max(document.version, done.map(\.step.to).max() ?? 0)
  }

  /// What has to be done for a pending step.
  func work(for entry: MigrationRegistry.Entry) -> MigrationPlan.Action.Work {
    let parts = Set(entry.step.supersedes.filter { rows[$0] != nil })
    if parts.isEmpty { return .run }
    return parts.count == entry.step.supersedes.count ? .merge : .complete(after: parts)
  }

  /// Where a row stands whose step is not registered.
  func state(ofUnregistered row: LedgerRow) -> StepState {
    if row.kind == .layout { return .applied }
    if successors[row.id] != nil { return .superseded }
    if row.kind == .baseline { return .baseline }
    guard let last = chain.last else { return .future }
    return row.to > last.step.to ? .future : .missing
  }

  /// Everything, in the order of versions; what is only in the ledger comes in its order.
  func statuses() -> [StepStatus] {
    var known: Set<String> = []
    var statuses = chain.map { entry in
      known.insert(entry.step.id)
      return StepStatus(
        id: entry.step.id, title: entry.step.title, from: entry.step.from, to: entry.step.to,
        kind: entry.step.kind.rawValue, state: state(of: entry), digest: entry.digest, row: rows[entry.step.id],
        location: entry.step.location, isReversible: entry.step.isReversible, remark: remark(about: entry))
    }
    for row in document.ledger where row.kind == .layout || !known.contains(row.id) {
      statuses.append(
        StepStatus(
          id: row.id, title: row.title, from: row.from, to: row.to, kind: row.stepKind,
          state: state(ofUnregistered: row), digest: nil, row: row, location: nil, isReversible: false,
          remark: successors[row.id].map { "superseded by \($0.step.id)" }))
    }
    return statuses.enumerated().sorted { left, right in
      (left.element.to, left.element.from, left.offset) < (right.element.to, right.element.from, right.offset)
    }.map(\.element)
  }

  private func remark(about entry: MigrationRegistry.Entry) -> String? {
    guard !entry.step.supersedes.isEmpty else { return nil }
    let names = "supersedes \(entry.step.supersedes.joined(separator: ", "))"
    guard state(of: entry) == .pending else { return names }
    switch work(for: entry) {
    case .run: return names
    case .merge: return names + "; all of them were applied, so it is only recorded"
    case .complete(let parts): return names + "; applied: \(parts.sorted().joined(separator: ", "))"
    }
  }
}
