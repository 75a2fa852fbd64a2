import Artifacts
import Digests
import Files
import FixtureTestSupport
import SystemPackage
import Testing

struct RoundTripTests {
  static let names = ["out.tar.zst", "out.tar.gz", "out.tar"]

  @Test(arguments: names)
  func everyCaptureComesBack(_ name: String) throws {
    for capture in Captures.dataDirectories {
      let scratch = try Scratch()
      let report = try scratch.pack(name, from: capture)
      #expect(try scratch.verify(name).findings == [])
      let unpacked = try scratch.unpack(name)
      #expect(unpacked.treeDigest == report.treeDigest)
      var content = try scratch.content("target")
      #expect(content.removeValue(forKey: "manifest-sha256.txt") != nil)
      #expect(try content == Scratch.content(Directory.open(capture)))
      let folder = try ArtifactVerifier.verify(Directory.open(scratch.place.path("target")), ReadOptions(workers: 2))
      #expect(folder.findings == [] && folder.treeDigest == report.treeDigest)
      // What was unpacked packs to the same artifact: the manifest in it is checked, not made.
      let again = try scratch.pack("again" + name.dropFirst(3), from: scratch.place.path("target"))
      #expect(again.hadManifest && again.artifactDigest == report.artifactDigest)
      #expect(try scratch.leftovers(["source", "target", name, "again" + name.dropFirst(3)]) == [])
    }
  }

  /// Names that need pax headers, empty files and directories, logs, and a run's sentinel, which stays behind.
  static func fillOddly(_ scratch: Scratch) throws {
    try scratch.write("s3.json", "{}")
    try scratch.write("fixture.json", "{\"name\":\"odd\"}\n")
    try scratch.write("Ünïcode/日本 語.txt", "text")
    try scratch.write(String(repeating: "d", count: 150) + "/" + String(repeating: "f", count: 200), "long")
    try scratch.write(String(repeating: "ü", count: 70) + "/" + String(repeating: "é", count: 100), "both")
    try scratch.write("back\\slash\nline", "escaped")
    try scratch.write("empty.json", "")
    try scratch.write("exact", [UInt8](repeating: 7, count: 512))
    try scratch.write("logs/kumo.log", "started\n")
    try scratch.write("logs/zz.log", "")
    try scratch.write("active", "owner")
    try scratch.place.makeDirectory("source/s3-objects")
  }

  @Test(arguments: names)
  func oddNamesEmptyDirectoriesAndLogsComeBack(_ name: String) throws {
    let scratch = try Scratch()
    try Self.fillOddly(scratch)
    try scratch.pack(name)
    #expect(try scratch.verify(name).findings == [])
    try scratch.unpack(name)
    var expected = try scratch.content("source")
    expected.removeValue(forKey: "active")
    var content = try scratch.content("target")
    #expect(content.removeValue(forKey: "manifest-sha256.txt") != nil)
    #expect(content == expected)
  }

  @Test func membersStandInTheDocumentedOrder() throws {
    let scratch = try Scratch()
    try Self.fillOddly(scratch)
    try scratch.pack()
    let (members, report) = try ArtifactReader.list(scratch.open(), ReadOptions(workers: 2))
    #expect(report.findings == [])
    let paths = members.map { String(decoding: $0.path, as: UTF8.self) }
    #expect(paths.contains("logs/manifest-sha256.txt") && paths.contains("s3-objects") && !paths.contains("active"))
    let rest = members.map(\.path).filter {
      !["manifest-sha256.txt", "fixture.json", "logs/manifest-sha256.txt"].map { [UInt8]($0) }.contains($0)
    }
    #expect(rest == rest.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(members.first { $0.isDirectory }?.path == [UInt8]("s3-objects"))
  }

  /// Larger than two frames, so that parts of it are read, hashed and written by several threads.
  @Test(arguments: names)
  func largeFilesGoThroughFramesInParallel(_ name: String) throws {
    let scratch = try Scratch()
    let large = Scratch.large(19 << 20)
    try scratch.write("large.json", large)
    try scratch.write("a.json", "first")
    try scratch.write("z.json", "last")
    var digests: Set<String> = []
    for workers in name == "out.tar.gz" ? [2] : [1, 2, 4] {
      digests.insert(try scratch.pack(name) { $0.workers = workers }.artifactDigest.hex)
      #expect(try scratch.verify(name, workers: workers).findings == [])
    }
    #expect(digests.count == 1)
    try scratch.unpack(name, workers: 3)
    #expect(try Scratch.read(ReadableFile.open(scratch.place.path("target/large.json"))) == large)
  }

  @Test(arguments: names)
  func neitherWorkersNorModesNorTimesChangeTheBytes(_ name: String) throws {
    let scratch = try Scratch()
    for index in 0..<300 { try scratch.write("s3-objects/\(index)", String(repeating: "\(index) ", count: index * 40)) }
    let first = try scratch.pack(name) { $0.workers = 1 }
    for workers in 2...4 {
      #expect(try scratch.pack(name) { $0.workers = workers }.artifactDigest == first.artifactDigest)
    }
    // The same files written anew, later, in another order, with other modes.
    let other = try Scratch()
    for index in (0..<300).reversed() {
      let text = String(repeating: "\(index) ", count: index * 40)
      try other.place.write("source/s3-objects/\(index)", text, mode: index % 2 == 0 ? 0o400 : 0o755)
    }
    #expect(try other.pack(name).artifactDigest == first.artifactDigest)
  }

  @Test func theTreeDigestIsTheSameUnderEveryCompressionAndLevel() throws {
    let scratch = try Scratch()
    try Self.fillOddly(scratch)
    var trees: Set<String> = []
    var artifacts: Set<String> = []
    for (name, level) in [("a.tar.zst", 1), ("b.tar.zst", 19), ("c.tar.gz", 1), ("d.tar.gz", 9), ("e.tar", 0)] {
      let report = try scratch.pack(name) { $0.level = level }
      trees.insert(report.treeDigest.hex)
      artifacts.insert(report.artifactDigest.hex)
    }
    #expect(trees.count == 1 && artifacts.count > 2)
  }

  @Test func aLevelThatDoesNotExistIsRefused() throws {
    let scratch = try Scratch()
    let error = #expect(throws: ArtifactError.self) { try scratch.pack { $0.level = 23 } }
    #expect(error?.code == .usage && error?.outcome == .usage)
    #expect(try scratch.leftovers(["source"]) == [])
  }
}
