import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

@testable import Files

/// The states that a killed run can leave on the disk, made by hand, and what the next run does with each.
@Suite struct StaleDirectoryTests {
  static let stage = ".target.kumo-fixtures-stage.0123456789abcdef"
  static let old = ".target.kumo-fixtures-old.0123456789abcdef"

  @Test func killedWhileBuilding() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("target/old", "old")
    try scratch.write("\(Self.stage)/half/done", "…")
    let result = try StagedDirectory.removeStale(for: scratch.path("target"))
    #expect(result.map(\.action) == [.removed])
    #expect(try scratch.snapshot().paths == ["target", "target/old"])
  }

  @Test func killedAfterTheExchange() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("target/new", "new")
    try scratch.write("\(Self.stage)/old", "old")
    let staged = try StagedDirectory.create(for: scratch.path("target"))
    #expect(staged.recovered.map(\.action) == [.removed])
    try staged.discard()
    #expect(try scratch.snapshot().paths == ["target", "target/new"])
  }

  @Test func killedBetweenMovingAsideAndPutting() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("\(Self.old)/old", "old")
    try scratch.write("\(Self.stage)/new", "new")
    let result = try StagedDirectory.removeStale(for: scratch.path("target"))
    #expect(result.map(\.action) == [.putBack, .removed])
    #expect(try scratch.snapshot().paths == ["target", "target/old"])
  }

  @Test func killedAfterPuttingWithoutExchange() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("target/new", "new")
    try scratch.write("\(Self.old)/old", "old")
    #expect(try StagedDirectory.removeStale(for: scratch.path("target")).map(\.action) == [.removed])
    #expect(try scratch.snapshot().paths == ["target", "target/new"])
  }

  @Test func theTreeMovedAsideLastIsPutBack() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write(".target.kumo-fixtures-old.ffffffffffffffff/first", "1")
    usleep(20_000)
    try scratch.write("moved/second", "2")
    try scratch.directory.rename("moved", to: RelativePath(text: Self.old))
    try StagedDirectory.removeStale(for: scratch.path("target"))
    #expect(try scratch.snapshot().paths == ["target", "target/second"])
  }

  @Test func whatIsInUseIsLeftAlone() throws {
    let scratch = try TemporaryDirectory()
    let running = try StagedDirectory.create(for: scratch.path("target"))
    let before = try scratch.list()
    #expect(try StagedDirectory.removeStale(for: scratch.path("target")) == [])
    #expect(try scratch.list() == before)
    let second = try StagedDirectory.create(for: scratch.path("target"))
    #expect(second.recovered == [])
    try running.discard()
    try second.discard()
    #expect(try scratch.list() == [])
  }

  @Test(arguments: [
    ".target.kumo-fixtures-stage.0123456789abcde", ".target.kumo-fixtures-stage.0123456789abcdeF",
    ".other.kumo-fixtures-stage.0123456789abcdef", "target.kumo-fixtures-stage.0123456789abcdef",
    ".target.kumo-fixtures-stage.0123456789abcdef.x", ".target.kumo-fixtures-tmp.0123456789abcdef",
  ])
  func otherNamesAreLeftAlone(name: String) throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("\(name)/x", "x")
    #expect(try StagedDirectory.removeStale(for: scratch.path("target")) == [])
    #expect(try scratch.exists("\(name)/x"))
  }

  @Test func linksWithAScratchNameAreNotFollowed() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("precious/x", "x")
    try scratch.link(Self.stage, to: "precious")
    try StagedDirectory.removeStale(for: scratch.path("target"))
    #expect(try scratch.exists("precious/x"))
  }

  @Test func withoutExchangeTheTreeIsMovedAside() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("target/old", "old")
    let staged = try StagedDirectory.create(for: scratch.path("target"))
    try staged.directory.create("new").write([1])
    // The answer of a file system that has no exchange.
    let outcome = try FaultPlan.failing({ $0 == .exchange ? .invalidArgument : nil }) {
      try staged.commit(replacing: .exchange)
    }
    #expect(outcome.replaced && outcome.leftover == nil)
    #expect(try scratch.snapshot().paths == ["target", "target/new"])
  }

  @Test func withoutExchangeAFailedSecondRenameIsUndone() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("target/old", "old")
    let staged = try StagedDirectory.create(for: scratch.path("target"))
    let renames = Counter()
    let failed = FaultPlan.failing({ operation in
      switch operation {
      case .exchange: .invalidArgument
      case .rename: renames.next() == 1 ? .ioError : nil
      default: nil
      }
    }) { code { try staged.commit(replacing: .exchange) } }
    #expect(failed == .io)
    try staged.discard()
    #expect(try scratch.snapshot().paths == ["target", "target/old"])
  }

  @Test func withoutNoReplaceTheNameIsReserved() throws {
    let scratch = try TemporaryDirectory()
    let staged = try StagedDirectory.create(for: scratch.path("target"))
    try staged.directory.create("new").write([1])
    try staged.putOverReservation()
    #expect(try scratch.snapshot().paths == ["target", "target/new"])
    let second = try StagedDirectory.create(for: scratch.path("other"))
    try scratch.makeDirectory("other")
    #expect(code { try second.putOverReservation() } == .exists)
  }
}
