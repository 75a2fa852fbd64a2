import Files
import FixtureTestSupport
import SystemPackage
import Testing

/// `inspect` and `validate` say the same of an artifact as of the directory it was made of.
@Suite struct ArtifactInspectionTests {
  /// A console whose place for temporary files is in its own folder, to see what is left there.
  private static func console() throws -> Console {
    var console = try Console()
    try console.folder.makeDirectory("tmp")
    console.variables = ["TMPDIR": console.folder.path("tmp").string]
    return console
  }

  /// Unpacks an artifact as `NAME.back` and compares what is said of both.
  private static func compare(_ console: Console, _ artifact: String) throws {
    #expect(console.run("unpack", artifact, "\(artifact).back", "--mode", "0600").status == 0)
    for arguments in [["inspect"], ["inspect", "--format", "json"], ["validate", "--format", "json"]] {
      let ofArtifact = console.run(arguments + [artifact, "--quiet"])
      let ofDirectory = console.run(arguments + ["\(artifact).back"])
      #expect(ofArtifact.status == ofDirectory.status, "\(arguments): \(ofArtifact.errors)")
      #expect(
        ofArtifact.output.replacing(artifact, with: "X") == ofDirectory.output.replacing("\(artifact).back", with: "X"))
      #expect(!ofArtifact.output.isEmpty && ofArtifact.errors.isEmpty)
    }
    #expect(try console.folder.list() == [artifact, "\(artifact).back", "data", "tmp"].sorted())
    #expect(try console.snapshot("tmp").entries.isEmpty)
  }

  @Test(arguments: ["a.tar.zst", "a.tar.gz", "a.tar"]) func aShippedFixture(_ artifact: String) throws {
    let console = try Self.console()
    #expect(console.run("generate", "tour", "--out", "data").status == 0)
    #expect(console.run("pack", "data", "--allow-secrets", "--out", artifact).status == 0)
    try Self.compare(console, artifact)
  }

  @Test func anOCILayout() throws {
    let console = try Self.console()
    #expect(console.run("generate", "tour", "--out", "data").status == 0)
    #expect(console.run("pack", "data", "--allow-secrets", "--oci", "fixture-layout").status == 0)
    try Self.compare(console, "fixture-layout")
  }

  /// Captures are beside the project, not in it; without them this test has no arguments.
  @Test(arguments: Captures.dataDirectories) func capturesOfKumo(_ capture: FilePath) throws {
    let console = try Self.console()
    try console.copy(capture, as: "data")
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").status == 0)
    try Self.compare(console, "a.tar.zst")
  }

  @Test(arguments: ["a.tar.zst", "a.tar.gz"]) func brokenAndStrangeContent(_ artifact: String) throws {
    let console = try Self.console()
    #expect(console.run("generate", "tour", "--out", "data").status == 0)
    try console.folder.directory.replace("data/sqs.json", with: Array("{".utf8))
    try console.folder.directory.replace("data/fixture.json", with: Array("{}".utf8))
    try console.folder.write("data/iam.json/inner", "a directory where KUMO expects a file")
    try console.folder.write("data/logs/kumo.log", "a line")
    try console.folder.write("data/other/large.bin", [UInt8](repeating: 7, count: 3 << 20))
    #expect(console.run("pack", "data", "--allow-secrets", "--out", artifact, "--refresh-manifest").status == 0)
    try Self.compare(console, artifact)
    #expect(console.run("inspect", artifact).output.contains("iam.json: it is a directory"))
  }

  /// A member that is larger than the buffers between the two threads, and not the last one.
  @Test(arguments: ["a.tar.zst", "a.tar"]) func aLargeServiceFile(_ artifact: String) throws {
    let console = try Self.console()
    let body = String(repeating: "A", count: 9 << 20)
    let object = #""k":{"Key":"k","Size":7077888,"Body":"\#(body)"}"#
    try console.folder.write("data/s3.json", #"{"buckets":{"b":{"name":"b","objects":{\#(object)}}}}"#)
    try console.folder.write("data/sqs.json", #"{"queues":{}}"#)
    #expect(console.run("pack", "data", "--allow-secrets", "--out", artifact).status == 0)
    #expect(console.run("unpack", artifact, "back").status == 0)
    let ofArtifact = console.run("inspect", artifact)
    #expect(ofArtifact.status == 0 && ofArtifact.output.contains("1 object"), "\(ofArtifact)")
    #expect(
      ofArtifact.output.split(separator: "\n").dropFirst()
        == console.run("inspect", "back").output.split(separator: "\n").dropFirst())
  }

  @Test(arguments: ["a.tar.zst", "a.tar.gz", "a.tar"]) func damageGoesBeforeEverythingElse(_ artifact: String) throws {
    let console = try Self.console()
    try console.makeData()
    #expect(console.run("pack", "data", "--allow-secrets", "--out", artifact).status == 0)
    let whole = try console.folder.read(artifact)
    for place in [whole.count / 3, whole.count / 2, whole.count - 1200] {
      var bytes = whole
      bytes[place] ^= 4
      try console.folder.write(artifact, bytes)
      let before = try console.folder.snapshot()
      for command in ["inspect", "validate"] {
        let outcome = console.run(command, artifact)
        #expect([1, 3].contains(outcome.status), "\(command) at \(place): \(outcome)")
        #expect(outcome.output.isEmpty && !outcome.errors.isEmpty)
      }
      try console.folder.write(artifact, Array(whole[..<place]))
      #expect([1, 3].contains(console.run("inspect", artifact).status))
      #expect([1, 3].contains(console.run("validate", artifact).status))
      try console.folder.write(artifact, bytes)
      #expect(try console.folder.snapshot() == before)
    }
  }

  @Test func limitsAndFlagsAreKept() throws {
    let console = try Self.console()
    try console.makeData()
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").status == 0)
    let before = try console.folder.snapshot()
    #expect(console.run("inspect", "a.tar.zst", "--max-members", "2").status == 3)
    #expect(console.run("validate", "a.tar.zst", "--max-bytes", "1k").status == 3)
    let fixed = console.run("validate", "a.tar.zst", "--fix")
    #expect(fixed.status == 64 && fixed.errors.contains("kumo-fixtures unpack a.tar.zst"))
    #expect(console.run("inspect", "data/sqs.json").status == 2)
    #expect(console.run("validate", "data/sqs.json").status == 2)
    #expect(try console.folder.snapshot() == before)
  }

  @Test func validateFindsInAnArtifactWhatItFindsInTheDirectory() throws {
    let console = try Self.console()
    try console.makeData()
    try console.folder.write("data/sqs.json", "{")
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst", "--refresh-manifest").status == 0)
    let found = console.run("validate", "a.tar.zst")
    #expect(found.status == 1)
    #expect(found.output.contains("sqs.json"))
    #expect(try console.snapshot("tmp").entries.isEmpty)
  }
}
