import Files
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing
import Validation

/// Each rule about files and types is broken in a directory that KUMO wrote, and named.
@Suite(.enabled(if: Captures.root != nil))
struct FileRuleTests {
  static let breakages: [Breakage] = [
    Breakage(.fileUnreadable, "nobody may read a file") { try $0.scratch.setMode("sqs.json", 0) },
    Breakage(.fileUnreadable, "nobody may enter a folder") { try $0.scratch.setMode("s3-objects", 0o600) },
    Breakage(.fileKind, "a folder in place of a file") {
      try $0.remove("kms.json")
      try $0.scratch.makeDirectory("kms.json")
    },
    Breakage(.fileKind, "a file in place of the blobs' folder") {
      try $0.remove("s3-objects")
      try $0.scratch.write("s3-objects", "x")
    },
    Breakage(.fileKind, "a link to itself") {
      try $0.remove("kms.json")
      try $0.scratch.link("kms.json", to: "kms.json")
    },
    Breakage(.fileKind, "a link among the blobs") { try $0.scratch.link("s3-objects/link", to: "../s3.json") },
    Breakage(.fileKind, "a FIFO") {
      try $0.remove("kms.json")
      #expect(mkfifo($0.scratch.path("kms.json").string, 0o600) == 0)
    },
    Breakage(.jsonSyntax, "an empty file") { try $0.scratch.write("kms.json", "") },
    Breakage(.jsonSyntax, "a byte order mark") {
      try $0.scratch.write("kms.json", [0xEF, 0xBB, 0xBF] + $0.scratch.read("kms.json"))
    },
    Breakage(.jsonSyntax, "something after the value") {
      try $0.scratch.write("kms.json", $0.scratch.read("kms.json") + Array("{}".utf8))
    },
    Breakage(.jsonSyntax, "bytes that are not UTF-8") {
      try $0.scratch.write("kms.json", Array(#"{"keys":{},"aliases":{""#.utf8) + [0xFF] + Array(#"":"x"}}"#.utf8))
    },
    Breakage(.jsonDuplicateKey, "one bucket twice") {
      try $0.replace(#"{"buckets":{"#, by: #"{"buckets":{"ver":{},"#, in: "s3.json")
    },
    Breakage(.leftoverFile, "a save that was interrupted") { try $0.scratch.write("s3.json.tmp", "{") },
    Breakage(.leftoverFile, "an upload that was interrupted") { try $0.scratch.write("s3-objects/.upload-1", "{") },
    Breakage(.unknownFile, "a misspelt name") { try $0.scratch.write("dynamodbb.json", "{}") },
    Breakage(.unknownFile, "a package's name") { try $0.scratch.write("cloudwatchlogs.json", "{}") },
    Breakage(.unknownFile, "a name that is not UTF-8") {
      let file = try $0.scratch.directory.create(RelativePath([0x61, 0xFF, 0x2E, 0x6A, 0x73, 0x6F, 0x6E]))
      try file.write(Array("{}".utf8))
    },
    Breakage(.unknownFile, "a hidden file", severity: .note) { try $0.scratch.write(".note", "x") },
    Breakage(.nullSeededMap, "no event buses") {
      try $0.replace(#""connections":{}"#, by: #""connections":null"#, in: "eventbridge.json")
    },
    Breakage(.timeRange, "a zone of 24 hours", s3: "2026-11-22T08:11:21.659763855Z", by: "2026-11-22T08:11:21+24:00"),
    Breakage(.timeFormat, "a time without zone", s3: "2026-11-22T08:11:21.659763855Z", by: "2026-11-22T08:11:21"),
    Breakage(.timeFormat, "an escaped time", s3: "2026-11-22T08:11:21.659763855Z", by: "2026-11-22T08\\u003a11:21Z"),
    Breakage(.base64Format, "no padding", s3: "aGVsbG8=", by: "aGVsbG8"),
    Breakage(.wrongType, "a string for a number", s3: #""Size":5"#, by: #""Size":"5""#),
    Breakage(.wrongType, "a number with a fraction", s3: #""Size":5"#, by: #""Size":5.0"#),
    Breakage(.epochTime, "a number for a time") {
      try $0.replace(
        #""accounts":{}"#, by: #""accounts":{"1":{"Id":"1","JoinedTimestamp":1767323045}}"#, in: "organizations.json")
    },
    Breakage(.unknownField, "a field of no release", s3: #""Size":5"#, by: #""Size":5,"Colour":"red""#),
    Breakage(.fieldCase, "a field in small letters", s3: #""Size":5"#, by: #""size":5"#),
    Breakage(.duplicateField, "a field in two cases", s3: #""Size":5"#, by: #""size":4,"Size":5"#),
  ]

  @Test(arguments: breakages)
  func brokenRuleIsNamed(_ breakage: Breakage) throws { try breakage.verify() }

  @Test func everyRuleIsBroken() {
    let broken = Set(Self.breakages.map(\.rule.id) + S3RuleTests.breakages.map(\.rule.id))
    let rules: [Rule] = [
      .fileUnreadable, .fileKind, .jsonSyntax, .jsonDuplicateKey, .leftoverFile, .unknownFile, .mixedLayout, .nullEntry,
      .nullSeededMap, .timeRange, .timeFormat, .base64Format, .wrongType, .epochTime, .unknownField, .fieldCase,
      .duplicateField,
    ]
    #expect(rules.map(\.id).filter { !broken.contains($0) } == [])
  }

  @Test func nearestNamesAreGiven() throws {
    let directory = try CapturedDirectory()
    try directory.scratch.write("dynamdb.json", "{}")
    try directory.scratch.write("cloudwatchlogs.json", "{}")
    let found = try directory.report().findings(of: .unknownFile)
    #expect(
      found.map(\.fix) == [
        "rename it to logs.json if that is what it holds", "rename it to dynamodb.json if that is what it holds",
      ])
  }

  @Test func oneBadFileHidesNoOther() throws {
    let directory = try CapturedDirectory()
    try directory.scratch.write("kms.json", "")
    try directory.scratch.write("acm.json", "{")
    try directory.replace(#""Size":5"#, by: #""Size":6"#, in: "s3.json")
    let report = try directory.report()
    #expect(
      report.findings.filter { $0.severity == .error }.map { "\($0.file) \($0.rule.id)" } == [
        "acm.json json-syntax", "kms.json json-syntax", "s3.json s3-size",
      ])
  }

  @Test func unreadableForTheUserIsAFinding() throws {
    let directory = try CapturedDirectory()
    try directory.scratch.setMode(".", 0o755)
    let files = try directory.scratch.directory.walk().filter { $0.kind == .file }
    for file in files { try directory.scratch.setMode(file.path.description, 0o644) }
    try directory.scratch.setMode("s3-objects", 0o755)
    // Also for the user who runs the tests.
    try directory.scratch.setMode("kms.json", 0)
    let report = try withoutPrivileges { try directory.report { $0.workers = 1 } }
    // Once because its mode lets nobody read it, and once because reading it failed.
    if let report { #expect(Set(report.findings(of: .fileUnreadable).map(\.file)) == ["kms.json"]) }
  }

  @Test func onlyTheDirectoryItselfIsAnError() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("file", "x")
    #expect(throws: FilesError.self) { try Validator().validate(directory: scratch.path("absent")) }
    #expect(throws: FilesError.self) { try Validator().validate(directory: scratch.path("file")) }
  }
}
