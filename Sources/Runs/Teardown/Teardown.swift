import Files
import Glibc
import SystemPackage

/// Removes a run's directory in two phases, so that nobody ever works in a half deleted one.
///
/// First the sentinel becomes `draining`: writers of ours refuse to begin, those at work (they hold the directory's
/// lock) and KUMO servers are waited for. Then it becomes `deletable` and everything goes: the data, what describes
/// it, the sentinel, the directory. Killed at any instant, the next teardown goes on where this one was and reports
/// the same totals.
package struct Teardown: Sendable {
  /// How to go about it.
  package struct Options: Sendable {
    /// Also a run whose owner lives and is somebody else.
    package var force: Bool
    /// Only a run whose owner is dead, when it is active.
    package var requiresDeadOwner: Bool
    /// Say what would be done, and do nothing.
    package var dryRun: Bool
    /// How long to wait for those who work in the directory.
    package var wait: Duration

    /// Describes a way.
    package init(
      force: Bool = false, requiresDeadOwner: Bool = false, dryRun: Bool = false, wait: Duration = .seconds(5)
    ) {
      self.force = force
      self.requiresDeadOwner = requiresDeadOwner
      self.dryRun = dryRun
      self.wait = wait
    }
  }

  let path: FilePath
  let options: Options

  /// Names a run's directory.
  package init(_ path: FilePath, options: Options = Options()) {
    self.path = path
    self.options = options
  }

  /// Tears the run down; once more for one that is gone is no error.
  ///
  /// - Returns: what was done; failures to delete are in it.
  /// - Throws: `RunsError` with `.notARun`, `.taken` when the owner lives and is somebody else, `.inUse` when
  ///   somebody is still at work after the wait (the run stays `draining`), `.badSentinel`; `FilesError`.
  package func run() throws -> TeardownReport {
    guard let place = try locate() else {
      return TeardownReport(run: path.lastComponent?.string ?? path.string, path: path.string)
    }
    guard let status = try place.directory.status(place.name) else { return try finishGone(place) }
    guard status.kind == .directory else { throw Self.notARun(path) }
    let directory = try place.directory.subdirectory(place.name)
    guard let (state, record) = try begin(directory) else {
      guard try removeRemains() else { throw Self.notARun(path) }
      return try finishGone(place)
    }
    var report = TeardownReport(run: record.run, path: path.string)
    report.namespace = record.namespace
    report.stateBefore = state
    if options.dryRun { return try plan(directory, record: record, report: report) }
    if state == .active { try move(directory, from: .active, to: .draining) }
    if case .dead = record.owner.life { endOrphans(of: directory) }
    let lock = try waitForOthers(directory)
    defer { withExtendedLifetime(lock) {} }
    // Whoever had the lock until now may have swapped a new directory in, with the sentinel as it was then.
    let now = try place.directory.status(place.name)
    guard try now?.isSameFile(as: directory.status()) == true else { return try run() }
    return try Deletion(place: place, directory: directory, record: record, report: report).run()
  }

  /// The folder and the name in it; nil when there is no such folder.
  private func locate() throws(FilesError) -> (directory: Directory, name: RelativePath)? {
    do {
      return try Directory.containing(path)
    } catch {
      if error.code == .notFound { return nil }
      throw error
    }
  }

  /// State and record of a run that may be torn down by us.
  private func begin(_ directory: Directory) throws -> (RunState, RunRecord)? {
    let (state, record) = try RunStatus.read(directory)
    guard let state, let record else { return nil }
    if state == .active, !options.force { try record.requireOwnership(deadOnly: options.requiresDeadOwner) }
    return (state, record)
  }

  private static func notARun(_ path: FilePath) -> RunsError {
    RunsError(
      .notARun, "'\(path)' is no run: it has no sentinel (active, draining or deletable)",
      hint: "name a directory that 'kumo-fixtures runs prepare' made; 'kumo-fixtures runs status' lists them")
  }

  /// What would be deleted.
  private func plan(_ directory: Directory, record: RunRecord, report: TeardownReport) throws -> TeardownReport {
    var report = report
    report.isDryRun = true
    report.isResumed = record.totals != nil
    let plan = try DeletionPlan(directory)
    report.groups = Deletion.groups(record.totals ?? plan.totals, remaining: plan)
    for process in DirectoryUsers.servers(of: directory) {
      report.failures.append(.init(path: path.string, message: Self.inUseBy(process)))
    }
    return report
  }

  /// Changes the state. Another teardown that was faster is no error: the state is then what it is to become, or
  /// further.
  private func move(_ directory: Directory, from old: RunState, to new: RunState) throws {
    do {
      try directory.rename(old.sentinel, to: new.sentinel)
    } catch  where error.code == .notFound {
      guard let state = try RunState.of(directory), state >= new else { throw error }
    }
  }

  /// Ends what a harness that was killed left: the processes of its command, and its KUMO, which has been asked to
  /// end by the kernel and saves, unless it hangs.
  private func endOrphans(of directory: Directory) {
    RunProcesses.end({ RunProcesses.command(of: directory) }, patience: .seconds(2))
    RunProcesses.end({ RunProcesses.emulators(of: directory) }, patience: options.wait)
  }

  /// Waits until nobody holds the directory's lock and no KUMO works in it.
  private func waitForOthers(_ directory: Directory) throws -> DirectoryLock {
    let deadline = ContinuousClock.now + options.wait
    let lock = try lockAlone()
    while let process = DirectoryUsers.servers(of: directory).first {
      guard ContinuousClock.now < deadline else {
        throw RunsError(
          .inUse, "\(Self.inUseBy(process)) in '\(path)'; the run is marked as draining and nothing was deleted",
          hint: "stop it with 'kill \(process)' (it saves its state then), and run the same command again")
      }
      usleep(20_000)
    }
    return lock
  }

  private func lockAlone() throws -> DirectoryLock {
    do {
      return try DirectoryLock.acquire(path, .exclusive, waiting: options.wait)
    } catch {
      guard error.code == .busy else { throw error }
      throw RunsError(
        .inUse, "\(error.message); the run is marked as draining and nothing was deleted",
        hint: "end that process, or run 'kumo-fixtures runs teardown \(path) --wait 60' to wait longer")
    }
  }

  private static func inUseBy(_ process: Int32) -> String { "a KUMO server (process \(process)) is at work" }

  /// Removes a directory that a teardown had emptied, sentinel included, when it was killed.
  ///
  /// - Returns: false when the directory is not empty.
  /// - Throws: `FilesError`.
  func removeRemains() throws -> Bool {
    let place = try Directory.containing(path)
    do {
      guard try place.directory.subdirectory(place.name).list().isEmpty else { return false }
      try place.directory.remove(place.name)
    } catch {
      if error.code == .notEmpty { return false }
      if error.code != .notFound { throw error }
    }
    return true
  }

  /// The report for a directory that is gone; with the totals, when the teardown that removed it was killed right
  /// after.
  private func finishGone(_ place: (directory: Directory, name: RelativePath)) throws -> TeardownReport {
    var report = TeardownReport(run: place.name.description, path: path.string)
    let trace = Deletion.trace(of: place.name)
    guard let bytes = try? place.directory.read(trace, limit: 1 << 20),
      let record = try? RunRecord(parsing: bytes, file: trace.description)
    else { return report }
    report.namespace = record.namespace
    report.stateBefore = .deletable
    report.isResumed = true
    report.isDryRun = options.dryRun
    report.groups = Deletion.groups(record.totals ?? RunRecord.Totals(groups: []), remaining: nil)
    if !options.dryRun { try place.directory.remove(trace) }
    return report
  }
}
