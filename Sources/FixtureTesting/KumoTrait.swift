import Runs
import Specs
import Testing

/// Gives a suite, or a test of its own, a private KUMO with a data directory of its own, made from a fixture.
///
/// On a suite, all of its tests share one KUMO; on a test, each of its cases has one. It is started on a free port
/// after the directory was validated, and the tests begin when it serves all that the directory holds. Afterwards it
/// is stopped and the directory removed; with `KUMO_FIXTURES_KEEP` set it stays. Any number of suites can have one at
/// the same time.
public struct KumoTrait: SuiteTrait, TestTrait, TestScoping {
  /// Where the data comes from.
  enum Source: Sendable {
    case spec(FixtureSpec)
    case directory(String)
  }

  let source: Source
  let program: String?
  let runs: String

  /// Runs the tests with their KUMO.
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    let held = try await HeldKumo.start(self, for: test.name)
    do {
      try await KumoRun.$current.withValue(held.run) { try await function() }
    } catch {
      // The test's own error is the one that is told.
      try? await held.stop()
      throw error
    }
    try await held.stop()
  }
}

extension Trait where Self == KumoTrait {
  /// A private KUMO with the data of a spec.
  ///
  /// - Parameters:
  ///   - spec: what the data directory holds.
  ///   - program: KUMO's program; by default what `KUMO_BIN` names, or `kumo` from `PATH`.
  ///   - runs: the folder of the runs.
  public static func kumo(
    _ spec: FixtureSpec, program: String? = nil, runs: String = ".kumo-data/runs"
  ) -> KumoTrait {
    KumoTrait(source: .spec(spec), program: program, runs: runs)
  }

  /// A private KUMO with a copy of a data directory.
  ///
  /// - Parameters:
  ///   - directory: a fixture or any data directory that nobody is using.
  ///   - program: KUMO's program; by default what `KUMO_BIN` names, or `kumo` from `PATH`.
  ///   - runs: the folder of the runs.
  public static func kumo(
    from directory: String, program: String? = nil, runs: String = ".kumo-data/runs"
  ) -> KumoTrait {
    KumoTrait(source: .directory(directory), program: program, runs: runs)
  }
}
