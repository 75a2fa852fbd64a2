import Artifacts
import Files
import FixtureTestSupport
import SystemPackage
import Testing

/// What we write, everybody reads; what others write in our order, we read.
struct InteropTests {
  static let cLocale = ["LC_ALL": "C"]

  @Test(arguments: RoundTripTests.names, ["tar", "bsdtar", "python3"])
  func otherToolsListAndExtract(_ name: String, _ tool: String) throws {
    guard let program = Program(named: tool), tool != "tar" || !name.hasSuffix(".zst") || Program(named: "zstd") != nil
    else {
      print("warning: \(tool) OR zstd IS NOT INSTALLED: \(name) WAS NOT READ WITH IT")
      return
    }
    if tool == "python3", name.hasSuffix(".zst") { return }
    let scratch = try Scratch()
    try RoundTripTests.fillOddly(scratch)
    try scratch.pack(name)
    try scratch.place.makeDirectory("x")
    let file = scratch.place.path(name).string
    let target = scratch.place.path("x").string
    if tool == "python3" {
      let code = "import sys,tarfile\nt=tarfile.open(sys.argv[1])\nprint(len(t.getnames()))\nt.extractall(sys.argv[2])"
      let result = try program.run(["-W", "ignore", "-c", code, file, target], environment: Self.cLocale)
      #expect(result.exitCode == 0, "\(result.errorText)")
    } else {
      let list = try program.run(["-tf", file], environment: Self.cLocale)
      #expect(list.exitCode == 0, "\(list.errorText)")
      let result = try program.run(["-xf", file, "-C", target], environment: Self.cLocale)
      #expect(result.exitCode == 0, "\(result.errorText)")
    }
    var expected = try scratch.content("source")
    expected.removeValue(forKey: "active")
    var content = try scratch.content("x")
    #expect(content.removeValue(forKey: "manifest-sha256.txt") != nil)
    #expect(content.removeValue(forKey: "logs/manifest-sha256.txt") != nil)
    #expect(content == expected)
  }

  @Test func sha256sumAgreesOnFilesLogsAndArtifact() throws {
    let program = try #require(Program(named: "sha256sum"))
    let scratch = try Scratch()
    try RoundTripTests.fillOddly(scratch)
    try scratch.pack("out.tar") { $0.writesChecksumFile = true }
    let tar = try #require(Program(named: "tar"))
    try scratch.place.makeDirectory("x")
    _ = try tar.run(["-xf", scratch.place.path("out.tar").string, "-C", scratch.place.path("x").string])
    for (directory, list) in [
      ("x", "manifest-sha256.txt"), ("x/logs", "manifest-sha256.txt"), (".", "out.tar.sha256"),
    ] {
      let result = try program.run(["--strict", "-c", list], in: scratch.place.path(directory))
      #expect(result.exitCode == 0, "\(result.text) \(result.errorText)")
    }
  }

  /// An archive that a user made with tar, in the order of artifacts, in one zstd or gzip stream.
  @Test(.needs("zstd", "gzip"), arguments: ["gnu", "pax", "ustar"], ["", "z", "--zstd"])
  func archivesOfTarAreRead(_ format: String, _ compression: String) throws {
    let tar = try #require(Program(named: "tar"))
    let scratch = try Scratch()
    try scratch.write("s3.json", "{}")
    try scratch.write("s3-objects/aa", String(repeating: "x", count: 3_000_000))
    try scratch.write("sqs.json", "{\"a\":1}")
    try scratch.pack()
    try scratch.unpack()
    let filter = compression == "z" ? ["-z"] : compression.isEmpty ? [] : [compression]
    let result = try tar.run(
      ["--format=\(format)", "-C", scratch.place.path("target").string, "-cf", scratch.place.path("foreign").string]
        + filter + ["manifest-sha256.txt", "s3-objects", "s3.json", "sqs.json"])
    #expect(result.exitCode == 0, "\(result.errorText)")
    #expect(try scratch.verify("foreign").findings == [])
    try scratch.unpack("foreign", to: "second")
    #expect(try scratch.content("second") == scratch.content("target"))
  }
}
