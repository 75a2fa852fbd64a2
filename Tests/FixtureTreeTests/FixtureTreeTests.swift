import Digests
import Files
import FixtureTestSupport
import FixtureTree
import Testing

@Suite struct FixtureDocumentTests {
  static let full = FixtureDocument(
    name: "shop", version: 3, appVersion: "2.4.0", origin: .generated, layout: "portable", services: ["s3", "sqs"],
    spec: .init(
      digest: "sha256:00", seed: "s \"quoted\" é", clock: "2026-01-02T03:04:05Z", namespace: "", generators: ["uuid/1"]),
    ledger: [
      LedgerRow(
        id: "split-name", digest: "sha256:01", appliedAt: "2026-01-03T00:00:00Z", toolVersion: "0.1.0",
        treeDigestBefore: "sha256:02", contentDigestAfter: "sha256:03")
    ],
    lastMigration: "2026-01-03T00:00:00Z")

  @Test func readsWhatItWrites() throws {
    #expect(try FixtureDocument(parsing: Self.full.bytes) == Self.full)
    let small = FixtureDocument(name: "a", version: 1, origin: .adopted, layout: "none", services: [])
    #expect(try FixtureDocument(parsing: small.bytes) == small)
  }

  /// A row that a later tool wrote goes through this one without a loss.
  @Test func keepsWhatItDoesNotKnowOfALedger() throws {
    let text = String(decoding: Self.full.bytes, as: UTF8.self)
    let object = "      \"approvedBy\": {\n        \"name\": \"Ann\"\n      },\n"
    let newer = text.replacing("      \"contentDigestAfter\"", with: object + "      \"contentDigestAfter\"")
      .replacing("\"sha256:02\"\n", with: "\"sha256:02\",\n      \"zone\": 2.50\n")
    #expect(newer.contains("approvedBy") && newer.contains("zone"))
    let document = try FixtureDocument(parsing: Array(newer.utf8))
    #expect(document != Self.full)
    #expect(String(decoding: document.bytes, as: UTF8.self) == newer)
  }

  @Test func isCanonical() {
    let text = String(decoding: Self.full.bytes, as: UTF8.self)
    let keys = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }.map { $0.split(separator: "\"")[1] }
    #expect(keys == keys.sorted())
    #expect(text.hasSuffix("}\n"))
  }

  @Test(arguments: [
    ("", FixtureTreeError.Code.badDocument), ("[]", .badDocument), ("{\"format\": 1}", .badDocument),
    ("{\"format\": 1, \"format\": 1}", .badDocument), ("{\"format\": 99}", .newerDocument), ("{} {}", .badDocument),
    ("{\"format\": -1}", .badDocument),
    (
      "{\"format\":1,"
        + "\"origin\":\"x\",\"name\":\"a\",\"version\":1,\"layout\":\"none\",\"services\":[],\"ledger\":[]}",
      .badDocument
    ),
    (
      "{\"format\":1,"
        + "\"origin\":\"adopted\",\"name\":7,\"version\":1,\"layout\":\"none\",\"services\":[],\"ledger\":[]}",
      .badDocument
    ),
  ])
  func refusesWhatIsNoDocument(_ text: String, _ code: FixtureTreeError.Code) {
    #expect {
      try FixtureDocument(parsing: Array(text.utf8))
    } throws: { error in
      (error as? FixtureTreeError)?.code == code
    }
  }

  @Test func truncatedAnywhereIsAnError() {
    let bytes = Self.full.bytes
    for length in 0..<bytes.count - 2 {
      #expect(throws: FixtureTreeError.self) { try FixtureDocument(parsing: Array(bytes[..<length])) }
    }
  }
}

@Suite struct TreeManifestTests {
  @Test func coversEverythingButItselfSentinelsAndLogs() throws {
    let folder = try TemporaryDirectory()
    try folder.write("s3.json", "{}")
    try folder.makeDirectory("s3-objects")
    try folder.write("s3-objects/aa", "x")
    try folder.write("fixture.json", "{}")
    try folder.write("active", "")
    try folder.makeDirectory("logs")
    try folder.write("logs/kumo.log", "started")
    try folder.write("logs-of-mine", "kept")
    let manifest = try TreeManifest(of: folder.directory)
    #expect(
      manifest.manifest.entries.map { String(decoding: $0.name, as: UTF8.self) }
        == ["fixture.json", "logs-of-mine", "s3-objects/aa", "s3.json"])
    try manifest.write(to: folder.directory, mode: 0o644)
    #expect(try TreeManifest(of: folder.directory) == manifest)
    #expect(try TreeManifest.read(from: folder.directory) == manifest)
  }

  @Test func contentDigestLeavesOutTheDocument() throws {
    let folder = try TemporaryDirectory()
    try folder.write("s3.json", "{}")
    let bare = try TreeManifest(of: folder.directory)
    try folder.write("fixture.json", "{}")
    let described = try TreeManifest(of: folder.directory)
    #expect(described.contentDigest == bare.contentDigest)
    #expect(described.treeDigest != bare.treeDigest)
  }

  @Test(arguments: [1, 2, 7])
  func workersDoNotChangeTheResult(_ workers: Int) throws {
    let folder = try TemporaryDirectory()
    for index in 0..<50 { try folder.write("f\(index)", String(repeating: "x", count: index * 1000)) }
    #expect(try TreeManifest(of: folder.directory, workers: workers) == TreeManifest(of: folder.directory, workers: 3))
  }

  @Test func refusesALink() throws {
    let folder = try TemporaryDirectory()
    try folder.link("s3.json", to: "/etc/passwd")
    #expect(throws: FilesError.self) { try TreeManifest(of: folder.directory) }
  }

  @Test func namesEveryDifference() throws {
    let folder = try TemporaryDirectory()
    for name in ["gone", "changed", "same", "becomes-link"] { try folder.write(name, "1") }
    let manifest = try TreeManifest(of: folder.directory)
    #expect(try manifest.differences(from: folder.directory).isEmpty)
    for name in ["gone", "becomes-link"] { try folder.directory.remove(RelativePath(text: name)) }
    try folder.directory.replace("changed", with: [0x32])
    try folder.write("new", "1")
    try folder.link("becomes-link", to: "same")
    let differences = try manifest.differences(from: folder.directory)
    #expect(differences.map(\.displayPath) == ["becomes-link", "changed", "gone", "new"])
    #expect(differences.map(\.kind).dropFirst() == [.changed, .missing, .extra])
    guard case .unreadable = differences.first?.kind else {
      Issue.record("a link in the place of a file was not noticed")
      return
    }
  }

  @Test func aManifestOutOfOrderIsRefused() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a", "1")
    try folder.write("b", "2")
    let lines = String(decoding: try TreeManifest(of: folder.directory).bytes, as: UTF8.self).split(separator: "\n")
    try folder.write("manifest-sha256.txt", lines.reversed().joined(separator: "\n") + "\n")
    #expect(throws: FixtureTreeError.self) { try TreeManifest.read(from: folder.directory) }
  }

  @Test func agreesWithSha256sum() throws {
    guard let sha256sum = Program(named: "sha256sum") else { return }
    let folder = try TemporaryDirectory()
    try folder.write("plain", "1")
    try folder.write("line\nfeed", "2")
    try folder.write("back\\slash", "3")
    try folder.write("日本 語.txt", "4")
    try TreeManifest(of: folder.directory).write(to: folder.directory, mode: 0o644)
    let result = try sha256sum.run(["-c", "--strict", "manifest-sha256.txt"], in: folder.path)
    #expect(result.exitCode == 0, "\(result.errorText)")
  }
}

@Suite struct FixturesLockTests {
  @Test func readsWhatItWrites() throws {
    let digest = try SHA256Hasher.hash(of: [1])
    var lock = FixturesLock()
    lock.pin(.init(name: "shop", version: 2, layout: "portable", treeDigest: digest))
    lock.pin(.init(name: "shop", version: 2, layout: "inline", treeDigest: digest))
    lock.pin(.init(name: "a", version: 1, layout: "portable", treeDigest: digest))
    #expect(lock.entries.map { "\($0.name) \($0.layout)" } == ["a portable", "shop inline", "shop portable"])
    #expect(try FixturesLock(parsing: lock.bytes) == lock)
  }

  @Test func pinningReplaces() throws {
    var lock = FixturesLock()
    lock.pin(.init(name: "a", version: 1, layout: "portable", treeDigest: try SHA256Hasher.hash(of: [1])))
    lock.pin(.init(name: "a", version: 2, layout: "portable", treeDigest: try SHA256Hasher.hash(of: [2])))
    #expect(lock.entries.count == 1)
    #expect(lock.entry(name: "a", layout: "portable")?.version == 2)
  }

  @Test(arguments: [
    "a 1 portable", "a x portable sha256:00", "<<<<<<< HEAD",
    "a 1 portable sha256:\(String(repeating: "0", count: 64))\na 2 portable sha256:\(String(repeating: "1", count: 64))",
  ])
  func refusesWhatIsNoLock(_ text: String) {
    #expect(throws: FixtureTreeError.self) { try FixturesLock(parsing: Array(text.utf8)) }
  }
}
