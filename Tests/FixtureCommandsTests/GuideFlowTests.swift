import Files
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

/// The guide's flow as one command, with a real KUMO and a real AWS SDK.
struct GuideFlowTests {
  static let kumo = RunsCommandTests.kumo
  static let python = Program(named: "python3")
  static let hasBoto = (try? python?.run(["-c", "import boto3"]).exitCode) == 0
  static let script = Captures.packageRoot.pushing("Tests/Interop/guide_flow.py").string

  /// Says loudly that nothing below was tested.
  @Test(.disabled(if: kumo != nil && hasBoto))
  func withoutARealKumoTheGuidesFlowWasNotTried() {
    print("warning: KUMO_BIN OR BOTO3 IS MISSING: THE GUIDE'S FLOW WAS NOT TRIED WITH A REAL KUMO AND A REAL CLIENT")
  }

  private func run(_ console: Console, _ arguments: [String]) throws -> Program.Result {
    let tool = try #require(Program.built("kumo-fixtures"))
    let kumo = try #require(Self.kumo)
    var environment: [String: String] = [:]
    for name in ["HOME", "PYENV_ROOT", "VIRTUAL_ENV"] { environment[name] = getenv(name).map { String(cString: $0) } }
    if kumo.contains("v0.18") { environment["OLD_KUMO"] = "1" }
    return try tool.run(
      ["run", "--kumo", kumo, "--run", "n1"] + arguments, environment: environment, in: console.folder.path)
  }

  @Test(.enabled(if: kumo != nil && hasBoto))
  func whatAClientWroteSurvivesANewStart() throws {
    let console = try Console()
    let python = try #require(Self.python).path.string
    let result = try run(console, ["--repeat", "2", "--restart-between", "--", python, Self.script])
    #expect(result.exitCode == 0, "\(result.errorText)")
    #expect(result.text == "all three are still there\n")
    #expect(try Directory.open(console.folder.path(".kumo-data/runs")).list().isEmpty)
  }

  @Test(.enabled(if: kumo != nil && hasBoto))
  func aFailureLeavesARedactedArtifactThatUnpacksAndLoads() throws {
    let console = try Console()
    let python = try #require(Self.python).path.string
    let result = try run(console, ["--", python, Self.script, "fail"])
    #expect(result.exitCode == 1, "\(result.errorText)")
    #expect(result.errorText.contains("failures/n1.tar.zst"), "\(result.errorText)")
    #expect(try Directory.open(console.folder.path(".kumo-data/runs")).list().isEmpty)
    let artifact = ".kumo-data/failures/n1.tar.zst"
    #expect(console.run("verify", artifact).status == 0)
    #expect(console.run("unpack", artifact, "back").status == 0)
    let secret = Array(("AKIA" + "Q3EGUHZTKXVLPQ7R").utf8)
    let back = try Directory.open(console.folder.path("back"))
    for entry in try back.walk() where entry.kind == .file {
      #expect(!(try back.read(entry.path, limit: 1 << 24)).contains(secret), "\(entry.path)")
    }
    #expect(console.run("validate", "back").status != 2)
    // It loads: KUMO serves all of it.
    let loaded = try run(console, ["--from", artifact, "--", "/bin/true"])
    #expect(loaded.exitCode == 0, "\(loaded.errorText)")
  }
}
