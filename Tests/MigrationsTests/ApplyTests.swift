import Digests
import Files
import FixtureTestSupport
import FixtureTree
import Glibc
import Migrations
import Synchronization
import SystemPackage
import Testing

@Suite struct ApplyTests {
  @Test func appliesStepsAndRecordsThem() throws {
    let sandbox = try MigrationSandbox()
    let before = try sandbox.digest()
    let outcome = try sandbox.apply(MigrationSandbox.steps)
    #expect(outcome.steps.map(\.id) == ["1-items", "2-queues", "3-topics"])
    #expect(outcome.versions == (1, 4))
    #expect(outcome.treeDigests.before == before)
    #expect(try sandbox.digest() == outcome.treeDigests.after)
    let document = try sandbox.document
    #expect(document.version == 4)
    #expect(document.ledger.map(\.to) == [2, 3, 4])
    #expect(document.ledger[0].treeDigestBefore == before)
    #expect(document.ledger[1].treeDigestBefore == outcome.steps[0].treeDigest)
    #expect(document.lastMigration == "2027-01-15T08:00:00Z")
    #expect(try sandbox.leftovers == [])
    let manifest = try #require(try TreeManifest.read(from: Directory.open(sandbox.data)))
    #expect("sha256:" + manifest.treeDigest.hex == outcome.treeDigests.after)
    let again = try sandbox.apply(MigrationSandbox.steps)
    #expect(again.steps.isEmpty)
    #expect(try sandbox.digest() == outcome.treeDigests.after)
  }

  @Test func whatAStepDoesNotTouchKeepsItsBytes() throws {
    let sandbox = try MigrationSandbox()
    let before = try sandbox.folder.snapshot().entries
    _ = try sandbox.apply(MigrationSandbox.steps, to: 2)
    let after = try sandbox.folder.snapshot().entries
    let changed = before.keys.filter { before[$0] != after[$0] }.map(\.description).sorted()
    #expect(changed == ["data/dynamodb.json", "data/fixture.json", "data/manifest-sha256.txt"])
    #expect(try sandbox.folder.text("data/dynamodb.json").contains(#""b":{"table":{"Name":"b"},"items""#))
  }

  /// Refused, and not a byte or a name is another afterwards.
  private func expectRefused(
    _ sandbox: MigrationSandbox, _ words: String, _ code: MigrationError.Code,
    _ body: () throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try sandbox.folder.snapshot()
    let error = try #require(throws: MigrationError.self, sourceLocation: sourceLocation) { try body() }
    #expect(error.message.contains(words), "\(error)", sourceLocation: sourceLocation)
    #expect(error.code == code, sourceLocation: sourceLocation)
    #expect(error.hint != nil, sourceLocation: sourceLocation)
    #expect(try sandbox.folder.snapshot() == before, sourceLocation: sourceLocation)
  }

  @Test func aStepThatThrowsLeavesTheOriginal() throws {
    let sandbox = try MigrationSandbox()
    let steps: [any MigrationStep] = [
      MigrationSandbox.steps[0],
      SwiftStep("2-throws", from: 2, to: 3, title: "throws", scope: .everything) { view in
        try view.directory.remove("sqs.json")
        throw StepError("the sky is falling")
      },
    ]
    try expectRefused(sandbox, "'2-throws' failed: the sky is falling", .stepFailed) { _ = try sandbox.apply(steps) }
  }

  @Test func aStepThatHangsIsGivenUp() throws {
    let sandbox = try MigrationSandbox()
    let polite = SwiftStep("1-asks", from: 1, to: 2, title: "asks", scope: .nothing) { view in
      while true { try view.checkpoint() }
    }
    let release = Mutex(false)
    let stubborn = SwiftStep("1-hangs", from: 1, to: 2, title: "hangs", scope: .nothing) { _ in
      while !release.withLock({ $0 }) { usleep(1000) }
    }
    for step in [polite, stubborn] {
      try expectRefused(sandbox, "did not end within 0 s", .stepFailed) {
        _ = try sandbox.executor([step], timeout: .milliseconds(50)).apply(sandbox.data, sandbox.request())
      }
    }
    release.withLock { $0 = true }
  }

  @Test func aStepIsStoppedWhenTheCommandIs() throws {
    let sandbox = try MigrationSandbox()
    let isAtWork = Mutex(false)
    let step = SwiftStep("1-asks", from: 1, to: 2, title: "asks", scope: .nothing) { view in
      isAtWork.withLock { $0 = true }
      while true { try view.checkpoint() }
    }
    let executor = MigrationExecutor(
      try MigrationRegistry([step]),
      MigrationSettings(
        toolVersion: "0", now: 0, isCancelled: { isAtWork.withLock { $0 } }))
    try expectRefused(sandbox, "stopped by a signal", .stepFailed) {
      _ = try executor.apply(sandbox.data, sandbox.request())
    }
  }

  @Test func invalidDataIsRefused() throws {
    let sandbox = try MigrationSandbox()
    let steps = MigrationSandbox.steps
    let executor = try sandbox.executor(steps) { directory in
      let text = (try? directory.read("sqs.json", limit: 1 << 20)) ?? []
      return String(decoding: text, as: UTF8.self).contains("[1,2]") ? ["sqs.json: bad"] : []
    }
    try expectRefused(sandbox, "after '2-queues' KUMO would not load", .refused) {
      _ = try executor.apply(sandbox.data, sandbox.request())
    }
  }

  @Test(arguments: [
    ("dynamodb.json", #""S":"2""#, #""S":"two""#, "'b' in 'tables' of 'dynamodb.json'"),
    ("dynamodb.json", #""b":{"table":{"Name":"b"},"items":{"S:2":{"pk":{"S":"2"}}}}"#, #""c":1"#, "'b' in 'tables'"),
    ("dynamodb.json", #""tags":"#, #""marks":"#, "'marks' of 'dynamodb.json'"),
    ("dynamodb.json", #"}}}},"b""#, #"}}}},"n":{},"b""#, "'n' in 'tables'"),
    ("sqs.json", "[1]", "[]", "'sqs.json'"),
    ("s3-objects/aa", "first", "other", "'s3-objects/aa'"),
    ("fixture.json", "shop", "shed", "fixture.json"),
  ])
  func whatIsOutOfScopeMayNotChange(_ file: String, _ old: String, _ new: String, _ words: String) throws {
    let sandbox = try MigrationSandbox()
    let step = MigrationSandbox.replacing("1-greedy", 1, 2, .tables("a"), file, old, new)
    let before = try sandbox.folder.snapshot()
    let error = try #require(throws: MigrationError.self) { _ = try sandbox.apply([step]) }
    #expect(error.message.contains(words), "\(error)")
    #expect(try sandbox.folder.snapshot() == before)
  }

  @Test func bodiesMayComeAndGoButNotChange() throws {
    let sandbox = try MigrationSandbox()
    let fine = SwiftStep("1-bodies", from: 1, to: 2, title: "bodies", scope: .buckets("x")) { view in
      try view.directory.remove("s3-objects/aa")
      try view.directory.create("s3-objects/cc").write([1])
      try MigrationSandbox.edit(view, "s3.json", #""x":{"objects":{}"#, #""x":{"objects":{"k":{}}"#)
    }
    _ = try sandbox.apply([fine])
    let sly = MigrationSandbox.replacing("2-body", 2, 3, .buckets("x"), "s3-objects/bb", "second", "other!")
    try expectRefused(sandbox, "the body 's3-objects/bb'", .refused) { _ = try sandbox.apply([fine, sly]) }
    let other = MigrationSandbox.replacing(
      "2-y", 2, 3, .buckets("x"), "s3.json", #""y":{"objects":{}"#, #""y":{"objects":1"#)
    try expectRefused(sandbox, "'y' in 'buckets' of 's3.json'", .refused) { _ = try sandbox.apply([fine, other]) }
  }

  @Test func whatChangedSinceItsManifestIsRefused() throws {
    let sandbox = try MigrationSandbox()
    try sandbox.folder.write("data/sns.json", "{}")
    try expectRefused(sandbox, "was changed since its manifest was written ('sns.json')", .refused) {
      _ = try sandbox.apply(MigrationSandbox.steps)
    }
  }

  @Test func whatIsInUseIsRefused() throws {
    let sandbox = try MigrationSandbox()
    let executor = MigrationExecutor(
      try MigrationRegistry(MigrationSandbox.steps),
      MigrationSettings(toolVersion: "0", now: 0, writers: { _ in [4321] }))
    try expectRefused(sandbox, "KUMO (process 4321) works in 'data'", .refused) {
      _ = try executor.apply(sandbox.data, sandbox.request())
    }
    try sandbox.folder.write("data/active", "")
    try expectRefused(sandbox, "is the directory of a run", .refused) { _ = try sandbox.apply(MigrationSandbox.steps) }
  }

  @Test func aLockedDirectoryNamesTheHolder() throws {
    let sandbox = try MigrationSandbox()
    let lock = try DirectoryLock.acquire(sandbox.data)
    let error = try #require(throws: FilesError.self) { _ = try sandbox.apply(MigrationSandbox.steps) }
    #expect(error.code == .busy)
    #expect(error.message.contains("is locked by process \(getpid())"), "\(error)")
    withExtendedLifetime(lock) {}
  }

  @Test func mergedAndOutOfOrderStepsAreRecorded() throws {
    let sandbox = try MigrationSandbox()
    _ = try sandbox.apply(MigrationSandbox.steps, to: 3)
    let merged = SwiftStep(
      "12-merged", from: 1, to: 3, title: "both", scope: .nothing, supersedes: ["1-items", "2-queues"]
    ) { _ in throw StepError("must not run") }
    let outcome = try sandbox.apply([merged, MigrationSandbox.steps[2]])
    #expect(outcome.steps.map(\.what) == ["merged", "applied"])
    let rows = try sandbox.document.ledger
    #expect(rows.map(\.id) == ["12-merged", "3-topics"])
    #expect(rows[0].kind == .merged && rows[0].supersedes == ["1-items", "2-queues"])
    let late = MigrationSandbox.replacing("0-late", 3, 4, .service("sns"), "sns.json", "topics", "subjects")
    let steps: [any MigrationStep] = [
      merged, late, MigrationSandbox.replacing("3-topics", 4, 5, .service("sns"), "sns.json", "{}", "{}"),
    ]
    #expect(throws: MigrationError.self) { _ = try sandbox.apply(steps) }
    _ = try sandbox.executor(steps).apply(sandbox.data, sandbox.request(outOfOrder: true))
    let document = try sandbox.document
    #expect(document.ledger.last?.isOutOfOrder == true)
    #expect(document.version == 5)
  }

  @Test func aPartlyAppliedMergedStepSaysSo() throws {
    let sandbox = try MigrationSandbox()
    _ = try sandbox.apply(MigrationSandbox.steps, to: 2)
    let merged = SwiftStep(
      "12-merged", from: 1, to: 3, title: "both", scope: .nothing, supersedes: ["1-items", "2-queues"]
    ) { _ in }
    try expectRefused(sandbox, "only a part was applied (missing: 2-queues)", .stepFailed) {
      _ = try sandbox.apply([merged])
    }
  }
}
