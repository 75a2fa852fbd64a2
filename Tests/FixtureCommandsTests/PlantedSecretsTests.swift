import Files
import FixtureTestSupport
import Foundation
import SystemPackage
import Testing

/// The capture with planted secrets, through the commands; everything is searched by a program that shares no code with
/// the redaction.
@Suite(.enabled(if: Captures.root != nil, "the captures are not beside the project"))
struct PlantedSecretsTests {
  private let console: Console
  private let captures: FilePath

  init() throws {
    captures = try #require(Captures.root).pushing("v0.25.3")
    console = try Console()
    try console.copy(captures.appending("secrets"), as: "data")
  }

  private static let python = Program(named: "python3")

  private var planted: String { captures.appending("secrets.planted.json").string }

  private func interop(_ script: String) -> String {
    Captures.packageRoot.pushing(FilePath("Tests/Interop/\(script)")).string
  }

  /// How many of the planted values are found in files and folders.
  private func search(_ python: Program, _ paths: String...) throws -> Program.Result {
    let places = paths.map { console.folder.path($0).string }
    return try python.run([interop("leak_search.py"), planted] + places)
  }

  @Test func noneIsLeftInADirectoryOrAnArtifact() throws {
    guard let python = Self.python else {
      print("warning: python3 is not installed: nothing but our own code searched for planted secrets")
      return
    }
    // What finds nothing has to be able to find something.
    let source = try search(python, "data")
    #expect(source.exitCode == 1 && source.text.contains("14 of 14 planted values found"), "\(source.text)")
    #expect(console.run("redact", "data", "--out", "clean").status == 0)
    #expect(console.run("pack", "data", "--out", "open.tar.gz", "--allow-secrets").status == 0)
    #expect(try search(python, "open.tar.gz").text.contains("14 of 14"))
    for name in ["a.tar", "a.tar.gz", "a.tar.zst"] {
      let packed = console.run("pack", "data", "--out", name, "--redact")
      #expect(packed.status == 0, "\(packed.errors)")
      #expect(console.run("unpack", name, "from-\(name)").status == 0)
      let left = try search(python, name, "from-\(name)")
      #expect(left.exitCode == 0, "\(left.text)\(left.errorText)")
    }
    #expect(console.run("pack", "data", "--oci", "layout", "--redact").status == 0)
    let left = try search(python, "clean", "layout")
    #expect(left.exitCode == 0, "\(left.text)\(left.errorText)")
  }

  /// A real KUMO serves the redacted directory, and a client sees what it saw before, without the secrets.
  @Test func aClientSeesTheSameWithoutTheSecrets() throws {
    guard let kumo = ProcessInfo.processInfo.environment["KUMO_BIN"] else {
      print("warning: KUMO_BIN is not set: the redacted capture was not tried on a real KUMO")
      return
    }
    guard let python = Self.python, try python.run(["-c", "import boto3"]).exitCode == 0 else {
      print("warning: python3 with boto3 is not there: the redacted capture was not tried on a real KUMO")
      return
    }
    let tool = try #require(Program.built("kumo-fixtures"))
    #expect(console.run("redact", "data", "--out", "clean").status == 0)
    let (source, clean) = (console.folder.path("data").string, console.folder.path("clean").string)
    let result = try python.run(
      [interop("redacted_check.py"), kumo, tool.path.string, planted, source, clean])
    #expect(result.exitCode == 0, "\(result.text)\(result.errorText)")
  }
}
