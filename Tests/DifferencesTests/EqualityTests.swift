import Differences
import Files
import FixtureTestSupport
import SystemPackage
import Testing

/// What KUMO changes by itself, and what only looks like it (kumo-format.md 7.2).
@Suite struct EqualityTests {
  static let hello = "aGVsbG8="
  static let digest = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
  static let emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  /// The same value in two forms.
  static let equal: [(file: String, a: String, b: String)] = [
    // Absent, zero, null and empty; members in another order; another case.
    ("s3.json", Document.s3("{}"), Document.s3("{}", settings: #","queueConfigurations":null,"policy":"""#)),
    (
      "s3.json", Document.s3(#"{"k":\#(Document.object("k", #","Body":"\#(hello)""#))}"#),
      Document.s3(
        #"{"k":\#(Document.object("k", #","Body":"\#(hello)","ServerSideEncryption":"","SSEKMSKeyID":"""#))}"#)
    ),
    // Times: zone, fraction; escapes.
    (
      "s3.json", #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{},"versions":{}}}}"#,
      #"{"Buckets":{"b":{"versions":{},"objects":{},"creationDate":"2026-01-02T04:04:05.000+01:00","name":"\u0062"}}}"#
    ),
    // Sets have no order, attributes neither; bytes are bytes.
    (
      "dynamodb.json", Document.table(#"{"S:1":{"pk":{"S":"1"},"s":{"SS":["a","<b>"]},"n":{"NS":["1","2"]}}}"#),
      Document.table(#"{"S:1":{"n":{"NS":["2","1"]},"pk":{"S":"1"},"s":{"SS":["\u003cb\u003e","a"]}}}"#, count: 1)
    ),
    ("dynamodb.json", Document.table("{}"), Document.table("{}", more: #","StreamEnabled":false,"Unknown":1"#)),
    ("sqs.json", Document.queue("[]"), Document.queue("null", more: #","Tags":null,"Policy":"""#)),
    ("sqs.json", Document.queue("[]"), Document.queue("[]", more: #","Tags":{}"#)),
    // Lists of tags have no order.
    (
      "ssm.json", #"{"parameters":{},"tags":{"/a":[{"Key":"x","Value":"1"},{"Key":"y","Value":"2"}]}}"#,
      #"{"tags":{"/a":[{"Value":"2","Key":"y"},{"Key":"x","Value":"1"}],"/b":[]}}"#
    ),
    // 5.3: written as text, saved again as a number.
    (
      "organizations.json", #"{"accounts":{"1":{"Id":"1","JoinedTimestamp":"2026-01-02T03:04:05Z"}}}"#,
      #"{"accounts":{"1":{"Id":"1","JoinedTimestamp":1767323045}},"organization":null}"#
    ),
    ("scheduler.json", #"{"schedules":{}}"#, SeedDocument.scheduler("2026-01-02T03:04:05Z")),
    ("scheduler.json", SeedDocument.scheduler("2025-01-02T03:04:05Z"), SeedDocument.scheduler("2026-01-02T03:04:05Z")),
  ]

  @Test(arguments: equal.indices) func isTheSameToKUMO(_ index: Int) throws {
    let (file, a, b) = Self.equal[index]
    let pair = try Pair(file, a, b)
    #expect(try pair.lines() == [])
    #expect(try pair.compare().isEmpty)
    // Unless somebody wants to see it.
    #expect(try !pair.compare { $0.isExact = true }.isEmpty)
  }

  /// Two values that are nearly the same, and what is said of them.
  static let different: [(file: String, a: String, b: String, change: String)] = [
    ("s3.json", Document.s3("{}"), Document.s3("null"), "changed bucket box"),
    ("dynamodb.json", Document.table("{}"), Document.table("null"), "changed table orders"),
    (
      "dynamodb.json", Document.table(#"{"S:1":{"a":{"N":"1.50"}}}"#), Document.table(#"{"S:1":{"a":{"N":"1.5"}}}"#),
      "changed item orders S:1"
    ),
    (
      "dynamodb.json", Document.table(#"{"S:1":{"a":{"S":"1"}}}"#), Document.table(#"{"S:1":{"a":{"N":"1"}}}"#),
      "changed item orders S:1"
    ),
    (
      "dynamodb.json", Document.table(#"{"S:1":{"a":{"L":[]}}}"#), Document.table(#"{"S:1":{"a":{"L":null}}}"#),
      "changed item orders S:1"
    ),
    (
      "dynamodb.json", Document.table(#"{"S:1":{"a":{"L":[{"S":"x"},{"S":"y"}]}}}"#),
      Document.table(#"{"S:1":{"a":{"L":[{"S":"y"},{"S":"x"}]}}}"#), "changed item orders S:1"
    ),
    (
      "dynamodb.json", Document.table(#"{"S:1":{"a":{"S":"2026-01-02T03:04:05Z"}}}"#),
      Document.table(#"{"S:1":{"a":{"S":"2026-01-02T03:04:05.0Z"}}}"#), "changed item orders S:1"
    ),
    (
      "sqs.json", Document.queue("[\(Document.message("m1", "x"))]"),
      Document.queue("[\(Document.message("m1", "x", attributes: "null"))]"),
      "changed message http://localhost:4566/000000000000/jobs m1"
    ),
    (
      "lambda.json", #"{"functions":{"f":{"Environment":{"Variables":{}}}}}"#,
      #"{"functions":{"f":{"Environment":{"Variables":{"DEBUG":""}}}}}"#, "changed entry functions f"
    ),
    ("kinesis.json", #"{"sequenceCounter":7}"#, #"{"sequenceCounter":8}"#, "changed value sequenceCounter"),
    (
      "scheduler.json", SeedDocument.scheduler("2025-01-02T03:04:05Z"),
      SeedDocument.scheduler("2025-01-02T03:04:05Z", state: "DELETING"), "changed entry scheduleGroups default"
    ),
    ("newservice.json", #"{"things":{"x":null}}"#, #"{"things":{"x":{}}}"#, "changed entry things x"),
  ]

  @Test(arguments: different.indices) func isNotTheSameToKUMO(_ index: Int) throws {
    let (file, a, b, change) = Self.different[index]
    let lines = try Pair(file, a, b).lines().filter { !$0.hasPrefix(" ") }
    #expect(lines.map { $0.trimmingEnd() } == [change])
  }

  /// Inline, portable, L1 as KUMO writes it, blobs as a later KUMO writes them: one and the same.
  @Test func layoutsAreEqual() throws {
    let forms = [
      (#","Body":"\#(Self.hello)""#, #","Body":"""#, [String]()),
      (#","Body":"\#(Self.hello)","bodyRef":"\#(Self.digest)""#, #","Body":"""#, [Self.digest]),
      (
        #","Body":"\#(Self.hello)","bodyRef":"\#(Self.digest)""#, #","Body":"","bodyRef":"\#(Self.emptyDigest)""#,
        [Self.digest]
      ),
      (#","bodyRef":"\#(Self.digest)""#, #","bodyRef":"\#(Self.emptyDigest)""#, [Self.digest, Self.emptyDigest]),
    ]
    for first in forms.indices {
      for second in forms.indices {
        let pair = try Pair()
        for (name, form) in [("a", forms[first]), ("b", forms[second])] {
          let objects = #"{"k":\#(Document.object("k", form.0)),"e":\#(Document.object("e", form.1))}"#
          try pair.scratch.write("\(name)/s3.json", Document.s3(objects))
          for blob in form.2 {
            try pair.scratch.write("\(name)/s3-objects/\(blob)", blob == Self.emptyDigest ? "" : "hello")
          }
        }
        #expect(try pair.lines() == [], "\(first) and \(second)")
      }
    }
  }

  /// A blob is read and not taken by its name.
  @Test func wrongAndMissingBlobsShow() throws {
    let pair = try Pair()
    for name in ["a", "b"] {
      let object = Document.object("k", #","bodyRef":"\#(Self.digest)""#)
      try pair.scratch.write("\(name)/s3.json", Document.s3(#"{"k":\#(object)}"#))
    }
    try pair.scratch.write("a/s3-objects/\(Self.digest)", "hello")
    #expect(
      try pair.lines() == ["changed object box k", "  content: 5 bytes, sha256 2cf24dba5fb0a30e -> a missing blob"])
    try pair.scratch.write("b/s3-objects/\(Self.digest)", "hallo")
    #expect(
      try pair.lines() == [
        "changed object box k", "  content: 5 bytes, sha256 2cf24dba5fb0a30e -> 5 bytes, sha256 d3751d33f9cd5049",
      ])
  }

  /// Files that a server makes for services that nobody used.
  @Test func newEmptyFilesAreNothing() throws {
    let pair = try Pair()
    for capture in Captures.dataDirectories.prefix(1) {
      let source = try Directory.open(capture)
      try source.copyTree(to: Directory.open(pair.scratch.path("b")))
      for name in ["s3.json", "dynamodb.json", "sqs.json", "secretsmanager.json", "ssm.json", "sns.json", "iam.json"] {
        guard let path = try? RelativePath(text: name), try source.status(path) != nil else { continue }
        try pair.scratch.write("a/\(name)", source.read(path, limit: 1 << 20))
      }
      let difference = try pair.compare()
      #expect(difference.isEmpty, "\(difference)")
      #expect(difference.ignored > 20)
    }
  }
}

enum SeedDocument {
  static func scheduler(_ time: String, state: String = "ACTIVE") -> String {
    #"{"schedules":{},"scheduleGroups":{"default":{"Name":"default","#
      + #""ARN":"arn:aws:scheduler:us-east-1:123456789012:schedule-group/default","State":"\#(state)","#
      + #""CreationDate":"\#(time)"}}}"#
  }
}

extension String {
  func trimmingEnd() -> String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
