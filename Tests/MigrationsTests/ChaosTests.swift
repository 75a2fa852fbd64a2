import Files
import FixtureTestSupport
import FixtureTree
import Migrations
import Synchronization
import SystemPackage
import Testing

@Suite struct ChaosTests {
  @Test func everyAccidentEndsInTheOldOrTheNewState() throws {
    let sandbox = try MigrationSandbox()
    let before = try sandbox.folder.snapshot()
    let executor = try sandbox.executor([MigrationSandbox.steps[0]])
    let chaos = ChaosRehearsal(executor, sandbox.request(), limit: 24)
    let report = try Rehearsal(executor).chaos(sandbox.data, chaos) { _, _ in }
    #expect(report.failures.isEmpty, "\(report.failures.prefix(3))")
    #expect(report.trials.count == 24 && report.possible > 120)
    #expect(report.count(.old) > 0 && report.count(.new) > 0)
    #expect(Set(report.trials.map(\.fault)) == [.noSpace, .ioError, .shortWrite])
    let phases = Set(report.points.map(\.phase))
    #expect(phases.isSuperset(of: ["step 1-items", "writing data"]), "\(phases)")
    #expect(report.notes.contains { $0.contains("24 of \(report.possible)") })
    #expect(try sandbox.folder.snapshot() == before)
  }

  /// When the disk does not confirm the swap, the new state stands there, and so does its way back.
  @Test func aSwapThatIsNotConfirmedKeepsItsSnapshots() throws {
    let sandbox = try MigrationSandbox()
    let before = try sandbox.digest()
    let executor = try sandbox.executor(MigrationSandbox.steps)
    let isSwapped = Mutex(false)
    let faults: @Sendable (DurableOperation) -> Errno? = { operation in
      isSwapped.withLock { isSwapped in
        if isSwapped, operation == .synchronize { return .ioError }
        isSwapped = isSwapped || operation == .exchange
        return nil
      }
    }
    #expect(throws: FilesError.self) {
      try FaultPlan.failing(faults) { _ = try executor.apply(sandbox.data, sandbox.request()) }
    }
    #expect(try sandbox.document.version == 4)
    _ = try executor.rollback(sandbox.data, .init(path: "data", target: 1))
    #expect(try sandbox.digest() == before)
  }

  /// A migration that writes in place is what the trials are there to find.
  @Test func findsAStepThatIsNotRepeatable() throws {
    let sandbox = try MigrationSandbox()
    let count = FilePath(sandbox.folder.path("outside").string)
    try sandbox.folder.write("outside", "0")
    let step = SwiftStep("1-leaky", from: 1, to: 2, title: "leaky", scope: .service("sns")) { view in
      // Keeps a secret of its own outside of the directory: the second run does something else.
      let place = try Directory.containing(count)
      let runs = try place.directory.read(place.name, limit: 100)
      try MigrationSandbox.edit(view, "sns.json", "topics", "topics\(runs.count)")
      try place.directory.replace(place.name, with: runs + [1])
    }
    let executor = try sandbox.executor([step])
    let report = try Rehearsal(executor).chaos(
      sandbox.data, ChaosRehearsal(executor, sandbox.request(), limit: 4)
    ) { _, _ in }
    #expect(!report.failures.isEmpty)
  }

  @Test func aRehearsalShowsTheResultAndThrowsItAway() throws {
    let sandbox = try MigrationSandbox()
    let before = try sandbox.folder.snapshot()
    let rehearsal = Rehearsal(try sandbox.executor(MigrationSandbox.steps))
    let (version, differs) = try rehearsal.run(sandbox.data, sandbox.request()) { original, copy, outcome in
      let old = try original.read("sns.json", limit: 1 << 20)
      return (outcome.versions.after, try copy.read("sns.json", limit: 1 << 20) != old)
    }
    #expect(version == 4 && differs)
    #expect(try sandbox.folder.snapshot() == before)
  }
}

@Suite struct ResumeTests {
  /// A staged tree that a killed run left when it was complete, and one that was not.
  private func killed(_ sandbox: MigrationSandbox, complete: Bool) throws {
    // Migrate a copy, and put the result where a killed run would have left it.
    try sandbox.folder.makeDirectory("other/data")
    let copy = sandbox.folder.path("other/data")
    try Directory.open(sandbox.data).copyTree(to: Directory.open(copy))
    _ = try sandbox.executor(MigrationSandbox.steps).apply(copy, sandbox.request(to: 3))
    if !complete { try sandbox.folder.write("other/data/sns.json", "{") }
    try sandbox.folder.directory.rename("other/data", to: ".data.kumo-fixtures-stage.0123456789abcdef")
    try sandbox.folder.directory.removeTree("other")
  }

  @Test func finishesACompleteTree() throws {
    let sandbox = try MigrationSandbox()
    try killed(sandbox, complete: true)
    #expect(try StagedDirectory.leftovers(for: sandbox.data).count == 1)
    let executor = try sandbox.executor(MigrationSandbox.steps)
    let outcome = try executor.finishLeftovers(of: sandbox.data, shownAs: "data")
    #expect(outcome.finished != nil && outcome.discarded.isEmpty)
    #expect(try sandbox.document.version == 3)
    #expect(try sandbox.leftovers == [])
    #expect(try executor.apply(sandbox.data, sandbox.request()).versions == (3, 4))
  }

  @Test func removesWhatIsNotComplete() throws {
    let sandbox = try MigrationSandbox()
    let before = try sandbox.folder.snapshot()
    try killed(sandbox, complete: false)
    let outcome = try sandbox.executor(MigrationSandbox.steps).finishLeftovers(of: sandbox.data, shownAs: "data")
    #expect(outcome.finished == nil && outcome.discarded.count == 1)
    #expect(try sandbox.folder.snapshot() == before)
  }

  /// Complete, but made from another state of the directory.
  @Test func removesWhatDoesNotFollow() throws {
    let sandbox = try MigrationSandbox()
    try killed(sandbox, complete: true)
    try sandbox.folder.write("data/sns.json", #"{"topics":{"new":1}}"#)
    try sandbox.seal(version: 1)
    let outcome = try sandbox.executor(MigrationSandbox.steps).finishLeftovers(of: sandbox.data, shownAs: "data")
    #expect(outcome.finished == nil && outcome.discarded.count == 1)
    #expect(try sandbox.document.version == 1)
  }

  @Test func discardsLeftovers() throws {
    let sandbox = try MigrationSandbox()
    let before = try sandbox.folder.snapshot()
    try killed(sandbox, complete: true)
    #expect(try MigrationExecutor.discardLeftovers(of: sandbox.data).count == 1)
    #expect(try sandbox.folder.snapshot() == before)
  }

  /// A tree that a running process has is left alone.
  @Test func leavesRunningProcessesAlone() throws {
    let sandbox = try MigrationSandbox()
    let staged = try StagedDirectory.create(for: sandbox.data)
    #expect(try StagedDirectory.leftovers(for: sandbox.data).isEmpty)
    #expect(try MigrationExecutor.discardLeftovers(of: sandbox.data).isEmpty)
    try staged.discard()
  }
}

@Suite struct SumFileTests {
  private func registry(_ ids: String...) throws -> MigrationRegistry {
    try MigrationRegistry(
      ids.enumerated().map { index, id in
        SwiftStep(id, from: index + 1, to: index + 2, title: id, scope: .nothing) { _ in }
      })
  }

  @Test func twoBranchesConflictInTheFirstLine() throws {
    let base = try SumFile(registry("a")).bytes
    let one = try SumFile(registry("a", "b")).bytes
    let two = try SumFile(registry("a", "c")).bytes
    let first = { (bytes: [UInt8]) in bytes.prefix { $0 != 10 } }
    #expect(Set([base, one, two].map { Array(first($0)) }).count == 3)
  }

  @Test func saysWhatIsDifferent() throws {
    let sum = try SumFile(registry("a", "b"))
    #expect(sum.differences(from: sum.bytes).isEmpty)
    #expect(
      sum.differences(from: Array(String(decoding: sum.bytes, as: UTF8.self).replacing("\n", with: "\r\n").utf8))
        .isEmpty)
    #expect(sum.differences(from: try SumFile(registry("a")).bytes) == ["b is not in it"])
    #expect(
      sum.differences(from: try SumFile(registry("a", "b", "c")).bytes) == ["c is in it, and no longer among the steps"]
    )
    #expect(sum.differences(from: Array("<<<<<<< HEAD\n".utf8))[0].contains("git conflict"))
    let edited = String(decoding: sum.bytes, as: UTF8.self).replacing("b 2 3", with: "b 2 4")
    #expect(sum.differences(from: Array(edited.utf8)).first?.hasPrefix("b is '2 4 swift") == true)
  }
}
