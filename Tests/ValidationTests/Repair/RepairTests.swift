import Files
import FixtureTestSupport
import SystemPackage
import Testing
import Validation

/// What `--fix` repairs, and that it touches nothing else.
@Suite(.enabled(if: Captures.root != nil))
struct RepairTests {
  @Test func soundDirectoryIsLeftAlone() throws {
    let directory = try CapturedDirectory("v0.18.0/basic")
    let before = try directory.scratch.snapshot()
    var repair = try Repair(directory: directory.path)
    #expect(repair.actions == [])
    #expect(try repair.apply() == [])
    #expect(try directory.scratch.snapshot() == before)
  }

  @Test func referencesOfEmptyObjectsAreRemoved() throws {
    let directory = try CapturedDirectory()
    try directory.adopt()
    let text = try directory.scratch.text("s3.json")
    let others = try directory.scratch.snapshot().entries.filter {
      $0.key != "s3.json" && $0.key != "manifest-sha256.txt"
    }
    var repair = try Repair(directory: directory.path)
    #expect(repair.actions.map(\.rule) == [.s3EmptyObjectRef])
    #expect(try directory.scratch.text("s3.json") == text)
    let done = try repair.apply()
    #expect(done.map(\.rule) == [.s3EmptyObjectRef, .manifestChanged])
    // The directory was swapped: look at the new one.
    let fixed = try Directory.open(directory.path)
    let reference = #","bodyRef":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855""#
    #expect(try fixed.read("s3.json", limit: 1 << 20) == Array(text.replacing(reference, with: "").utf8))
    let after = try TreeSnapshot(fixed).entries.filter { $0.key != "s3.json" && $0.key != "manifest-sha256.txt" }
    #expect(after == others)
    #expect(try directory.report().findings.filter { $0.severity > .note } == [])
  }

  @Test func nullAndAbsentMapsAreFilled() throws {
    let directory = try CapturedDirectory()
    try directory.scratch.write(
      "s3.json",
      #"{"buckets":{"a":{"name":"a","objects":null,"versions":null},"b":{"name":"b"},"c":{}, "d": { "name":"d", "objects":{}}}}"#
    )
    try directory.scratch.write("dynamodb.json", #"{"tables":{"t":{"table":{},"items":null},"u":{"table":{}}}}"#)
    try directory.replace(#""connections":{}"#, by: #""connections":null"#, in: "eventbridge.json")
    var repair = try Repair(directory: directory.path)
    #expect(
      repair.actions.map { "\($0.file) \($0.rule.id)" } == [
        "dynamodb.json dynamodb-items", "eventbridge.json null-seeded-map", "s3.json s3-null-map",
      ])
    _ = try repair.apply()
    let fixed = try Directory.open(directory.path)
    #expect(
      String(decoding: try fixed.read("s3.json", limit: 1 << 20), as: UTF8.self)
        == #"{"buckets":{"a":{"name":"a","objects":{},"versions":{}},"b":{"objects":{},"versions":{},"name":"b"},"#
        + #""c":{"objects":{},"versions":{}}, "d": {"versions":{}, "name":"d", "objects":{}}}}"#)
    #expect(
      String(decoding: try fixed.read("dynamodb.json", limit: 1 << 20), as: UTF8.self)
        == #"{"tables":{"t":{"table":{},"items":{}},"u":{"items":{},"table":{}}}}"#)
    let left = try directory.report()
    #expect(left.findings(of: .s3NullMap) + left.findings(of: .nullSeededMap) == [])
    #expect(try Repair(directory: directory.path).actions == [])
  }

  @Test(arguments: [
    (#""bodyRef":"E","Size":0"#, #""Size":0"#), (#""Size":0 , "bodyRef" : "E""#, #""Size":0 "#),
    (#""bodyRef":"E""#, ""),
  ])
  func referenceMayStandAnywhere(_ written: String, _ expected: String) throws {
    let directory = try CapturedDirectory()
    func file(_ members: String) -> String {
      #"{"buckets":{"b":{"name":"b","objects":{"k":{\#(members)}},"versions":{}}}}"#
    }
    let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    try directory.scratch.write("s3.json", file(written.replacing("\"E\"", with: "\"\(digest)\"")))
    var repair = try Repair(directory: directory.path)
    _ = try repair.apply()
    let fixed = try Directory.open(directory.path)
    #expect(String(decoding: try fixed.read("s3.json", limit: 1 << 20), as: UTF8.self) == file(expected))
  }

  @Test func leftoversAreRemoved() throws {
    let directory = try CapturedDirectory("v0.18.0/basic")
    try directory.scratch.write("s3.json.tmp", "x")
    try directory.scratch.write("s3-objects/.upload-17", "x")
    try directory.adopt()
    try directory.scratch.write("sqs.json.tmp", "x")
    var repair = try Repair(directory: directory.path)
    #expect(repair.actions.map(\.rule) == [.leftoverFile, .leftoverFile, .leftoverFile])
    _ = try repair.apply()
    #expect(try directory.report().findings.filter { $0.severity > .note } == [])
  }

  @Test func driftIsNotHiddenByARepair() throws {
    let directory = try CapturedDirectory()
    try directory.adopt()
    try directory.replace(#""Metadata":{},"#, by: #""Metadata":{"a":"b"},"#, in: "s3.json")
    var repair = try Repair(directory: directory.path)
    let done = try repair.apply()
    #expect(done.contains { $0.rule == .manifestChanged && !$0.isPossible })
    #expect(try directory.report().findings(of: .manifestChanged).map(\.file) == ["s3.json"])
  }

  @Test func linksStopARepairBeforeAnything() throws {
    let directory = try CapturedDirectory()
    try directory.scratch.link("link", to: "s3.json")
    let before = try directory.scratch.text("s3.json")
    var repair = try Repair(directory: directory.path)
    #expect(throws: FilesError.self) { try repair.apply() }
    #expect(try directory.scratch.text("s3.json") == before)
  }
}
