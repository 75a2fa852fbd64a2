import Files
import FixtureSpecs
import FixtureTestSupport
import Foundation
import SystemPackage
import Testing

/// A real KUMO on generated fixtures, seen through an AWS SDK (boto3). Runs when `KUMO_BIN` names a KUMO binary that
/// honours KUMO_HOST and KUMO_PORT, and says so when it does not.
@Suite struct RealKumoTests {
  @Test(arguments: ["inline", "portable"]) func showsAnSDKWhatTheSpecSays(_ layout: String) throws {
    guard let kumo = ProcessInfo.processInfo.environment["KUMO_BIN"] else {
      print("warning: KUMO_BIN is not set: generated fixtures were not tried on a real KUMO")
      return
    }
    guard let python = Program(named: "python3"), try python.run(["-c", "import boto3"]).exitCode == 0 else {
      print("warning: python3 with boto3 is not there: generated fixtures were not tried on a real KUMO")
      return
    }
    let tool = try #require(Program.built("kumo-fixtures"))
    let console = try Console()
    let specs = ["tour", "shop", "upgrade"]
    for spec in specs {
      #expect(console.run("generate", spec, "--out", spec, "--layout", layout).status == 0)
    }
    let check = Captures.packageRoot.pushing("Tests/Interop/kumo_check.py").string
    let directories = specs.map { console.folder.path($0).string }
    let result = try python.run([check, kumo, tool.path.string] + directories)
    #expect(result.exitCode == 0, "\(result.text)\(result.errorText)")
  }

  /// Every capture in every layout: `diff` is empty after a restart, shows exactly the calls of a client, and what a
  /// client sees of the converted directory is what the original's files say.
  @Test(arguments: Captures.dataDirectories) func diffAndLayoutsAgreeWithAServer(_ capture: FilePath) throws {
    guard let kumo = ProcessInfo.processInfo.environment["KUMO_BIN"],
      let python = Program(named: "python3"), try python.run(["-c", "import boto3"]).exitCode == 0
    else {
      print("warning: KUMO_BIN or boto3 is missing: diff and layouts were not tried on a real KUMO")
      return
    }
    let tool = try #require(Program.built("kumo-fixtures"))
    let check = Captures.packageRoot.pushing("Tests/Interop/kumo_effects.py").string
    for layout in ["inline", "portable"] {
      let console = try Console()
      try console.copy(capture, as: "data")
      #expect(console.run("adopt", "data").status == 0)
      let applied = console.run("migrate", "apply", "data", "--layout", layout)
      #expect(applied.status == 0, "\(applied.errors)")
      let served = console.folder.path("data").string
      let result = try python.run([check, kumo, tool.path.string, capture.string, served])
      #expect(result.exitCode == 0, "\(layout): \(result.text)\(result.errorText)")
    }
  }

  /// The shipped example on a directory that a server wrote: a step of each kind, what a client sees of the result,
  /// and back through every stage.
  @Test func theExampleMigratesWhatAServerWrote() throws {
    guard let kumo = ProcessInfo.processInfo.environment["KUMO_BIN"],
      let python = Program(named: "python3"), try python.run(["-c", "import boto3"]).exitCode == 0
    else {
      print("warning: KUMO_BIN or boto3 is missing: the example's steps were not tried on what a real KUMO wrote")
      return
    }
    let tool = try #require(Program.built("kumo-fixtures"))
    let interop = Captures.packageRoot.pushing("Tests/Interop")
    let steps = Captures.packageRoot.pushing("fixture-specs/migrations/upgrade").string
    var console = try Console()
    console.steps = builtInSteps
    #expect(console.run("generate", "upgrade", "--out", "data").status == 0)
    for name in ["fixture.json", "manifest-sha256.txt"] {
      try console.folder.directory.remove(RelativePath(text: "data/\(name)"))
    }
    let data = console.folder.path("data")
    let served = try python.run(
      [interop.appending("kumo_customers.py").string, kumo, data.string], timeout: .seconds(120))
    #expect(served.exitCode == 0, "\(served.text)\(served.errorText)")
    #expect(console.run("adopt", "data", "--name", "upgrade").status == 0)
    var stages = [try TreeSnapshot(Directory.open(data))]
    for version in 2...4 {
      let applied = console.run("migrate", "apply", "data", "--steps", steps, "--to", "\(version)")
      #expect(applied.status == 0, "\(applied.output)\(applied.errors)")
      stages.append(try TreeSnapshot(Directory.open(data)))
    }
    let items = try console.folder.text("data/dynamodb.json")
    #expect(items.contains(#""family-name":{"S":"小龍"}"#) && items.contains(#""price":{"N":"19.90"}"#))
    let seen = try python.run(
      [interop.appending("kumo_check.py").string, kumo, tool.path.string, data.string], timeout: .seconds(120))
    #expect(seen.exitCode == 0, "\(seen.text)\(seen.errorText)")
    for (version, way) in [(3, []), (2, ["--down"]), (1, ["--down"])] {
      let back = console.run(["migrate", "rollback", "data", "--steps", steps] + way)
      #expect(back.status == 0, "\(back.errors)")
      #expect(try TreeSnapshot(Directory.open(data)) == stages[version - 1], "version \(version)")
    }
  }
}
