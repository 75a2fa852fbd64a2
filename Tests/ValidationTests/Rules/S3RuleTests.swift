import FixtureTestSupport
import KumoState
import Testing
import Validation

private let hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
private let x = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
private let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

/// Each rule about S3 is broken in a directory that KUMO wrote, and named.
@Suite(.enabled(if: Captures.root != nil))
struct S3RuleTests {
  static let breakages: [Breakage] = [
    Breakage(
      .s3NullMap, "objects is null", s3: #""versions":{},"versioningStatus":"""#,
      by: #""versions":null,"versioningStatus":"""#),
    Breakage(
      .s3NullMap, "versions is absent", s3: #""versions":{},"versioningStatus":"""#, by: #""versioningStatus":"""#),
    Breakage(.s3Name, "a bucket's name differs", s3: #""name":"receipts""#, by: #""name":"other""#),
    Breakage(.s3Name, "an object's Key differs", s3: #""Key":"empty""#, by: #""Key":"Empty""#),
    Breakage(.s3BlobMissing, "a blob is removed") { try $0.remove("s3-objects/\(hello)") },
    Breakage(.s3BodyRef, "a bodyRef leaves the folder", s3: hello, by: "../s3.json"),
    Breakage(.s3BodyRef, "a bodyRef in capitals", s3: hello, by: hello.uppercased()),
    Breakage(.s3BlobDigest, "a blob has other bytes") { try $0.scratch.write("s3-objects/\(hello)", "jello") },
    Breakage(.s3ForeignFile, "a note among the blobs") { try $0.scratch.write("s3-objects/README", "x") },
    Breakage(.s3ForeignFile, "a blob named in capitals") { try $0.scratch.write("s3-objects/\(x.uppercased())", "x") },
    Breakage(.s3ForeignFile, "a folder among the blobs", severity: .warning) {
      try $0.scratch.makeDirectory("s3-objects/more")
    },
    Breakage(.s3UnreferencedBlob, "the only reference is removed", s3: #","bodyRef":"\#(hello)""#, by: ""),
    Breakage(.s3Size, "Size is one more", s3: #""Size":5"#, by: #""Size":6"#),
    Breakage(.s3ETag, "another MD5", s3: "5d41402abc4b2a76b9719d911017c592", by: "5d41402abc4b2a76b9719d911017c593"),
    Breakage(
      .s3ETag, "no quotes", s3: #"\"5d41402abc4b2a76b9719d911017c592\""#, by: "5d41402abc4b2a76b9719d911017c592"),
    Breakage(
      .s3ETag, "no parts", s3: #"5d41402abc4b2a76b9719d911017c592\""#, by: #"5d41402abc4b2a76b9719d911017c592-0\""#),
    Breakage(.s3CopiesDiffer, "body and blob differ", s3: "aGVsbG8=", by: "aGVsbGk="),
    Breakage(
      .s3CopiesDiffer, "the current object has another type than its version",
      s3: #""LastModified":"2026-11-22T08:11:21.674621665Z","ContentType":"application/octet-stream""#,
      by: #""LastModified":"2026-11-22T08:11:21.674621665Z","ContentType":"text/plain""#),
    Breakage(
      .s3CopiesDiffer, "the current object is an older version", s3: #""VersionID":"v2""#, by: #""VersionID":"v1""#),
    Breakage(.s3CopiesDiffer, "a versioned object without versions", s3: #""gone":[{"#, by: #""gane":[{"#),
    Breakage(
      .s3BodyMissing, "neither body nor reference",
      s3: #""Body":"aGVsbG8=","ETag":"\"5d41402abc4b2a76b9719d911017c592\"","Size":5"#,
      by: #""Body":"","ETag":"\"5d41402abc4b2a76b9719d911017c592\"","Size":5"#, removing: hello),
    Breakage(.s3VersionOrder, "the older version first") {
      try $0.replace(#""VersionID":"v1""#, by: #""VersionID":"v7""#, in: "s3.json")
      try $0.replace(#""versionIdcounter":4"#, by: #""versionIdcounter":7"#, in: "s3.json")
    },
    Breakage(.s3VersionCounter, "the counter is too small", s3: #""versionIdcounter":4"#, by: #""versionIdcounter":3"#),
    Breakage(.s3VersionID, "one id twice", s3: #""VersionID":"v1""#, by: #""VersionID":"v2""#),
    Breakage(.s3VersionID, "an id of another form", s3: #""VersionID":"v1""#, by: #""VersionID":"1""#),
    Breakage(.s3VersioningStatus, "a word in small letters", s3: #""Enabled""#, by: #""enabled""#),
    Breakage(
      .s3DeleteMarker, "a marker with a size",
      s3: #""Body":null,"ETag":"","Size":0"#, by: #""Body":null,"ETag":"","Size":1"#),
    Breakage(.s3DeleteMarker, "a marker with a body", s3: #""Body":null"#, by: #""Body":"eA==""#),
    Breakage(.s3UnsafeKey, "a key with a doubled slash") {
      try $0.replace("tests/run-123/", by: "tests//run-123/", in: "s3.json")
      try $0.replace(#""Key":"tests/run-123/"#, by: #""Key":"tests//run-123/"#, in: "s3.json")
    },
    Breakage(.s3ReservedBucket, "a bucket called lambda") {
      try $0.replace(#""receipts":{"name":"receipts""#, by: #""lambda":{"name":"lambda""#, in: "s3.json")
    },
    Breakage(.s3ReservedBucket, "shadowed in v0.18 only", severity: .warning) {
      try $0.replace(#""receipts":{"name":"receipts""#, by: #""backup-prod":{"name":"backup-prod""#, in: "s3.json")
    },
    Breakage(.mixedLayout, "one object without a reference", s3: #","bodyRef":"\#(hello)""#, by: ""),
    Breakage(
      .s3EmptyObjectRef, "a reference of an empty object", in: "v0.18.0/basic",
      s3: #""VersionID":"","IsDeleteMarker":false}"#,
      by: #""VersionID":"","IsDeleteMarker":false,"bodyRef":"\#(empty)"}"#),
    Breakage(.nullEntry, "a bucket is null", s3: #"{"buckets":{"#, by: #"{"buckets":{"a":null,"#),
    Breakage(.nullEntry, "an object is null", s3: #""objects":{"#, by: #""objects":{"a":null,"#),
    Breakage(.nullEntry, "a version is null", s3: #""gone":[{"#, by: #""gone":[null,{"#),
  ]

  @Test(arguments: breakages)
  func brokenRuleIsNamed(_ breakage: Breakage) throws { try breakage.verify() }

  /// Every rule of the table is broken by some case above, or by one of the tests below.
  @Test func everyRuleIsBroken() {
    let broken = Set(Self.breakages.map(\.rule.id)).union([Rule.s3Multipart.id, Rule.targetLayout.id])
    #expect(Rule.all.map(\.id).filter { $0.hasPrefix("s3-") && !broken.contains($0) } == [])
  }

  @Test func releasesThatWereAskedForAreJudged() throws {
    let directory = try CapturedDirectory()
    let old = try directory.report { $0.targets = [.init(0, 18)] }
    // The capture has messages, which v0.18 cannot deliver.
    #expect(old.ids(.error) == [Rule.sqsRestored.id])
    #expect(old.ids(.note).contains(Rule.s3Multipart.id))
    // Without bodies in the file, v0.18 has none to serve.
    for body in ["aGVsbG8=", "djI=", "eA==", "djI=", "djE="] {
      try directory.replace(#""Body":"\#(body)","#, by: "", in: "s3.json")
    }
    let blobs = try directory.report { $0.targets = [.init(0, 18)] }
    #expect(blobs.layout == "blobs")
    #expect(blobs.ids(.error) == [Rule.sqsRestored.id, Rule.targetLayout.id])
    #expect(try directory.report { $0.targets = [.init(0, 29), .later] }.ids(.error) == [])
  }

  @Test func legalDifferencesAreLetPass() throws {
    let directory = try CapturedDirectory()
    // After a restart tags are set on the current object only; multipart uploads up to v0.25.3 have no version.
    try directory.replace(
      #""Metadata":{},"Tags":null,"VersionID":"v2""#, by: #""Metadata":{},"Tags":{"a":"b"},"VersionID":"v2""#,
      in: "s3.json")
    #expect(try directory.report().ids(.error) == [])
    try directory.replace(#""VersionID":"v2""#, by: #""VersionID":"""#, in: "s3.json")
    #expect(try directory.report().ids(.error) == [Rule.s3CopiesDiffer.id])
    try directory.replace(
      #"1b267619c4812cc46ee281747884ca50\""#, by: #"1b267619c4812cc46ee281747884ca50-2\""#, in: "s3.json")
    #expect(try directory.report().ids(.error) == [])
  }

  @Test func differencesCountOnlyWhileVersioningIsOn() throws {
    let directory = try CapturedDirectory()
    try directory.replace(#""VersionID":"v2""#, by: #""VersionID":"v1""#, in: "s3.json")
    try directory.replace(#""Enabled""#, by: #""Suspended""#, in: "s3.json")
    #expect(try directory.report().ids(.error) == [])
  }

  @Test func versionsBeforeObjectsAreComparedToo() throws {
    let directory = try CapturedDirectory()
    let object = #"{"Key":"k","ETag":"","Size":0,"VersionID":"v1","IsDeleteMarker":true}"#
    let other = #"{"Key":"k","ETag":"","Size":0,"VersionID":"v2","IsDeleteMarker":true}"#
    func file(_ current: String) -> String {
      #"{"buckets":{"b":{"versionIdcounter":2,"versioningStatus":"Enabled","versions":{"k":[\#(object)]},"name":"b","#
        + #""objects":{\#(current)}}}}"#
    }
    for (current, expected) in [
      (#""k":\#(object)"#, [String]()), (#""k":\#(other)"#, ["s3-copies-differ"]), ("", ["s3-copies-differ"]),
    ] {
      try directory.scratch.write("s3.json", file(current))
      #expect(try directory.report().ids(.error) == expected)
    }
  }

  @Test func findingsHavePlaces() throws {
    let directory = try CapturedDirectory()
    try directory.replace(#""Size":5"#, by: "\n\n  \"Size\":6", in: "s3.json")
    let finding = try #require(try directory.report().findings(of: .s3Size).first)
    #expect(finding.position?.line == 3)
    #expect(finding.position?.column == 10)
    #expect(finding.pointer == "/buckets/receipts/objects/tests~1run-123~1a <b>&é.txt/Size")
  }
}

extension Breakage {
  /// Replaces a text and removes the first reference to a blob.
  fileprivate init(_ rule: Rule, _ words: String, s3 old: String, by new: String, removing blob: String) {
    self.init(rule, words) {
      try $0.replace(old, by: new, in: "s3.json")
      try $0.replace(#","bodyRef":"\#(blob)""#, by: "", in: "s3.json")
    }
  }
}
