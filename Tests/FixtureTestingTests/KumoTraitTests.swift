import Emulator
import Files
import FixtureSpecs
import FixtureTestSupport
import FixtureTesting
import Glibc
import Runs
import Specs
import Synchronization
import SystemPackage
import Testing

/// What the suites below run on: KUMO when `KUMO_BIN` is set, otherwise a small stand-in, which holds no data.
enum Bench {
  static let hasKumo = getenv("KUMO_BIN") != nil
  static let scratch = Result { try TemporaryDirectory() }

  static var runs: String { (try? scratch.get().path("runs").string) ?? "/nonexistent" }

  /// Nil stands for what `KUMO_BIN` names.
  static let program: String? = {
    guard !hasKumo, let scratch = try? scratch.get(), let python = Program(named: "python3") else { return nil }
    let server = Captures.packageRoot.pushing("Tests/Interop/small_aws.py")
    try? scratch.writeProgram("kumo", "#!/bin/sh\nexec \(python.path) \(server) $KUMO_PORT\n")
    return scratch.path("kumo").string
  }()

  static let spec =
    hasKumo ? tour : FixtureSpec(name: "nothing", version: 1, seed: "s", clock: "2026-01-02T03:04:05Z") {}

  static func answers(_ endpoint: String) -> Bool {
    guard let endpoint = try? Endpoint(parsing: endpoint) else { return false }
    return (try? Health.check(endpoint, deadline: Deadline(in: .seconds(120)))) != nil
  }

  /// The processes that still work for a run. Asking its endpoint would not do: the port may be another's already.
  static func servers(of run: KumoRun) -> [Int32] {
    ProcessTable.all().filter { process in
      ProcessTable.variable("KUMO_DATA_DIR", of: process) == Array(run.directory.utf8)
        && ProcessTable.entry(process)?.isZombie == false
    }
  }

  /// Whether there is anything that can be started in the place of KUMO.
  static let hasServer = hasKumo || Program(named: "python3") != nil
}

@Suite(
  .enabled(if: Bench.hasServer, "NOT TRIED: neither KUMO nor python3"),
  .kumo(Bench.spec, program: Bench.program, runs: Bench.runs))
struct KumoSuiteTests {
  private static let endpoints = Mutex<Set<String>>([])

  /// All tests of a suite share one KUMO.
  @Test(arguments: 0..<4) func sharesOneKumo(index: Int) throws {
    let kumo = try KumoRun.required()
    #expect(Bench.answers(kumo.endpoint))
    #expect(
      Self.endpoints.withLock {
        $0.insert(kumo.endpoint); return $0.count
      } == 1)
  }

  @Test func tellsClientsWhereItIs() throws {
    let kumo = try KumoRun.required()
    #expect(kumo.variables["AWS_ENDPOINT_URL"] == kumo.endpoint)
    #expect(kumo.variables["AWS_ACCESS_KEY_ID"] == "test")
    #expect(kumo.variables["KUMO_DATA_DIR"] == kumo.directory)
    #expect(try kumo.namespace == Namespace(test: "KumoSuiteTests"))
    let directory = try Directory.open(FilePath(kumo.directory))
    #expect(try directory.status("active") != nil)
    #expect(try directory.status("fixture.json") != nil)
  }
}

@Suite(.enabled(if: Bench.hasServer, "NOT TRIED: neither KUMO nor python3")) struct KumoTraitTests {
  /// Says loudly what was not tested.
  @Test(.disabled(if: Bench.hasKumo)) func withoutARealKumoTheTraitWasTriedWithAStandIn() {
    print("warning: KUMO_BIN IS NOT SET: THE TRAIT WAS TRIED WITH A STAND-IN THAT HOLDS NO DATA")
  }

  private func use(_ trait: KumoTrait, _ body: @Sendable () async throws -> Void) async throws {
    try await trait.provideScope(for: #require(Test.current), testCase: nil, performing: body)
  }

  @Test func leavesNothing() async throws {
    let seen = Mutex<KumoRun?>(nil)
    try await use(.kumo(Bench.spec, program: Bench.program, runs: Bench.runs)) {
      seen.withLock { $0 = KumoRun.current }
    }
    let run = try #require(seen.withLock { $0 })
    #expect(Bench.servers(of: run).isEmpty)
    #expect(throws: FilesError.self) { try Directory.open(FilePath(run.directory)) }
  }

  @Test func aFailureOfTheTestIsTheOneThatIsTold() async throws {
    struct Failure: Error {}
    let seen = Mutex<KumoRun?>(nil)
    await #expect(throws: Failure.self) {
      try await use(.kumo(Bench.spec, program: Bench.program, runs: Bench.runs)) {
        seen.withLock { $0 = KumoRun.current }
        throw Failure()
      }
    }
    #expect(Bench.servers(of: try #require(seen.withLock { $0 })).isEmpty)
  }

  @Test func saysThatThereIsNoKumoAndThatTheDataIsBad() async throws {
    let scratch = try TemporaryDirectory()
    let runs = scratch.path("runs").string
    let missing = await #expect(throws: KumoTestingError.self) {
      try await use(.kumo(Bench.spec, program: "/nowhere/kumo", runs: runs)) {}
    }
    #expect(missing?.description.contains("KUMO_BIN") == true)
    try scratch.write("bad/s3.json", "{")
    let bad = await #expect(throws: KumoTestingError.self) {
      try await use(.kumo(from: scratch.path("bad").string, program: "/bin/false", runs: runs)) {}
    }
    #expect(bad?.description.hasPrefix("preflight: ") == true)
    let noStart = await #expect(throws: KumoTestingError.self) {
      try await use(.kumo(Bench.spec, program: "/bin/false", runs: runs)) {}
    }
    #expect(noStart?.description.hasPrefix("start: ") == true)
    #expect(try Directory.open(FilePath(runs)).list().isEmpty)
  }

  /// Eight at the same time: eight directories, eight ports.
  @Test func manyDoNotMeet() async throws {
    let test = try #require(Test.current)
    let found = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask { try await Self.place(of: test) }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(found.count == 8)
  }

  private static func place(of test: Test) async throws -> String {
    let seen = Mutex("")
    let trait = KumoTrait.kumo(Bench.spec, program: Bench.program, runs: Bench.runs)
    try await trait.provideScope(for: test, testCase: nil) {
      let run = try KumoRun.required()
      #expect(Bench.answers(run.endpoint))
      seen.withLock { $0 = run.endpoint + run.directory }
    }
    return seen.withLock { $0 }
  }

  @Test func outsideOfASuiteThereIsNone() {
    #expect(throws: KumoTestingError.self) { try KumoRun.required() }
  }
}
