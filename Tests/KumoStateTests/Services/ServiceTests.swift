import KumoState
import Testing

@Suite struct ServiceTests {
  @Test(arguments: [(KumoRelease.v7, 69), (.v18, 76), (.v21, 77), (.v25, 78), (.v25p3, 78), (.later, 78)])
  func servicesByRelease(release: KumoRelease, count: Int) {
    #expect(ServiceCatalogue.services(in: release).count == count)
  }

  @Test func namesAscendByBytesAndAccountsSplit() {
    let names = ServiceCatalogue.all.map { Array($0.name.utf8) }
    #expect(zip(names, names.dropFirst()).allSatisfy { $0.lexicographicallyPrecedes($1) })
    #expect(ServiceCatalogue.all.filter { $0.account == .sample }.count == 26)
    #expect(ServiceCatalogue.service(named: "monitoring".utf8)?.packageName == "cloudwatch")
    #expect(ServiceCatalogue.service(named: "S3".utf8) == nil)
  }

  @Test func directoryNames() throws {
    let sqs = try #require(ServiceCatalogue.service(named: "sqs".utf8))
    let expected: [(String, DataDirectoryName)] = [
      ("sqs.json", .service(sqs)), ("sqs.json.tmp", .serviceTemporary(sqs)), ("s3-objects", .blobDirectory),
      ("wafv2.json", .unknownSnapshot), ("wafv2.json.tmp", .unknownTemporary), (".kumo-fixture.json", .hidden),
      ("README.md", .foreign), ("SQS.json", .unknownSnapshot), (".json", .hidden), ("sqs.tmp", .foreign),
    ]
    for (name, meaning) in expected { #expect(DataDirectoryName(Array(name.utf8)) == meaning, "\(name)") }
  }

  @Test func blobNames() {
    let digest = String(repeating: "0123456789abcdef", count: 4)
    let expected: [(String, BlobDirectoryName)] = [
      (digest, .blob), (digest + ".tmp", .blobTemporary), (digest.uppercased(), .miscasedBlob),
      (".upload-123", .uploadTemporary), (String(digest.dropLast()), .foreign), (digest + "0", .foreign),
      (String(digest.dropLast()) + "g", .foreign), ("x.tmp", .foreign),
    ]
    for (name, meaning) in expected { #expect(BlobDirectoryName(Array(name.utf8)) == meaning, "\(name)") }
  }

  @Test(
    arguments: [
      ("backup", KumoRelease.v25p3, "backup"), ("backup-prod", .v25p3, nil), ("backup-prod", .v18, "backup"),
      ("v1-data", .v18, "v1"), ("v2", .v25p3, "v2"), ("v2", .v18, nil), ("receipts", .v18, nil),
      ("health", .v18, "health"), ("health-checks", .v18, nil),
      ("create-resiliency-policy", .later, "create-resiliency-policy"),
    ] as [(String, KumoRelease, String?)])
  func reservedBuckets(bucket: String, release: KumoRelease, segment: String?) {
    #expect(ReservedPaths.segment(shadowing: Array(bucket.utf8), in: release) == segment)
  }
}
