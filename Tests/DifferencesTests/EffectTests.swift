import Differences
import Files
import FixtureTestSupport
import SystemPackage
import Testing

/// Each change shows as what it is, and nothing else shows.
@Suite struct EffectTests {
  @Test func objectsAndVersions() throws {
    let body = #","Body":"aGVsbG8=""#
    let a = Document.s3(
      #"{"gone":\#(Document.object("gone", body)),"k":\#(Document.object("k", body))}"#,
      versions: #"{"k":[{"Key":"k","VersionID":"v1"}]}"#)
    let b = Document.s3(
      #"{"k":\#(Document.object("k", #","Body":"aGFsbG8=","SSEKMSKeyID":"arn:aws:kms:key""#)),"#
        + #""new":\#(Document.object("new", body))}"#,
      versions: #"{"k":[{"Key":"k","VersionID":"v2","IsDeleteMarker":true},{"Key":"k","VersionID":"v1"}]}"#,
      settings: #","policy":"{\"secret\":1}""#)
    #expect(
      try Pair("s3.json", a, b).lines() == [
        "changed bucket box", "  policy: nothing -> string(12)", "removed object box gone", "changed object box k",
        "  content: 5 bytes, sha256 2cf24dba5fb0a30e -> 5 bytes, sha256 d3751d33f9cd5049",
        #"  SSEKMSKeyID: nothing -> "arn:aws:kms:key""#, "added object box new", "added version box k v2",
      ])
  }

  @Test func orderOfVersionsAndMessages() throws {
    let versions = (1...3).map { #"{"Key":"k","VersionID":"v\#($0)"}"# }
    let a = Document.s3("{}", versions: #"{"k":[\#(versions.joined(separator: ","))]}"#)
    let b = Document.s3("{}", versions: #"{"k":[\#(versions.reversed().joined(separator: ","))]}"#)
    #expect(try Pair("s3.json", a, b).lines() == ["changed versionOrder box k"])
    let messages = ["1", "2"].map { Document.message("m\($0)", "x") }
    let pair = try Pair(
      "sqs.json", Document.queue("[\(messages[0]),\(messages[1])]"), Document.queue("[\(messages[1]),\(messages[0])]"))
    #expect(
      try pair.lines().map { $0.trimmingEnd() } == ["changed messageOrder http://localhost:4566/000000000000/jobs"])
  }

  @Test func itemsAndAttributes() throws {
    let a = Document.table(
      #"{"S:1":{"pk":{"S":"1"},"n":{"N":"12"},"m":{"M":{"on":{"BOOL":false},"x":{"L":[{"B":"AA=="}]}}}},"S:2":{}}"#)
    let b = Document.table(
      #"{"S:1":{"pk":{"S":"1"},"n":{"S":"twelve"},"m":{"M":{"on":{"BOOL":true},"x":{"L":[{"B":"AAA="},{"NULL":true}]}}},"#
        + #""mail":{"S":"a@example.com"}},"S:3":{}}"#, more: #","BillingMode":"PROVISIONED""#)
    #expect(
      try Pair("dynamodb.json", a, b).lines() == [
        "changed table orders", #"  BillingMode: nothing -> "PROVISIONED""#, "changed item orders S:1",
        "  n: N(2) -> S(6)", "  m.on: false -> true", "  m.x[0]: B(1) -> B(2)", "  m.x[1]: nothing -> NULL",
        "  mail: nothing -> S(13)", "removed item orders S:2", "added item orders S:3",
      ])
  }

  @Test func queuesAndMessages() throws {
    let a = Document.queue("[\(Document.message("m1", "x")),\(Document.message("m2", "yy"))]")
    let b = Document.queue("[\(Document.message("m1", "xyz")),\(Document.message("m3", "yy"))]", timeout: 45)
    let queue = "http://localhost:4566/000000000000/jobs"
    #expect(
      try Pair("sqs.json", a, b).lines() == [
        "changed queue \(queue)", "  queue.VisibilityTimeout: 30 -> 45", "changed message \(queue) m1",
        "  Body: string(1) -> string(3)", "removed message \(queue) m2", "added message \(queue) m3",
      ])
  }

  /// A message without an id is known by its body; two of one id are two.
  @Test func messagesWithoutOrWithOneId() throws {
    let twin = Document.message("m", "x")
    let pair = try Pair(
      "sqs.json", Document.queue("[\(twin),\(Document.message("", "p"))]"),
      Document.queue("[\(twin),\(twin),\(Document.message("", "p"))]"))
    #expect(try pair.lines() == ["added message http://localhost:4566/000000000000/jobs m"])
  }

  @Test func otherServicesByPath() throws {
    let a = #"{"secrets":{"db":{"Name":"db","SecretString":"hunter2hunter2","Tags":[{"Key":"team","Value":"a"}]}}}"#
    let b =
      #"{"secrets":{"db":{"Name":"db","SecretString":"correct horse","KmsKeyID":"alias/db","#
      + #""Tags":[{"Key":"team","Value":"bb"}],"VersionIDs":{"v":{"VersionID":"v"}}}},"policies":{"db":"{}"}}"#
    #expect(
      try Pair("secretsmanager.json", a, b).lines() == [
        "added entry policies db", "changed entry secrets db", "  SecretString: string(14) -> string(13)",
        "  Tags[0].Value: string(1) -> string(2)", #"  KmsKeyID: nothing -> "alias/db""#,
        "  VersionIDs: nothing -> object[1]",
      ])
  }

  @Test func elementsOfLists() throws {
    let a = #"{"identities":{},"emails":[{"messageId":"1","subject":"a"},{"messageId":"2","subject":"b"}]}"#
    let b = #"{"identities":{},"emails":[{"messageId":"2","subject":"bc"},{"messageId":"3"}]}"#
    #expect(
      try Pair("ses.json", a, b).lines() == [
        "removed element emails 1", "changed element emails 2", "  subject: string(1) -> string(2)",
        "added element emails 3",
      ])
  }

  /// What is in a new table goes with the table; everything is counted.
  @Test func contentsGoWithTheirContainer() throws {
    let items = (0..<40).map { #""S:\#($0)":{"pk":{"S":"\#($0)"}}"# }.joined(separator: ",")
    let pair = try Pair("dynamodb.json", #"{"tables":{}}"#, Document.table("{\(items)}"))
    #expect(try pair.lines() == ["added table orders"])
    let difference = try pair.compare()
    #expect(difference.total.added == 41)
    let tallies = try #require(difference.services.first).tallies
    #expect(tallies.map { "\($0.kind) \($0.counts.added)" } == ["table 1", "item 40"])
  }

  /// Exact numbers whatever is listed, and what is listed is what comes first in the file, with any length of runs.
  @Test(arguments: [16, 1000]) func listsAreBounded(_ runLength: Int) throws {
    func items(_ value: String) -> String {
      (0..<900).map { #""S:\#(1000 + $0)":{"v":{"S":"\#($0 % 3 == 0 ? value : "same")"}}"# }.joined(separator: ",")
    }
    let pair = try Pair("dynamodb.json", Document.table("{\(items("a"))}"), Document.table("{\(items("b"))}"))
    let service = try #require(
      try pair.compare {
        $0.changeLimit = 5
        $0.runLength = runLength
      }.services.first)
    #expect(service.total.changed == 300)
    #expect(service.changes.compactMap(\.name) == ["S:1000", "S:1003", "S:1006", "S:1009", "S:1012"])
    #expect(service.omitted == 295)
    #expect(try pair.scratch.list() == ["a", "b"])
  }

  /// Of two members of one name KUMO takes the last.
  @Test func theLastOfTwoMembersCounts() throws {
    let pair = try Pair(
      "dynamodb.json", Document.table(#"{"S:1":{"a":{"S":"old"}},"S:1":{"a":{"S":"new"}}}"#),
      Document.table(#"{"S:1":{"a":{"S":"new"}}}"#))
    #expect(try pair.lines() == [])
  }

  /// Keys that Swift's strings would take for one.
  @Test func namesAreBytes() throws {
    let pair = try Pair(
      "dynamodb.json", Document.table(#"{"S:\u00e9":{}}"#), Document.table("{\"S:e\u{301}\":{}}"))
    #expect(try pair.compare().total.sum == 2)
  }
}
