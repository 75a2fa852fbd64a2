import FixtureTestSupport
import Testing
import Validation

/// Each rule about `fixture.json` and the manifest is broken in an adopted directory, and named.
@Suite(.enabled(if: Captures.root != nil))
struct FixtureRuleTests {
  static let breakages: [(rule: Rule, words: String, breakIt: @Sendable (CapturedDirectory) throws -> Void)] = [
    (.fixtureDocument, "no JSON", { try $0.scratch.write("fixture.json", "{") }),
    (.fixtureFormat, "a later format", { try $0.replace(#""format": 1"#, by: #""format": 2"#, in: "fixture.json") }),
    (.fixtureIncomplete, "no manifest", { try $0.remove("manifest-sha256.txt") }),
    (.fixtureIncomplete, "no fixture.json", { try $0.remove("fixture.json") }),
    (
      .manifestFormat, "a digit less",
      {
        try $0.scratch.write("manifest-sha256.txt", Array(try $0.scratch.read("manifest-sha256.txt").dropFirst()))
      }
    ),
    (.manifestMissing, "a file is removed", { try $0.remove("kms.json") }),
    (.manifestExtra, "a file is added", { try $0.scratch.write("more/data", "x") }),
    (
      .manifestChanged, "a byte is added",
      {
        try $0.scratch.write("kms.json", try $0.scratch.text("kms.json") + "\n")
      }
    ),
  ]

  @Test(arguments: breakages.indices)
  func brokenRuleIsNamed(_ index: Int) throws {
    let breakage = Self.breakages[index]
    let directory = try CapturedDirectory()
    try directory.adopt()
    #expect(try directory.report().ids(.error) == [])
    try breakage.breakIt(directory)
    #expect(try directory.report().ids(.error).contains(breakage.rule.id), "\(breakage.words)")
  }

  @Test func expectationsAreCompared() throws {
    let directory = try CapturedDirectory()
    try directory.adopt(version: 3)
    #expect(try directory.report { $0.expectation = .init(version: 3) }.ids(.error) == [])
    #expect(try directory.report { $0.expectation = .init(version: 4) }.ids(.error) == [Rule.fixtureVersion.id])
    let spec = try directory.report {
      $0.expectation = .init(specDigest: "sha256:" + String(repeating: "0", count: 64))
    }
    #expect(spec.ids(.error) == [Rule.specDigest.id])
  }

  @Test(arguments: ["active", "draining", "deletable"])
  func inARunDifferencesAreNotes(_ sentinel: String) throws {
    let directory = try CapturedDirectory()
    try directory.adopt()
    try directory.scratch.write(sentinel, "owner")
    try directory.scratch.write("logs/kumo.log", "line")
    #expect(try directory.report().ids(.note) == [Rule.sqsRestored.id])
    try directory.scratch.write("kms.json", #"{"keys":{},"aliases":{} }"#)
    try directory.remove("acm.json")
    let report = try directory.report()
    #expect(report.ids(.error) == [])
    #expect(report.ids(.note) == [Rule.manifestChanged.id, Rule.manifestMissing.id, Rule.sqsRestored.id])
  }

  @Test func everyDifferenceIsNamed() throws {
    let directory = try CapturedDirectory()
    try directory.adopt()
    for number in 0..<50 { try directory.scratch.write("logs2/\(number)", "x") }
    #expect(try directory.report().findings(of: .manifestExtra).count == 50)
  }
}
