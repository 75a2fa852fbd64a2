import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

@testable import Files

/// Real processes, really killed before each durable operation of a staged replacement.
@Suite struct KilledRunTests {
  @Test(arguments: [true, false])
  func aKillAtAnyPointLeavesOldOrNew(hasExchange: Bool) async throws {
    let total = Counter()
    do {
      let scratch = try TemporaryDirectory()
      try scratch.write("target/old", "old")
      try FaultPlan.failing(Self.plan(hasExchange) { _ = total.next() }) {
        try Self.replace(scratch.path("target"))
      }
    }
    #expect(total.value > 8)
    for point in 0..<total.value {
      let scratch = try TemporaryDirectory()
      try scratch.write("target/old", "old")
      let target = scratch.path("target").string
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [target = target as String, point = point as Int, hasExchange = hasExchange as Bool] in
        let count = Counter()
        let plan = Self.plan(hasExchange) {
          if count.next() == point { raise(SIGKILL) }
        }
        try FaultPlan.failing(plan) { try Self.replace(FilePath(target)) }
      }
      try StagedDirectory.removeStale(for: scratch.path("target"))
      let paths = try scratch.snapshot().paths
      #expect(paths == ["target", "target/old"] || paths == ["target", "target/new"], "killed before step \(point)")
    }
  }

  private static func plan(
    _ hasExchange: Bool, _ body: @escaping @Sendable () -> Void
  ) -> @Sendable (DurableOperation) -> Errno? {
    { operation in
      body()
      return operation == .exchange && !hasExchange ? .invalidArgument : nil
    }
  }

  private static func replace(_ target: FilePath) throws {
    let staged = try StagedDirectory.create(for: target)
    try staged.directory.create("new").write([1])
    try staged.commit(replacing: .exchange)
  }
}
