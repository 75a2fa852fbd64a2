import Files

/// The second phase of a teardown: nobody works in the directory, and its lock is held.
struct Deletion {
  let place: (directory: Directory, name: RelativePath)
  let directory: Directory
  let record: RunRecord
  let report: TeardownReport

  /// Deletes everything that can be deleted.
  ///
  /// - Throws: `FilesError` before the first deletion, when the directory cannot be read or the totals cannot be written.
  func run() throws -> TeardownReport {
    var report = report
    let plan = try DeletionPlan(directory)
    let totals = try settle(plan)
    report.isResumed = record.totals != nil
    for group in plan.groups {
      for file in group.files { delete(file.path, &report) }
    }
    for path in plan.scratch + plan.directories { delete(path, &report) }
    if report.failures.isEmpty { removeSentinelAndDirectory(&report) }
    let left = report.failures.isEmpty ? nil : try? DeletionPlan(directory)
    report.groups = Self.groups(totals, remaining: left)
    return report
  }

  /// Marks the run as deletable, with its totals in the sentinel; an earlier teardown's totals stay.
  private func settle(_ plan: DeletionPlan) throws -> RunRecord.Totals {
    let state = try RunState.of(directory) ?? .deletable
    if let totals = record.totals {
      if state != .deletable { try directory.rename(state.sentinel, to: RunState.deletable.sentinel) }
      return totals
    }
    var settled = record
    settled.totals = plan.totals
    // This waits for the disk, also for the change of state before it: no power cut makes a run active again of which
    // files are gone already.
    try directory.replace(state.sentinel, with: settled.bytes, mode: 0o644)
    if state != .deletable { try directory.rename(state.sentinel, to: RunState.deletable.sentinel) }
    return plan.totals
  }

  private func delete(_ path: RelativePath, _ report: inout TeardownReport) {
    do {
      try directory.remove(path)
    } catch {
      // Gone already: that is what was wanted.
      if error.code == .notFound { return }
      report.failures.append(.init(path: path.description, message: error.message))
    }
  }

  /// The sentinel leaves before its directory, or a kill between the two would leave a directory that says nothing; its
  /// content stays beside it under a hidden name until the directory is gone, so that the report survives, too.
  private func removeSentinelAndDirectory(_ report: inout TeardownReport) {
    let trace = Self.trace(of: place.name)
    do {
      try place.directory.rename(place.name.appending(RunState.deletable.sentinel), to: trace)
      try place.directory.remove(place.name)
      try place.directory.remove(trace)
    } catch {
      if error.code == .notFound { return }
      report.failures.append(.init(path: place.name.description, message: error.message))
    }
  }

  /// Where the sentinel's content is while the directory itself is removed: `.NAME.removed`.
  static func trace(of name: RelativePath) -> RelativePath {
    let bytes = Array(".".utf8) + name.bytes.prefix(240) + Array(".removed".utf8)
    // A single name of a directory stays one with these additions.
    return (try? RelativePath(bytes)) ?? name
  }

  /// The groups of the report: totals of the first teardown, and what is left of each.
  static func groups(_ totals: RunRecord.Totals, remaining: DeletionPlan?) -> [TeardownReport.Group] {
    totals.groups.map { group in
      let left = remaining?.groups.first { $0.name == group.name }?.files.count ?? 0
      return TeardownReport.Group(name: group.name, files: group.files, bytes: group.bytes, remaining: left)
    }
  }
}
