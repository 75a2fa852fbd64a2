import Files
import FixtureTestSupport
import JSONBytes
import SystemPackage
import Testing

@testable import KumoState

private let captures = ["v0.18.0/basic", "v0.25.3/basic", "v0.25.3/shop", "v0.25.3/secrets"]

@Suite struct InspectionTests {
  /// What an AWS SDK saw in a captured directory just before KUMO wrote it.
  private static func clientView(_ capture: String) throws -> JSONTape {
    let root = try #require(Captures.root)
    let file = try Directory.open(root).read(RelativePath(text: capture + ".client-view.json"), limit: 1 << 26)
    return try JSONTape(parsing: file)
  }

  private static func inspection(_ capture: String) throws -> DirectoryInspection {
    let root = try #require(Captures.root)
    return DirectoryInspection(try Directory.open(root.pushing(FilePath(capture))))
  }

  @Test(.enabled(if: Captures.root != nil), arguments: captures)
  func objectsEqualTheClientsView(_ capture: String) throws {
    let view = try #require(try Self.clientView(capture).root["s3"])
    let s3 = try #require(try Self.inspection(capture).s3)
    #expect(Set(s3.buckets.map(\.name)) == Set(view.members.compactMap { $0.key.string() }))
    for bucket in s3.buckets {
      let seen = try #require(view[bucket.name])
      let live = seen.members.filter { $0.value["error"] == nil }
      #expect(bucket.objectCount == live.count)
      let bytes = live.compactMap { $0.value["size"]?.int64() }
      #expect(bucket.objectBytes == bytes.reduce(0, +))
      // A key that the client was refused is one whose current entry is a delete marker.
      #expect(bucket.deletedCount == seen.count - live.count)
    }
  }

  @Test(.enabled(if: Captures.root != nil), arguments: captures)
  func itemsEqualTheClientsView(_ capture: String) throws {
    let view = try #require(try Self.clientView(capture).root["dynamodb"])
    let tables = try #require(try Self.inspection(capture).dynamoDB).tables
    #expect(Set(tables.map(\.name)) == Set(view.members.compactMap { $0.key.string() }))
    for table in tables {
      #expect(table.itemCount == view[table.name]?.count)
      #expect(table.head?.keys.isEmpty == false)
    }
  }

  @Test(.enabled(if: Captures.root != nil), arguments: captures)
  func messagesEqualTheClientsView(_ capture: String) throws {
    let view = try #require(try Self.clientView(capture).root["sqs"])
    let queues = try #require(try Self.inspection(capture).sqs).queues
    #expect(Set(queues.map(\.name)) == Set(view.members.compactMap { $0.key.string() }))
    for queue in queues {
      let seen = try #require(view[queue.name])
      #expect(seen["ApproximateNumberOfMessages"]?.string() == Array("\(queue.messageCount)".utf8))
      #expect(seen["VisibilityTimeout"]?.string() == Array("\(queue.visibilityTimeout)".utf8))
      #expect(seen["FifoQueue"]?.string() == Array("\(queue.isFIFO)".utf8))
      #expect(seen["RedrivePolicy"]?.isNull == queue.redrivePolicy.isEmpty)
    }
  }

  @Test(
    .enabled(if: Captures.root != nil),
    arguments: zip(captures, [KumoRelease.v18, .v25p3, .v25p3, .v25p3]))
  func writersAreFound(_ capture: String, release: KumoRelease) throws {
    let found = try Self.inspection(capture)
    #expect(found.layout == .layout(release.nativeLayout))
    let writers = try #require(found.writingReleases)
    #expect(writers.contains(release))
    #expect(!writers.contains(release == .v18 ? .v25p3 : .v18))
    #expect(writers.last < .later)
    #expect(found.loadingReleases == ReleaseRange(.v6))
    #expect(found.problems.isEmpty)
    #expect(found.services.count == (release == .v18 ? 76 : 78))
  }

  @Test(.enabled(if: Captures.root != nil))
  func sizesAndEntriesAreThoseOfTheFiles() throws {
    let found = try Self.inspection("v0.25.3/basic")
    let root = try #require(Captures.root)
    let entries = try Directory.open(root.pushing("v0.25.3/basic")).walk(WalkOptions(statuses: true))
      .filter { $0.kind == .file }
    #expect(found.fileCount == entries.count)
    #expect(found.byteCount == entries.reduce(0) { $0 + ($1.status?.size ?? 0) })
    #expect(found.blobCount == entries.filter { $0.path.depth == 2 }.count)
    let iam = try #require(found.services.first { $0.service.name == "iam" })
    #expect(iam.members.first == ServiceInspection.Member(name: Array("users".utf8), count: 1))
    let organizations = try #require(found.services.first { $0.service.name == "organizations" })
    #expect(organizations.members.first == ServiceInspection.Member(name: Array("organization".utf8), count: nil))
  }

  @Test func whatCannotBeReadHidesNothingElse() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("sqs.json", #"{"queues":{"#)
    try scratch.write("sns.json", #"{"topics":{"a":{},"b":[{}]},"subscriptions":{}}"#)
    try scratch.makeDirectory("kms.json")
    try scratch.link("iam.json", to: "sns.json")
    try scratch.write("fixture.json", "{}")
    let found = DirectoryInspection(scratch.directory)
    #expect(found.problems.map(\.file) == ["iam.json", "kms.json", "sqs.json"])
    #expect(found.services.map(\.service.name) == ["sns"])
    #expect(found.services.first?.members.map(\.count) == [2, 0])
    #expect(found.hasFixtureDocument)
    #expect(found.layout == .none)
  }

  @Test func longBodiesArePassedOver() throws {
    let body = String(repeating: "QUFB", count: 300_000)
    let text =
      #"{"Buckets":{"b":{"objects":{"k":{"Key":"k","body":"\#(body)","Size":900000,"bodyRef":"x"},"#
      + #""gone":{"IsDeleteMarker":true,"Body":null},"bad":null},"versioningStatus":"Enabled","#
      + #""versions":{"gone":[{"IsDeleteMarker":true},{"Size":5,"bodyRef":"y"}]}}}}"#
    let s3 = try S3Inspection(JSONReader(bytes: Array(text.utf8)))
    let bucket = try #require(s3.buckets.first)
    #expect(bucket.objectCount == 1 && bucket.objectBytes == 900_000 && bucket.deletedCount == 1)
    #expect(bucket.versionCount == 1 && bucket.versionBytes == 5 && bucket.deleteMarkerCount == 1)
    #expect(bucket.versioning == Array("Enabled".utf8))
    #expect(s3.layout == .mixed)
  }

  @Test func evidenceNarrowsTheWriters() {
    var evidence = WriterEvidence()
    evidence.looks(for: .deliveredEvents, present: false)
    #expect(evidence.releases == ReleaseRange(.v19))
    evidence.looks(for: .tableStreams, present: false)
    #expect(evidence.releases == ReleaseRange(.v19, through: .v20))
    evidence.sees(.tableTags)
    #expect(evidence.releases == nil)
  }
}
