import Files
import FixtureTestSupport
import Glibc
import Runs
import SystemPackage
import Testing

struct TeardownTests {
  /// A run of this process, not held any more.
  private func run(_ name: String = "run-1", in project: Project, owner: RunOwner? = nil) throws -> FilePath {
    try project.prepare(name, owner: owner).path
  }

  private let expected = [
    TeardownReport.Group(name: "dynamodb", files: 1, bytes: 13, remaining: 0),
    TeardownReport.Group(name: "s3", files: 3, bytes: 30, remaining: 0),
    TeardownReport.Group(name: "other", files: 1, bytes: 4, remaining: 0),
  ]

  @Test func removesARunAndReportsByService() throws {
    let project = try Project()
    let path = try run(in: project)
    let report = try Teardown(path).run()
    #expect(report.isComplete)
    #expect(report.stateBefore == .active)
    #expect(report.namespace == "invoice")
    #expect(report.groups.prefix(3).elementsEqual(expected))
    #expect(report.groups.last?.name == "fixture")
    #expect(report.files == 7)
    #expect(try TemporaryDirectory.names(in: project.runs.path).isEmpty)
    // Once more is no error.
    let again = try Teardown(path).run()
    #expect(again.isComplete)
    #expect(again.stateBefore == nil)
    #expect(again.files == 0)
    #expect(try Teardown(project.scratch.path("nowhere/run")).run().isComplete)
  }

  @Test func aPlanChangesNothing() throws {
    let project = try Project()
    let path = try run(in: project)
    let before = try project.scratch.snapshot()
    let report = try Teardown(path, options: .init(dryRun: true)).run()
    #expect(report.isDryRun)
    #expect(report.files == 7)
    #expect(report.remaining == 7)
    #expect(try project.scratch.snapshot() == before)
  }

  /// Stopped before each durable operation in turn, as by a kill; then the next teardown ends it with the same totals.
  @Test func anInterruptedTeardownIsFinishedByTheNextWithTheSameTotals() throws {
    let project = try Project()
    let other = try project.prepare("other")
    var interruptions = 0
    for limit in 0..<60 {
      let path = try run(in: project)
      let whole = try Teardown(path, options: .init(dryRun: true)).run()
      let counter = Counter(limit)
      let result = Result {
        try FaultPlan.failing({ _ in counter.next() ? nil : .ioError }) { try Teardown(path).run() }
      }
      if case .success(let report) = result, report.isComplete {
        #expect(interruptions >= 10)
        withExtendedLifetime(other) {}
        return
      }
      interruptions += 1
      let second = try Teardown(path).run()
      #expect(second.isComplete, "\(limit): \(second.failures)")
      #expect(second.files == whole.files, "\(limit)")
      #expect(second.bytes == whole.bytes, "\(limit)")
      #expect(second.remaining == 0)
      #expect(second.namespace == "invoice")
      #expect(try TemporaryDirectory.names(in: project.runs.path) == ["other"], "\(limit)")
    }
    Issue.record("the teardown never ended")
  }

  @Test func whatCannotBeDeletedIsInTheReport() throws {
    let project = try Project()
    let path = try run(in: project)
    let report = try FaultPlan.failing({ $0 == .unlink ? .permissionDenied : nil }) {
      try Teardown(path).run()
    }
    #expect(!report.isComplete)
    #expect(report.remaining == 7)
    #expect(report.failures.contains { $0.path == "s3-objects/aa" })
    #expect(RunStatus(path: path).state == .deletable)
  }

  @Test func waitsForWritersAndMarksTheRunMeanwhile() throws {
    let project = try Project()
    let held = try project.prepare("run-1")
    let error = try #require(throws: RunsError.self) {
      try Teardown(held.path, options: .init(wait: .zero)).run()
    }
    #expect(error.code == .inUse)
    #expect(RunStatus(path: held.path).state == .draining)
    #expect(try project.scratch.exists("runs/run-1/s3.json"))
    withExtendedLifetime(held) {}
  }

  @Test func waitsForAKumoServer() throws {
    let project = try Project()
    let path = try run(in: project)
    // What counts is the program's name and its variable, so a copy of sleep stands in for the server.
    let sleep = try #require(Program(named: "sleep"))
    try project.scratch.copyProgram("kumo", from: sleep.path)
    let server = try Program(project.scratch.path("kumo")).start(["3600"], environment: ["KUMO_DATA_DIR": path.string])
    let directory = try Directory.open(path)
    #expect(eventually { DirectoryUsers.servers(of: directory) == [server.process] })
    let error = try #require(throws: RunsError.self) {
      try Teardown(path, options: .init(wait: .milliseconds(50))).run()
    }
    #expect(error.message.contains("process \(server.process)"))
    server.send(SIGKILL)
    _ = try server.wait()
    #expect(try Teardown(path).run().isComplete)
  }

  @Test func doesNotTouchTheRunOfAnotherProcess() throws {
    let project = try Project()
    let sleep = try #require(Program(named: "sleep"))
    let other = try sleep.start(["3600"])
    let path = try run(in: project, owner: RunOwner(process: other.process))
    let before = try project.scratch.snapshot()
    let error = try #require(throws: RunsError.self) { try Teardown(path).run() }
    #expect(error.code == .taken)
    #expect(try project.scratch.snapshot() == before)
    #expect(try Teardown(path, options: .init(force: true)).run().isComplete)
    other.send(SIGKILL)
    _ = try other.wait()
  }

  @Test func refusesWhatIsNoRun() throws {
    let project = try Project()
    let before = try project.scratch.snapshot()
    let error = try #require(throws: RunsError.self) { try Teardown(project.scratch.path("base")).run() }
    #expect(error.code == .notARun)
    #expect(throws: RunsError.self) { try Teardown(project.scratch.path("base/s3.json")).run() }
    #expect(try project.scratch.snapshot() == before)
  }

  @Test func collectsByAgeAndCountAndNeverWhatIsAtWork() throws {
    let project = try Project()
    let dead = try Project.deadOwner()
    for (index, name) in ["dead-1", "dead-2", "dead-3"].enumerated() {
      _ = try project.prepare(name, owner: dead, now: 1_000 + Int64(index) * 100)
    }
    var foreign = dead
    foreign.bootID = "another"
    _ = try project.prepare("foreign", owner: foreign, now: 0)
    let active = try project.prepare("active", now: 0)
    try project.scratch.write("runs/mine/file", "x")
    try project.scratch.makeDirectory("runs/empty")

    func collect(_ policy: RunCollection.Policy, dryRun: Bool = false) throws -> [String] {
      try RunCollection(project.runs, policy: policy).run(now: 1_300, dryRun: dryRun).filter(\.isRemoved).map(
        \.run.name)
    }
    #expect(try collect(.init(), dryRun: true) == ["dead-1", "dead-2", "dead-3"])
    #expect(try collect(.init(olderThan: 250)) == ["dead-1", "empty"])
    #expect(try collect(.init(keeping: 1)) == ["dead-2"])
    #expect(try collect(.init(olderThan: 1_000)) == [])
    #expect(try collect(.init(olderThan: 1_000, includesUnknownOwners: true)) == ["foreign"])
    #expect(try collect(.init()) == ["dead-3"])
    #expect(try TemporaryDirectory.names(in: project.runs.path) == ["active", "mine"])
    withExtendedLifetime(active) {}
  }

  @Test func collectsWhatKilledTeardownsAndPreparationsLeft() throws {
    let project = try Project()
    let path = try run(in: project)
    let counter = Counter(3)
    _ = try? FaultPlan.failing({ _ in counter.next() ? nil : .ioError }) { try Teardown(path).run() }
    try project.scratch.write("runs/.run-2.kumo-fixtures-stage.0123456789abcdef/s3.json", "x")
    try project.scratch.write("runs/.run-3.removed", "x")
    let outcomes = try RunCollection(project.runs, policy: .init()).run(now: 0)
    #expect(outcomes.map(\.isRemoved) == [true])
    #expect(try TemporaryDirectory.names(in: project.runs.path).isEmpty)
  }

  @Test func listsRunsWithTheirState() throws {
    let project = try Project()
    #expect(try project.runs.list().isEmpty)
    let run = try project.prepare("run-1")
    let status = try #require(try project.runs.list().first)
    #expect(status.name == "run-1")
    #expect(status.state == .active)
    #expect(status.life == .alive)
    #expect(status.size().files == 8)
    withExtendedLifetime(run) {}
  }
}
