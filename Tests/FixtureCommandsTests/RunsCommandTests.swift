import Files
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

/// The commands around a test command, in-process where no other process is needed, else with the built tool.
struct RunsCommandTests {
  @Test func namespacePrintsNamesAndPrefixes() throws {
    let console = try Console()
    #expect(console.run("namespace", "TestInvoiceRetryWritesReceipt").output == "invoice-retry-writes-receipt\n")
    #expect(console.run("namespace", "TestInvoiceRetry", "--prefix-for", "dynamodb-key").output == "invoice-retry#\n")
    let json = console.run("namespace", "TestInvoiceRetry", "--format", "json").output
    #expect(json.contains(#""s3": "invoice-retry-""#))
    #expect(console.run("namespace", "x", "--prefix-for", "nothing").status == 64)
  }

  @Test func aRunIsPreparedListedRefusedAndTornDown() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "base").status == 0)
    let prepared = console.run("runs", "prepare", "--from", "base", "--run", "n1", "--owner", "\(getpid())")
    #expect(prepared.status == 0, "\(prepared.errors)")
    #expect(prepared.output == "\(console.folder.path(".kumo-data/runs/n1"))\n")
    #expect(try console.folder.exists(".kumo-data/runs/n1/active"))
    let status = console.run("runs", "status").output
    #expect(status.hasPrefix("n1  active  0 s  "))
    #expect(status.contains("tour@1"))
    let refused = console.run("runs", "prepare", "--from", "base", "--run", "n1")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("process \(getpid())"))
    #expect(console.run("runs", "gc").output.hasPrefix("kept n1: "))
    let plan = console.run("runs", "teardown", "n1", "--dry-run", "--format", "json")
    #expect(plan.status == 0)
    #expect(plan.output.contains(#""dryRun": true"#))
    #expect(try console.folder.exists(".kumo-data/runs/n1/active"))
    #expect(console.run("runs", "teardown", "n1").status == 0)
    #expect(console.run("runs", "teardown", "n1").output == "n1: nothing there any more\n")
    #expect(console.run("runs", "status").output == "")
  }

  @Test func aRunFromASpecPrintsLinesForAShell() throws {
    let console = try Console()
    let result = console.run(
      "runs", "prepare", "--spec", "tour", "--run", "n1", "--namespace", "it-s", "--print", "export", "--root", "it's")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("/it'\\''s/n1'\n"))
    #expect(result.output.contains("export KUMO_FIXTURES_NAMESPACE='it-s'\n"))
    #expect(console.run("runs", "prepare", "--spec", "tour", "--run", "n1", "--root", "it's").status == 3)
    #expect(console.run("runs", "teardown", "it's/n1").status == 0)
  }

  @Test(arguments: [
    ["runs", "prepare"], ["runs", "prepare", "--spec", "a", "--from", "b"],
    ["runs", "prepare", "--from", "b", "--run", "a/b"],
    ["runs", "gc", "--keep", "-1"], ["runs", "gc", "--other-hosts"], ["runs", "teardown", "--wait", "-1"], ["run"],
    ["run", "--repeat", "0", "--", "true"], ["run", "--endpoint", "x", "--kumo", "y", "--", "true"],
    ["health", "--timeout", "-1"],
  ])
  func wrongUsageIs64(arguments: [String]) throws {
    let console = try Console()
    #expect(console.run(arguments).status == 64)
  }

  @Test func healthSaysThatNobodyAnswers() throws {
    let console = try Console()
    let result = console.run("health", "--endpoint", "http://127.0.0.1:1", "--timeout", "0")
    #expect(result.status == 2)
    #expect(result.errors.contains("nobody answers at http://127.0.0.1:1"))
    #expect(console.run("health", "--endpoint", "https://x").status == 2)
  }

  @Test func runNeedsPrograms() throws {
    let console = try Console()
    #expect(console.run("run", "--kumo", "/nowhere/kumo", "--", "/bin/true").errors.contains("KUMO '/nowhere/kumo'"))
    #expect(console.run("run", "--kumo", "/bin/true", "--", "/nowhere/test").status == 2)
    #expect(try console.folder.exists(".kumo-data") == false)
  }

  /// KUMO is never started on what it would drop.
  @Test func runRefusesABrokenDirectory() throws {
    let console = try Console()
    try console.folder.write("bad/s3.json", "{")
    let result = console.run(
      "run", "--from", "bad", "--kumo", "/bin/false", "--run", "n1", "--remove-failed", "--", "/bin/true")
    #expect(result.status == 2)
    #expect(result.errors.contains("error: preflight: KUMO would not load this directory completely"))
    #expect(try Directory.open(console.folder.path(".kumo-data/runs")).list().isEmpty)
  }

  @Test func doctorLooksAtTheMachine() throws {
    let console = try Console()
    let result = console.run("doctor")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("  flock: "))
    #expect(try console.folder.list().isEmpty)
    let broken = console.run("doctor", "--kumo", "/bin/false", "--format", "json")
    #expect(broken.status == 1)
    #expect(broken.output.contains("ended while it was starting"))
    guard let kumo = Self.kumo else { return }
    #expect(console.run("doctor", "--kumo", kumo).output.contains("writes the layout "))
  }

  static let kumo = getenv("KUMO_BIN").map { String(cString: $0) }

  /// Says loudly that nothing below was tested.
  @Test(.disabled(if: kumo != nil))
  func withoutARealKumoRunWasNotTried() {
    print("warning: KUMO_BIN IS NOT SET: 'run' AND 'health' WERE NOT TRIED WITH A REAL KUMO")
  }

  /// The whole way with the built tool: KUMO serves the tour, the command's code comes back, nothing is left.
  @Test(.enabled(if: kumo != nil))
  func runGoesTheWholeWay() throws {
    let console = try Console()
    let tool = try #require(Program.built("kumo-fixtures"))
    let kumo = try #require(Self.kumo)
    let script = "'\(tool.path)' health && exit 5"
    let result = try tool.run(
      ["run", "--spec", "shop", "--kumo", kumo, "--run", "n1", "--", "/bin/bash", "-c", script], in: console.folder.path
    )
    #expect(result.exitCode == 5, "\(result.errorText)")
    #expect(result.text.hasPrefix("healthy endpoint=http://127.0.0.1:"))
    #expect(result.text.contains("fixture=shop@"))
    #expect(result.errorText.contains("failures/n1.tar.zst"), "\(result.errorText)")
    #expect(try console.folder.exists(".kumo-data/failures/n1.tar.zst"))
    #expect(try Directory.open(console.folder.path(".kumo-data/runs")).list().isEmpty)
  }

  /// The tool killed as hard as possible: KUMO and the command end with it, and gc removes the rest.
  @Test(.enabled(if: kumo != nil))
  func aKilledRunLeavesNothingThatStays() throws {
    let console = try Console()
    let tool = try #require(Program.built("kumo-fixtures"))
    let kumo = try #require(Self.kumo)
    let running = try tool.start(
      [
        "run", "--spec", "tour", "--kumo", kumo, "--run", "n1", "--", "/bin/bash", "-c",
        "echo up $PPID; exec sleep 3600",
      ],
      in: console.folder.path)
    #expect(try eventually { try running.outputSoFar().hasPrefix("up") })
    running.send(SIGKILL)
    _ = try running.wait()
    var outcome = console.run("runs", "gc")
    // KUMO saves once more before it ends; a collection that comes too early says so and removes nothing.
    _ = eventually {
      if !outcome.output.hasPrefix("removed n1") { outcome = console.run("runs", "gc") }
      return outcome.output.hasPrefix("removed n1")
    }
    #expect(outcome.output.hasPrefix("removed n1: "), "\(outcome)")
    #expect(try Directory.open(console.folder.path(".kumo-data/runs")).list().isEmpty)
  }
}
