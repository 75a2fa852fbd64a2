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

  /// Every capture in every layout: `diff` is empty after a restart, shows exactly the calls of a client, and what a client
  /// sees of the converted directory is what the original's files say.
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
}
