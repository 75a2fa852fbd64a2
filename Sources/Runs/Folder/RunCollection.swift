import Files
import Glibc
import SystemPackage

/// Removes runs that nobody needs any more: `runs gc`.
package struct RunCollection: Sendable {
  /// Which runs may go. Active runs whose owner lives are never among them.
  package struct Policy: Sendable {
    /// Seconds that a dead run is kept after it was prepared.
    package var olderThan: Int64
    /// How many of the youngest dead runs are kept in any case.
    package var keeping: Int
    /// Whether active runs count as dead, once they are old enough, when their owner cannot be looked at (another host or
    /// container, or the machine was started anew).
    package var includesUnknownOwners: Bool

    /// Describes a policy: by default everything goes that is dead.
    package init(olderThan: Int64 = 0, keeping: Int = 0, includesUnknownOwners: Bool = false) {
      self.olderThan = olderThan
      self.keeping = keeping
      self.includesUnknownOwners = includesUnknownOwners
    }
  }

  /// What became of one run.
  package struct Outcome: Sendable {
    /// The run.
    package let run: RunStatus
    /// Whether it was removed (or would be).
    package let isRemoved: Bool
    /// Why it was or was not.
    package let reason: String
    /// What its teardown did.
    package let report: TeardownReport?
  }

  let folder: RunsFolder
  let policy: Policy

  /// Names a folder and a policy.
  package init(_ folder: RunsFolder, policy: Policy) {
    self.folder = folder
    self.policy = policy
  }

  /// Removes what may go; also what killed commands left beside the runs.
  ///
  /// - Parameters:
  ///   - now: seconds since 1970.
  ///   - dryRun: only say it.
  /// - Throws: `FilesError` when the folder cannot be read. A run that cannot be removed is in the result.
  package func run(now: Int64, dryRun: Bool = false) throws(FilesError) -> [Outcome] {
    if !dryRun { removeLeftovers() }
    let runs = try folder.list()
    let dead = runs.filter { $0.state == .active && isDead($0, now: now) }
    let young = dead.sorted { ($0.record?.created ?? 0, $0.name) > ($1.record?.created ?? 0, $1.name) }
    let kept = Set(young.prefix(policy.keeping).map(\.name))
    return runs.map { collect($0, kept: kept, now: now, dryRun: dryRun) }
  }

  private func isDead(_ run: RunStatus, now: Int64) -> Bool {
    switch run.life {
    case .dead: true
    case .unknown: policy.includesUnknownOwners
    case .alive, nil: false
    }
  }

  private func collect(_ run: RunStatus, kept: Set<String>, now: Int64, dryRun: Bool) -> Outcome {
    func keep(_ reason: String) -> Outcome { Outcome(run: run, isRemoved: false, reason: reason, report: nil) }
    guard let state = run.state, let record = run.record else {
      guard !dryRun, (try? Teardown(run.path).removeRemains()) == true else {
        return keep(run.problem ?? "it is no run")
      }
      return Outcome(run: run, isRemoved: true, reason: "it was empty", report: nil)
    }
    var reason = "it was being torn down"
    var force = false
    if state == .active {
      switch run.life {
      case .dead(let why): reason = "its owner does not live any more: \(why)"
      case .unknown(let why):
        guard policy.includesUnknownOwners else { return keep("its owner cannot be looked at: \(why)") }
        reason = "its owner cannot be looked at, and it is old"
        force = true
      case .alive, nil: return keep("\(record.ownerText) is at work")
      }
      let age = max(0, now - record.created)
      if age < policy.olderThan { return keep("it is only \(age) s old") }
      if kept.contains(run.name) { return keep("it is one of the youngest \(policy.keeping)") }
    }
    let options = Teardown.Options(force: force, requiresDeadOwner: !force, dryRun: dryRun)
    do {
      let report = try Teardown(run.path, options: options).run()
      return Outcome(run: run, isRemoved: report.failures.isEmpty, reason: reason, report: report)
    } catch {
      return keep(String(describing: error))
    }
  }

  /// Directories that killed commands were still building, and traces of removed runs.
  private func removeLeftovers() {
    guard let directory = try? Directory.open(folder.path), let entries = try? directory.list() else { return }
    for entry in entries where entry.path.bytes.first == UInt8(ascii: ".") {
      let name = entry.path.bytes
      if ScratchName.kind(of: name) != nil, let end = name.range(of: Array(".kumo-fixtures-".utf8))?.lowerBound, end > 1
      {
        let target = FilePath(bytes: folder.path.bytes + [UInt8(ascii: "/")] + name[1..<end])
        _ = try? StagedDirectory.removeStale(for: target)
      } else if name.suffix(8).elementsEqual(".removed".utf8), entry.kind == .file {
        let run = Array(name.dropFirst().dropLast(8))
        // The trace is needed as long as the directory stands.
        guard let path = try? RelativePath(run), (try? directory.status(path)) == .some(nil) else { continue }
        try? directory.remove(entry.path)
      }
    }
  }
}

extension [UInt8] {
  /// The last place where these bytes stand.
  fileprivate func range(of part: [UInt8]) -> Range<Int>? {
    guard count >= part.count else { return nil }
    let starts = (0...(count - part.count)).reversed()
    return starts.first { self[$0..<($0 + part.count)].elementsEqual(part) }.map { $0..<($0 + part.count) }
  }
}
