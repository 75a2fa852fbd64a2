import Digests
import Files
import FixtureTestSupport
import SystemPackage
import Testing

@Suite struct ArtifactCommandTests {
  static let compressions = ["tar.zst", "tar.gz", "tar"]

  @Test(arguments: ["tour", "shop", "upgrade"]) func shippedFixturesComeBackAsTheyWere(_ spec: String) throws {
    let console = try Console()
    #expect(console.run("generate", spec, "--out", "data").status == 0)
    let data = try console.snapshot("data")
    for compression in Self.compressions {
      let artifact = "a.\(compression)"
      let packed = console.run("pack", "data", "--allow-secrets", "--out", artifact)
      #expect(packed.status == 0, "\(packed.errors)")
      #expect(console.run("verify", artifact).status == 0)
      let unpacked = console.run("unpack", artifact, "back-\(compression)")
      #expect(unpacked.status == 0, "\(unpacked.errors)")
      #expect(try console.snapshot("back-\(compression)") == data)
      #expect(console.run("verify", "back-\(compression)").output.contains(try #require(packed.treeDigest)))
    }
    #expect(try console.folder.list().filter { $0.hasPrefix(".") } == [])
  }

  /// Captures are beside the project, not in it; without them this test has no arguments.
  @Test(arguments: Captures.dataDirectories, compressions)
  func capturesComeBackAsTheyWere(_ capture: FilePath, _ compression: String) throws {
    let console = try Console()
    try console.copy(capture, as: "data")
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.\(compression)").status == 0)
    #expect(console.run("unpack", "a.\(compression)", "back").status == 0)
    var back = try console.contents("back")
    // KUMO's directory has no manifest; its artifact has one.
    #expect(back.removeValue(forKey: "manifest-sha256.txt") != nil)
    #expect(try back == console.contents("data"))
  }

  @Test func aChangedDirectoryIsRefusedWithTheWayOut() throws {
    let console = try Console()
    try console.makeData()
    try console.folder.write("data/extra.txt", "x")
    try console.folder.write("data/other.txt", "x")
    let before = try console.folder.snapshot()
    let refused = console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("extra.txt") && refused.errors.contains("other.txt"), "\(refused.errors)")
    #expect(refused.errors.contains("--refresh-manifest"))
    #expect(try console.folder.snapshot() == before)
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst", "--refresh-manifest").status == 0)
    #expect(console.run("verify", "a.tar.zst").status == 0)
  }

  @Test(arguments: compressions) func aFlippedByteIsFound(_ compression: String) throws {
    let console = try Console()
    try console.makeData()
    let artifact = "a.\(compression)"
    #expect(console.run("pack", "data", "--allow-secrets", "--out", artifact).status == 0)
    var bytes = try console.folder.read(artifact)
    // Beyond the manifest, inside a member's content or a compressed frame.
    bytes[bytes.count * 2 / 3] ^= 1
    try console.folder.write(artifact, bytes)
    let before = try console.folder.snapshot()
    #expect([1, 3].contains(console.run("verify", artifact).status))
    #expect([1, 3].contains(console.run("unpack", artifact, "back").status))
    #expect([1, 3].contains(console.run("list", artifact).status))
    #expect(try console.folder.snapshot() == before)
  }

  @Test(arguments: ["text", "json", "github"]) func everyFaultOfADirectoryIsListed(_ format: String) throws {
    let console = try Console()
    try console.makeData()
    try console.folder.write("data/extra.txt", "x")
    try console.folder.write("data/sqs.json", "{}")
    try console.folder.directory.remove("data/dynamodb.json")
    let verified = console.run("verify", "data", "--format", format)
    #expect(verified.status == 1)
    for word in ["extra.txt", "untracked", "sqs.json", "mismatch", "dynamodb.json", "missing"] {
      #expect(verified.output.contains(word), "\(word) in \(verified.output)")
    }
  }

  @Test func anExistingDirectoryStaysUnlessItIsToBeReplaced() throws {
    let console = try Console()
    try console.makeData()
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").status == 0)
    try console.folder.write("back/mine.txt", "mine")
    let refused = console.run("unpack", "a.tar.zst", "back")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("--replace"))
    #expect(try console.folder.text("back/mine.txt") == "mine")
    let replaced = console.run("unpack", "a.tar.zst", "back", "--replace", "--format", "json")
    #expect(replaced.status == 0, "\(replaced.errors)")
    #expect(replaced.output.contains("\"replaced\": true"))
    #expect(try console.snapshot("back") == console.snapshot("data"))
  }

  @Test func servicesAndModesCanBeChosen() throws {
    let console = try Console()
    try console.makeData()
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").status == 0)
    #expect(console.run("unpack", "a.tar.zst", "back", "--only", "s3,sqs", "--mode", "0640").status == 0)
    #expect(try console.folder.exists("back/s3.json") && console.folder.exists("back/sqs.json"))
    #expect(try !console.folder.exists("back/dynamodb.json"))
    #expect(try console.folder.mode("back/s3.json") == 0o640)
    #expect(try console.folder.mode("back") == 0o750)
    #expect(console.run("verify", "back").status == 0)
    #expect(
      console.run(
        "pack", "data", "--allow-secrets", "--out", "b.tar.zst", "--include", "s3", "--exclude", "s3-objects/**"
      ).status == 0)
    let listed = console.run("list", "b.tar.zst").output
    #expect(listed.contains("s3.json") && !listed.contains("s3-objects") && !listed.contains("sqs.json"), "\(listed)")
  }

  @Test func listNamesTheManifestFirst() throws {
    let console = try Console()
    try console.makeData()
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.gz").status == 0)
    let names = console.run("list", "a.tar.gz").output.split(separator: "\n").map { $0.split(separator: " ").last }
    #expect(names.prefix(2) == ["manifest-sha256.txt", "fixture.json"])
    #expect(names.count > 4)
    #expect(console.run("list", "a.tar.gz", "--format", "json").output.contains("\"name\": \"s3.json\""))
  }

  @Test func theChecksumFileIsForSha256sum() throws {
    let console = try Console()
    let sha256sum = try #require(Program(named: "sha256sum"))
    try console.makeData()
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst", "--checksum").status == 0)
    #expect(try sha256sum.run(["-c", "a.tar.zst.sha256"], in: console.folder.path).exitCode == 0)
  }

  @Test func anOCILayoutIsVerifiedListedAndUnpacked() throws {
    let console = try Console()
    try console.makeData()
    let packed = console.run("pack", "data", "--allow-secrets", "--oci", "layout", "--tag", "v1")
    #expect(packed.status == 0, "\(packed.errors)")
    #expect(packed.output.contains("OCI manifest sha256:"))
    #expect(try console.folder.text("layout/index.json").contains("\"org.opencontainers.image.ref.name\":\"v1\""))
    #expect(console.run("verify", "layout").status == 0)
    #expect(console.run("list", "layout").output.contains("fixture.json"))
    #expect(console.run("unpack", "layout", "back").status == 0)
    #expect(try console.snapshot("back") == console.snapshot("data"))
    #expect(console.run("pack", "data", "--allow-secrets", "--oci", "layout").status == 2)
    #expect(
      console.run("pack", "data", "--allow-secrets", "--oci", "again", "--tag", "v1").output.digests
        == packed.output.digests)
  }

  @Test(
    arguments: [
      (["pack", "data", "--allow-secrets"], 64), (["pack", "data", "--allow-secrets", "--out", "a.zip"], 64),
      (["pack", "data", "--allow-secrets", "--out", "a.tar", "--oci", "b"], 64),
      (["pack", "data", "--allow-secrets", "--out", "a.tar.zst", "--level", "99"], 64),
      (["pack", "data", "--allow-secrets", "--out", "data/a.tar"], 64),
      (["pack", "data", "--out", "a.tar", "--level", "1"], 64),
      (["pack", "data", "--allow-secrets", "--out", "a.tar", "--tag", "v1"], 64),
      (["pack", "data", "--oci", "b", "--tag", "-v1"], 64),
      (["unpack", "a.tar", "b", "--mode", "4755"], 64), (["unpack", "a.tar", "b", "--mode", "0044"], 64),
      (["unpack", "a.tar", "b", "--max-bytes", "12 apples"], 64), (["verify"], 64),
      (["pack", "absent", "--out", "a.tar"], 2), (["pack", "data", "--allow-secrets", "--out", "absent/a.tar"], 2),
      (["verify", "absent"], 2), (["unpack", "absent", "b"], 2), (["unpack", "data", "b"], 2),
      (["verify", "data/sqs.json"], 2), (["list", "data"], 2),
      (["unpack", "small.tar", "b", "--max-members", "2"], 3), (["unpack", "small.tar", "b", "--max-bytes", "1k"], 3),
      (["verify", "small.tar", "--max-file-bytes", "10"], 3),
    ] as [([String], Int32)])
  func whatCannotBeDoneChangesNothing(_ arguments: [String], _ status: Int32) throws {
    let console = try Console()
    try console.makeData()
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "small.tar").status == 0)
    let before = try console.folder.snapshot()
    let outcome = console.run(arguments)
    #expect(outcome.status == status, "\(outcome.output)\(outcome.errors)")
    #expect(!outcome.errors.isEmpty || status == 3)
    #expect(try console.folder.snapshot() == before)
  }
}

extension Console {
  /// A small fixture in `data`, made by a spec that is quick to write.
  func makeData() throws {
    try folder.write(
      "small.yaml",
      """
      fixture: small
      version: 2
      clock: 2026-01-02T03:04:05Z
      s3: {buckets: [{name: bucket, objects: [{key: "k/${index}.bin", count: 4, body: {bytes: 9KiB}}]}]}
      dynamodb: {tables: [{name: table, key: {hash: "pk:S"}, items: [{pk: one}]}]}
      sqs: {queues: [{name: queue}]}
      """)
    let generated = run("generate", "small.yaml", "--out", "data")
    try #require(generated.status == 0, "\(generated.errors)")
    try folder.directory.remove("small.yaml")
  }

  /// A directory of the folder with everything in it.
  func snapshot(_ name: String) throws -> TreeSnapshot { try TreeSnapshot(Directory.open(folder.path(name))) }

  /// The digests of a directory's files, by path: modes are unpack's to choose.
  func contents(_ name: String) throws -> [RelativePath: String] {
    try snapshot(name).entries.compactMapValues { $0.digest?.hex }
  }

  @Test func aMisspeltServiceIsNoEmptyArtifact() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "data").status == 0)
    let refused = console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst", "--include", "dynamobd")
    #expect(refused.status == 64)
    #expect(refused.errors.contains("did you mean 'dynamodb'?"))
    #expect(try !console.folder.exists("a.tar.zst"))
  }
}

extension CommandOutcome {
  /// What follows "tree digest" in a result.
  var treeDigest: String? { output.digests.first }
}

extension String {
  /// The SHA-256 digests in a text.
  var digests: [String] {
    split(whereSeparator: { $0.isWhitespace }).filter { $0.hasPrefix("sha256:") }.map { String($0) }
  }
}
