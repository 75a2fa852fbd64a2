import Digests
import Files
import FixtureTree
import Synchronization
import SystemPackage

extension RunsFolder {
  /// What a new run is to be.
  package struct Request: Sendable {
    /// Its name.
    package var name: RunName
    /// The process that it belongs to.
    package var owner: RunOwner
    /// What the tests' resources are prefixed with.
    package var namespace: String?
    /// Seconds since 1970.
    package var now: Int64
    /// Whether to go on with the data of a dead run of this name instead of beginning anew.
    package var resume: Bool

    /// Describes a run to be.
    package init(name: RunName, owner: RunOwner, namespace: String? = nil, now: Int64, resume: Bool = false) {
      self.name = name
      self.owner = owner
      self.namespace = namespace
      self.now = now
      self.resume = resume
    }
  }

  /// What was done about a directory that was there already.
  package enum Decision: Sendable {
    /// There was none.
    case created
    /// An old run was removed first, for this reason.
    case purged(String)
    /// An old run's data is used further, for this reason.
    case resumed(String)
  }

  /// A run's directory, ready for use and kept from being torn down as long as this value lives.
  package final class Prepared: Sendable {
    /// The absolute path, for `KUMO_DATA_DIR`.
    package let path: FilePath
    /// The sentinel's content.
    package let record: RunRecord
    /// What was done about an older run.
    package let decision: Decision
    private let lock: Mutex<DirectoryLock?>

    init(path: FilePath, record: RunRecord, decision: Decision, lock: DirectoryLock) {
      self.path = path
      self.record = record
      self.decision = decision
      self.lock = Mutex(lock)
    }

    /// Gives the directory free for a teardown.
    package func release() { lock.withLock { $0 = nil } }
  }

  /// Makes the directory of a run. It appears whole, with its sentinel, or not at all.
  ///
  /// A run of this name whose owner is dead, or that is being deleted, is removed first (or used further, when the
  /// request says so and it began as the same fixture).
  ///
  /// - Parameters:
  ///   - request: what the run is to be.
  ///   - fixture: what it is to begin as, when that is known before `fill`; compared when a run is resumed.
  ///   - fill: writes the data into the new, empty directory and says which fixture it is.
  /// - Throws: `RunsError` with `.taken` when the directory belongs to a run whose owner lives or cannot be looked at;
  ///   `FilesError`; what `fill` throws.
  package func prepare(
    _ request: Request, beginningAs fixture: RunRecord.Fixture? = nil,
    fill: (Directory) throws -> RunRecord.Fixture?
  ) throws -> Prepared {
    _ = try Directory.create(path, mode: 0o755, intermediates: true)
    let target = path(of: request.name.name)
    var decision = Decision.created
    if (try? Directory.open(target)) != nil {
      decision = try decide(about: RunStatus(path: target), request: request, fixture: fixture)
    }
    if case .resumed = decision { return try resume(target, request: request, decision: decision) }
    return try finish(target, try build(target, request: request, fill: fill), decision)
  }

  /// Builds the directory beside its place and puts it there. The lock of the staged tree ends with this function.
  private func build(
    _ target: FilePath, request: Request, fill: (Directory) throws -> RunRecord.Fixture?
  ) throws -> RunRecord {
    let staged = try StagedDirectory.create(for: target)
    // After a restart of the machine the owner is dead and the run worth nothing.
    staged.waitsForDisk = false
    do {
      var record = RunRecord(
        run: request.name, owner: request.owner, created: request.now, namespace: request.namespace)
      record.fixture = try fill(staged.directory)
      if try staged.directory.status(FixtureNames.logs) == nil {
        try staged.directory.makeDirectory(FixtureNames.logs)
      }
      let sentinel = try staged.directory.create(RunState.active.sentinel, mode: 0o644)
      try sentinel.write(record.bytes)
      try staged.commit(replacing: .mustNotExist)
      return record
    } catch let error as FilesError where error.code == .exists {
      try? staged.discard()
      throw Self.taken(RunStatus(path: target))
    } catch {
      try? staged.discard()
      throw error
    }
  }

  private func finish(_ target: FilePath, _ record: RunRecord, _ decision: Decision) throws -> Prepared {
    let lock = try DirectoryLock.acquire(target, .shared, waiting: .seconds(5))
    return Prepared(path: try WorkingDirectory.absolute(target), record: record, decision: decision, lock: lock)
  }

  /// What to do about a run of the same name.
  private func decide(
    about old: RunStatus, request: Request, fixture: RunRecord.Fixture?
  ) throws -> Decision {
    guard let state = old.state, let record = old.record else {
      guard try Teardown(old.path).removeRemains() else {
        throw RunsError(
          .notARun, "'\(old.path)' is there and is no run (\(old.problem ?? "it has no sentinel"))",
          hint: "move it away, or choose another name with --run")
      }
      return .purged("an empty directory was left of an older run")
    }
    let reason: String
    if state == .active {
      guard case .dead(let why) = record.owner.life else { throw Self.taken(old) }
      reason = "its owner does not live any more: \(why)"
    } else {
      reason = "it was being torn down"
    }
    if request.resume, state == .active {
      guard fixture == nil || fixture == record.fixture else { throw Self.changed(old, record, fixture) }
      return .resumed(reason)
    }
    let report = try Teardown(old.path, options: Teardown.Options(requiresDeadOwner: state == .active)).run()
    guard report.isComplete else {
      throw RunsError(
        .inUse,
        "the older run in '\(old.path)' could not be removed: \(report.failures.first?.message ?? "it is in use")",
        hint: "run 'kumo-fixtures runs teardown \(old.path)' to see everything that is left of it")
    }
    return .purged(reason)
  }

  /// Makes an old run's directory this run's: only the sentinel changes.
  private func resume(_ target: FilePath, request: Request, decision: Decision) throws -> Prepared {
    try finish(target, try takeOver(target, request: request), decision)
  }

  private func takeOver(_ target: FilePath, request: Request) throws -> RunRecord {
    let exclusive = try DirectoryLock.acquire(target, waiting: .seconds(5))
    defer { withExtendedLifetime(exclusive) {} }
    let directory = try Directory.open(target)
    let (state, old) = try RunStatus.read(directory)
    guard state == .active, let old, case .dead = old.owner.life else { throw Self.taken(RunStatus(path: target)) }
    var record = RunRecord(run: request.name, owner: request.owner, created: request.now, namespace: request.namespace)
    record.fixture = old.fixture
    try directory.replace(RunState.active.sentinel, with: record.bytes, mode: 0o644)
    return record
  }

  private static func taken(_ run: RunStatus) -> RunsError {
    let state = run.state.map { "\($0.rawValue)" } ?? "there"
    guard let record = run.record else { return RunsError(.taken, "the run '\(run.name)' is \(state) already") }
    let doubt: String
    if case .unknown(let why) = run.life { doubt = ", \(why)" } else { doubt = "" }
    return RunsError(
      .taken, "the run '\(run.name)' is \(state) and belongs to \(record.ownerText)\(doubt)",
      hint: "choose another name with --run, or end it with 'kumo-fixtures runs teardown \(run.path)'")
  }

  private static func changed(
    _ run: RunStatus, _ record: RunRecord, _ wanted: RunRecord.Fixture?
  ) -> RunsError {
    func words(_ fixture: RunRecord.Fixture?) -> String {
      fixture.map { "\($0.name) version \($0.version)" } ?? "data without fixture.json"
    }
    return RunsError(
      .wrongState,
      "the run '\(run.name)' began as \(words(record.fixture)), and \(words(wanted)) as it is now differs from that",
      hint: "leave --resume out to begin anew, or migrate the run's directory first")
  }

  /// Copies a data directory into a new run's: blocks are shared where the file system copies on write, nothing else
  /// is.
  ///
  /// - Throws: `RunsError` with `.taken` when the source is a run itself that is in use; `FilesError`; a `fixture.json`
  ///   that cannot be read.
  package static func copy(_ source: FilePath, to destination: Directory) throws -> RunRecord.Fixture? {
    let lock = try DirectoryLock.acquire(source, .shared, waiting: .seconds(5))
    defer { withExtendedLifetime(lock) {} }
    let directory = try Directory.open(source)
    let fixture = try fixture(of: source)
    try directory.copyTree(to: destination) { path, _ in
      path != FixtureNames.logs && !FixtureNames.sentinels.contains(path)
    }
    return fixture
  }

  /// The fixture in a directory that a run is to begin as; nil when it has no `fixture.json`.
  ///
  /// - Throws: as `copy(_:to:)`.
  package static func fixture(of source: FilePath) throws -> RunRecord.Fixture? {
    let directory = try Directory.open(source)
    if let state = try RunState.of(directory) {
      throw RunsError(
        .taken, "'\(source)' is itself the directory of a run ('\(state.sentinel)' is there)",
        hint: "name the fixture that it was made from")
    }
    guard let document = try FixtureDocument.read(from: directory) else { return nil }
    let digest = try TreeManifest.read(from: directory)?.treeDigest
    return RunRecord.Fixture(
      name: document.name, version: document.version, treeDigest: digest.map { "sha256:\($0.hex)" })
  }
}
