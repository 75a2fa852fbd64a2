import Artifacts
import Digests
import Files
import FixtureTestSupport
import SystemPackage
import Testing

/// Choosing members, reading single ones, and the OCI form.
struct SelectionTests {
  static let globs: [(String, String, Bool)] = [
    ("*.json", "s3.json", true), ("*.json", "a/s3.json", false), ("**.json", "a/b/s3.json", true),
    ("s3-objects/*", "s3-objects/x", true), ("s3-objects/*", "s3-objects/x/y", false), ("s?.json", "s3.json", true),
    ("[a-r]*", "s3.json", false), ("[!a-r]*", "s3.json", true), ("\\*", "*", true), ("\\*", "x", false),
    ("[", "[", true), ("**/x", "a/b/x", true), ("", "", true), ("*", "", true), ("a*b*c", "aXXbYYc", true),
    ("a*b*c", "aXXbYY", false),
  ]

  @Test(arguments: globs)
  func globsMatchBytes(_ pattern: String, _ path: String, _ expected: Bool) {
    #expect(GlobPattern([UInt8](pattern)).matches([UInt8](path)) == expected)
  }

  @Test func servicesAndPatternsChooseWhatIsPackedAndUnpacked() throws {
    let scratch = try Scratch()
    for path in ["fixture.json", "s3.json", "s3-objects/aa", "s3tables.json", "sqs.json"] {
      try scratch.write(path, path)
    }
    try scratch.pack()
    try scratch.unpack { $0.filter = MemberFilter(include: [[UInt8]("s3")], exclude: []) }
    #expect(
      try scratch.content("target").keys.sorted() == [
        "fixture.json", "manifest-sha256.txt", "s3-objects", "s3-objects/aa", "s3.json",
      ])
    let report = try ArtifactVerifier.verify(Directory.open(scratch.place.path("target")), ReadOptions())
    #expect(report.findings == [])
    let packed = try scratch.pack("part.tar") {
      $0.filter = MemberFilter(include: [], exclude: [[UInt8]("s3"), [UInt8]("fix*.json")])
    }
    #expect(packed.files == 2)
    #expect(try scratch.verify("part.tar").findings == [])
  }

  @Test func singleMembersAreReadWithoutUnpacking() throws {
    let scratch = try Scratch()
    let large = Scratch.large(9 << 20)
    try scratch.write("fixture.json", "{\"name\":\"x\"}\n")
    try scratch.write("large.json", large)
    try scratch.pack()
    let names: Set<[UInt8]> = [[UInt8]("fixture.json"), [UInt8]("none"), ReservedName.manifest]
    let found = try ArtifactReader.read(names, of: scratch.open(), limit: 1 << 20, ReadOptions(workers: 2))
    #expect(Set(found.keys) == [[UInt8]("fixture.json"), ReservedName.manifest])
    #expect(found[[UInt8]("fixture.json")] == [UInt8]("{\"name\":\"x\"}\n"))
    let whole = try ArtifactReader.read(
      [[UInt8]("large.json")], of: scratch.open(), limit: 1 << 30, ReadOptions(workers: 3))
    #expect(whole[[UInt8]("large.json")] == large)
    let hasher = Sum()
    try ArtifactReader.stream(
      scratch.open(), MemberFilter(include: [], exclude: [[UInt8]("fixture.json")]), ReadOptions()
    ) { piece, isLast throws(ArtifactError) in hasher.add(piece.bytes, at: piece.offset, isLast) }
    #expect(hasher.total == large.count && hasher.isDone)
  }

  /// Counts pieces that come in order. Used by one thread at a time.
  private final class Sum: @unchecked Sendable {
    var total = 0
    var isDone = false
    func add(_ bytes: UnsafeRawBufferPointer, at offset: Int, _ isLast: Bool) {
      if offset == total { total += bytes.count }
      isDone = isLast
    }
  }

  @Test func anOCILayoutIsReproducibleAndReadBack() throws {
    let scratch = try Scratch()
    try RoundTripTests.fillOddly(scratch)
    let oci = OCIOptions(name: "odd", version: "3", tag: "v3")
    var digests: Set<String> = []
    for name in ["one", "two"] {
      let options = PackOptions(workers: name == "one" ? 1 : 3)
      let result = try OCILayoutWriter.pack(scratch.source, to: scratch.place.path(name), options, oci)
      digests.insert(result.manifestDigest)
    }
    #expect(digests.count == 1)
    #expect(try scratch.content("one") == scratch.content("two"))
    let layout = try Directory.open(scratch.place.path("one"))
    #expect(OCILayoutReader.isLayout(layout))
    for entry in try layout.walk() where entry.kind == .file && entry.path.depth == 3 {
      let digest = try SHA256Hasher.hash(of: layout.read(entry.path, limit: 1 << 20)).hex
      #expect(entry.path.lastComponent.description == digest)
    }
    let artifact = try OCILayoutReader.open(layout)
    #expect(try ArtifactVerifier.verify(artifact, ReadOptions(workers: 2)).findings == [])
    _ = try ArtifactExtractor.unpack(artifact, to: scratch.place.path("target"), UnpackOptions())
    #expect(try scratch.place.text("target/s3.json") == "{}")
    // One bit of the layer.
    let layer = "one/blobs/sha256/\(try scratch.pack().artifactDigest.hex)"
    var bytes = try scratch.place.read(layer)
    bytes[bytes.count / 2] ^= 1
    try scratch.place.write(layer, bytes)
    let error = #expect(throws: ArtifactError.self) { try OCILayoutReader.open(layout) }
    #expect(error?.code == .damaged)
  }
}
