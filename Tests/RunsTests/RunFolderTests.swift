import Files
import FixtureTestSupport
import FixtureTree
import Glibc
import Runs
import Synchronization
import SystemPackage
import Testing

/// A project with one small fixture, and the folder of its runs.
struct Project {
  let scratch: TemporaryDirectory
  let runs: RunsFolder

  init() throws {
    // In memory where that is: these tests wait for the disk hundreds of times.
    scratch = try (try? TemporaryDirectory(in: "/dev/shm")) ?? TemporaryDirectory()
    runs = RunsFolder(scratch.path("runs"))
    try scratch.write("base/s3.json", #"{"buckets":{}}"#)
    try scratch.write("base/s3-objects/aa", "body")
    try scratch.write("base/s3-objects/bb", "another body")
    try scratch.write("base/dynamodb.json", #"{"tables":{}}"#)
    try scratch.write("base/notes.txt", "mine")
    try scratch.write("base/logs/old.log", "of another run")
    let document = FixtureDocument(
      name: "shop", version: 3, origin: .generated, layout: "portable", services: ["dynamodb", "s3"])
    try document.write(to: base, mode: 0o644)
    try TreeManifest(of: base) { _ in }.write(to: base, mode: 0o644)
  }

  var base: Directory {
    get throws { try Directory.open(scratch.path("base")) }
  }

  /// Prepares a run for a process, by default this one.
  func prepare(
    _ name: String, owner: RunOwner? = nil, resume: Bool = false, now: Int64 = 1_000
  ) throws -> RunsFolder.Prepared {
    let run = try #require(RunName(chosen: name))
    let owner = try owner ?? RunOwner(process: getpid())
    let base = scratch.path("base")
    return try runs.prepare(
      .init(name: run, owner: owner, namespace: "invoice", now: now, resume: resume),
      beginningAs: RunsFolder.fixture(of: base)
    ) { try RunsFolder.copy(base, to: $0) }
  }

  /// An owner that has lived on this machine and does not any more.
  static func deadOwner() throws -> RunOwner {
    let program = try #require(Program(named: "true"))
    let running = try program.start()
    let owner = try RunOwner(process: getpid())
    var dead = owner
    dead.process = running.process
    _ = try running.wait()
    return dead
  }
}

struct RunFolderTests {
  @Test func givesARunItsOwnCopyOfTheFixture() throws {
    let project = try Project()
    let before = try project.scratch.snapshot()
    let run = try project.prepare("run-1")
    #expect(run.path == project.scratch.path("runs/run-1"))
    #expect(
      try TemporaryDirectory.names(in: run.path) == [
        "active", "dynamodb.json", "fixture.json", "logs", "manifest-sha256.txt", "notes.txt", "s3-objects", "s3.json",
      ])
    let directory = try Directory.open(run.path)
    #expect(try directory.list().count == 8)
    #expect(try Directory.open(run.path.appending("logs")).list().isEmpty)
    // Nothing that KUMO may rewrite is shared: not even one inode.
    let own = try directory.status("s3-objects/aa")
    #expect(own?.links == 1)
    try directory.replace("s3-objects/aa", with: Array("changed".utf8))
    let after = try project.scratch.snapshot()
    #expect(before.entries.allSatisfy { after.entries[$0.key] == $0.value })
    #expect(run.record.fixture?.name == "shop")
    #expect(run.record.fixture?.treeDigest?.hasPrefix("sha256:") == true)
  }

  @Test func readsBackWhatTheSentinelSays() throws {
    let project = try Project()
    let variables = ["GITLAB_CI": "true", "CI_PIPELINE_ID": "1", "CI_JOB_ID": "2", "CI_JOB_URL": "https://gl/2"]
    let name = try RunName(variables: variables) { nil }
    let owner = try RunOwner(process: getpid())
    let run = try project.runs.prepare(.init(name: name, owner: owner, namespace: "a<b", now: 77)) { _ in
      RunRecord.Fixture(name: "größe", version: 2, treeDigest: nil)
    }
    let (state, record) = try RunStatus.read(Directory.open(run.path))
    #expect(state == .active)
    #expect(record == run.record)
    #expect(record?.jobURL == "https://gl/2")
    #expect(record?.owner.life == .alive)
  }

  @Test(arguments: [
    "", "{}", "[]", "nonsense", #"{"format":1,"run":"x"}"#, #"{"format":2,"run":"x"}"#,
    #"{"format":1,"run":"x","created":1,"owner":{"process":99999999999,"started":1,"bootID":"","processNamespace":"","host":""}}"#,
  ])
  func refusesASentinelThatSaysNothing(text: String) throws {
    #expect(throws: RunsError.self) { try RunRecord(parsing: Array(text.utf8), file: "active") }
  }

  @Test func refusesADirectoryOfALivingRunAndNamesItsOwner() throws {
    let project = try Project()
    let first = try project.prepare("run-1")
    let before = try project.scratch.snapshot()
    let error = try #require(throws: RunsError.self) { try project.prepare("run-1") }
    #expect(error.code == .taken)
    #expect(error.message.contains("process \(getpid()) on "))
    #expect(try project.scratch.snapshot() == before)
    withExtendedLifetime(first) {}
  }

  @Test func ofTwoThatPrepareAtOnceOneIsRefused() async throws {
    let project = try Project()
    let results = await withTaskGroup(of: Result<RunsFolder.Prepared, any Error>.self) { group in
      for _ in 0..<8 { group.addTask { Result { try project.prepare("run-1") } } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    let won = results.filter { if case .success = $0 { true } else { false } }
    #expect(won.count == 1)
    for case .failure(let error) in results {
      #expect((error as? RunsError)?.code == .taken, "\(error)")
    }
    #expect(try TemporaryDirectory.names(in: project.runs.path) == ["run-1"])
  }

  @Test func replacesARunWhoseOwnerIsDead() throws {
    let project = try Project()
    let old = try project.prepare("run-1", owner: Project.deadOwner()).path
    try Directory.open(old).replace("s3.json", with: Array("old".utf8))
    let run = try project.prepare("run-1")
    guard case .purged(let reason) = run.decision else {
      Issue.record("\(run.decision)")
      return
    }
    #expect(reason.contains("is gone"))
    #expect(try Directory.open(run.path).read("s3.json", limit: 100) == Array(#"{"buckets":{}}"#.utf8))
  }

  @Test func goesOnWithADeadRunWhenAsked() throws {
    let project = try Project()
    let old = try project.prepare("run-1", owner: Project.deadOwner()).path
    try Directory.open(old).replace("s3.json", with: Array("old".utf8))
    let run = try project.prepare("run-1", resume: true)
    guard case .resumed = run.decision else {
      Issue.record("\(run.decision)")
      return
    }
    #expect(try Directory.open(run.path).read("s3.json", limit: 100) == Array("old".utf8))
    #expect(run.record.owner.process == getpid())
  }

  @Test func doesNotGoOnWithARunOfAnotherFixture() throws {
    let project = try Project()
    _ = try project.prepare("run-1", owner: Project.deadOwner())
    let document = FixtureDocument(
      name: "shop", version: 4, origin: .generated, layout: "portable", services: ["dynamodb", "s3"])
    try document.write(to: project.base, mode: 0o644)
    let error = try #require(throws: RunsError.self) { try project.prepare("run-1", resume: true) }
    #expect(error.code == .wrongState)
    #expect(error.message.contains("shop version 3"))
  }

  @Test func takesNoRunAsTheBeginningOfAnother() throws {
    let project = try Project()
    let run = try project.prepare("run-1")
    let error = try #require(throws: RunsError.self) { try RunsFolder.fixture(of: run.path) }
    #expect(error.code == .taken)
  }

  @Test func leavesADirectoryThatIsNoRunAlone() throws {
    let project = try Project()
    try project.scratch.write("runs/mine/file", "x")
    let error = try #require(throws: RunsError.self) { try project.prepare("mine") }
    #expect(error.code == .notARun)
    #expect(try project.scratch.text("runs/mine/file") == "x")
  }

  /// Full disk, or a kill, at each durable operation: no directory of that name, or a whole run.
  @Test func anInterruptedPrepareLeavesNothingOrARun() throws {
    let project = try Project()
    for limit in 0..<60 {
      let counter = Counter(limit)
      let result = Result {
        try FaultPlan.failing({ _ in counter.next() ? nil : .noSpace }) {
          try project.prepare("run-1").path
        }
      }
      if try project.scratch.exists("runs/run-1") {
        #expect(RunStatus(path: project.runs.path(of: "run-1")).state == .active)
        #expect(try project.scratch.exists("runs/run-1/s3-objects/bb"))
        _ = try Teardown(project.runs.path(of: "run-1")).run()
      }
      if case .success = result { return }
    }
    Issue.record("the run was never prepared")
  }
}

/// Counts down from a number.
final class Counter: Sendable {
  private let left: Mutex<Int>

  init(_ count: Int) { left = Mutex(count) }

  /// True as often as the number said.
  func next() -> Bool {
    left.withLock { left in
      left -= 1
      return left >= 0
    }
  }
}

extension TemporaryDirectory {
  /// The names in a directory, sorted, hidden ones too.
  static func names(in path: FilePath) throws -> [String] {
    try Directory.open(path).list().map(\.path.description)
  }
}
