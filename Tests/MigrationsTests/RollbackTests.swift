import Files
import FixtureTestSupport
import FixtureTree
import Migrations
import SystemPackage
import Testing

@Suite struct RollbackTests {
  /// The tree digest of each version, and the directory at the last one.
  private func migrated() throws -> (MigrationSandbox, digests: [String]) {
    let sandbox = try MigrationSandbox()
    var digests = [try sandbox.digest()]
    digests += try sandbox.apply(MigrationSandbox.steps).steps.map(\.treeDigest)
    return (sandbox, digests)
  }

  @Test(arguments: [1, 2, 3], [RollbackRequest.Way.snapshot, .down(acceptsUnproven: false)])
  func givesTheExactTreeOfEveryStage(_ version: Int, _ way: RollbackRequest.Way) throws {
    let (sandbox, digests) = try migrated()
    let executor = try sandbox.executor(MigrationSandbox.steps)
    let outcome = try executor.rollback(sandbox.data, .init(path: "data", target: version, way: way))
    #expect(try sandbox.digest() == digests[version - 1])
    #expect(outcome.treeDigests.after == digests[version - 1])
    #expect(outcome.versions == (4, version))
    #expect(outcome.steps.count == 4 - version)
    #expect(try sandbox.document.version == version)
    #expect(try sandbox.leftovers == [])
    // And forward again: the same steps at the same time give the same tree.
    #expect(try sandbox.apply(MigrationSandbox.steps).treeDigests.after == digests[3])
  }

  @Test func oneStepBackWithoutAVersion() throws {
    let (sandbox, digests) = try migrated()
    let executor = try sandbox.executor(MigrationSandbox.steps)
    for stage in [2, 1, 0] {
      _ = try executor.rollback(sandbox.data, .init(path: "data"))
      #expect(try sandbox.digest() == digests[stage])
    }
    let error = try #require(throws: MigrationError.self) {
      _ = try executor.rollback(sandbox.data, .init(path: "data"))
    }
    #expect(error.message.contains("no step was applied"))
  }

  @Test func theStateGivenUpIsKept() throws {
    let (sandbox, digests) = try migrated()
    try sandbox.folder.write("data/sns.json", "{\"changed\":true}")
    let changed = try sandbox.digest()
    _ = try sandbox.executor(MigrationSandbox.steps).rollback(sandbox.data, .init(path: "data", target: 1))
    #expect(try sandbox.digest() == digests[0])
    let store = try SnapshotStore(for: sandbox.data)
    #expect(try store.list().first?.digest == String(changed.dropFirst(7)))
    #expect(try store.open(digest: changed) != nil)
  }

  @Test func asksForWhatIsThere() throws {
    let (sandbox, _) = try migrated()
    let executor = try sandbox.executor(MigrationSandbox.steps)
    let cases: [(Int, String)] = [(4, "not later than 4"), (9, "not later than 9"), (0, "never had version 0")]
    for (version, words) in cases {
      let error = try #require(throws: MigrationError.self) {
        _ = try executor.rollback(sandbox.data, .init(path: "data", target: version))
      }
      #expect(error.code == .usage && error.message.contains(words), "\(error)")
    }
    try SnapshotStore(for: sandbox.data).prune(keeping: 0)
    let gone = try #require(throws: MigrationError.self) {
      _ = try executor.rollback(sandbox.data, .init(path: "data"))
    }
    #expect(gone.message.contains("there is no snapshot") && gone.hint?.contains("--down") == true)
  }

  @Test func aSpoiledSnapshotIsNotRestored() throws {
    let (sandbox, digests) = try migrated()
    let name = ".data.kumo-fixtures-snapshots/\(digests[2].dropFirst(7))/sns.json"
    try sandbox.folder.write(name, "{}")
    let before = try sandbox.folder.snapshot()
    let error = try #require(throws: MigrationError.self) {
      _ = try sandbox.executor(MigrationSandbox.steps).rollback(sandbox.data, .init(path: "data"))
    }
    #expect(error.message.contains("is not what it was"))
    #expect(try sandbox.folder.snapshot() == before)
  }

  @Test func aWayBackThatLosesSomethingIsRefused() throws {
    let sandbox = try MigrationSandbox()
    let lossy = SwiftStep("1-lossy", from: 1, to: 2, title: "lossy", scope: .service("sns")) { view in
      try MigrationSandbox.edit(view, "sns.json", "topics", "t")
    } revert: { view in
      try MigrationSandbox.edit(view, "sns.json", "t", "topic")
    }
    _ = try sandbox.apply([lossy])
    let before = try sandbox.folder.snapshot()
    let error = try #require(throws: MigrationError.self) {
      _ = try sandbox.executor([lossy]).rollback(
        sandbox.data, .init(path: "data", way: .down(acceptsUnproven: false)))
    }
    #expect(error.message.contains("does not give the state before it"), "\(error)")
    #expect(try sandbox.folder.snapshot() == before)
  }

  @Test func aChangedDirectoryIsTakenBackOnlyWhenAsked() throws {
    let (sandbox, _) = try migrated()
    try sandbox.folder.write("data/s3.json", #"{"buckets":{}}"#)
    let executor = try sandbox.executor(MigrationSandbox.steps)
    let refused = try #require(throws: MigrationError.self) {
      _ = try executor.rollback(sandbox.data, .init(path: "data", way: .down(acceptsUnproven: false)))
    }
    #expect(refused.hint?.contains("--accept-unproven") == true)
    let outcome = try executor.rollback(sandbox.data, .init(path: "data", way: .down(acceptsUnproven: true)))
    #expect(outcome.steps[0].notes.first?.contains("could not be proved") == true)
    #expect(try sandbox.document.version == 3)
    #expect(try sandbox.folder.text("data/s3.json") == #"{"buckets":{}}"#)
  }

  @Test func stepsWithoutAWayBackNameTheSnapshot() throws {
    let sandbox = try MigrationSandbox()
    let step = SwiftStep("1-forward", from: 1, to: 2, title: "forward", scope: .nothing) { _ in }
    _ = try sandbox.apply([step])
    let error = try #require(throws: MigrationError.self) {
      _ = try sandbox.executor([step]).rollback(sandbox.data, .init(path: "data", way: .down(acceptsUnproven: false)))
    }
    #expect(error.message.contains("says nothing about how to take it back"))
    #expect(error.hint?.contains("without --down") == true)
  }

  @Test func snapshotsArePruned() throws {
    let sandbox = try MigrationSandbox()
    let outcome = try sandbox.executor(MigrationSandbox.steps, keep: 2).apply(sandbox.data, sandbox.request())
    let store = try SnapshotStore(for: sandbox.data)
    #expect(try store.list().count == 2)
    #expect(outcome.snapshots.count == 2)
    #expect(try store.list().map(\.version) == [3, 2])
    #expect(try store.prune(keeping: 0).count == 2)
    #expect(try sandbox.folder.list() == ["data"])
  }
}
