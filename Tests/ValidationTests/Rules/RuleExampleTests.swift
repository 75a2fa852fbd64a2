import FixtureTestSupport
import Testing
import Validation

/// The examples of the rule reference show what they say.
struct RuleExampleTests {
  @Test func idsAreUniqueAndWellFormed() {
    let ids = Rule.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 } })
  }

  @Test(arguments: Rule.all.filter { $0.example != nil }.map(\.id))
  func exampleBreaksItsRule(_ id: String) throws {
    let rule = try #require(Rule.all.first { $0.id == id })
    let example = try #require(rule.example)
    let scratch = try TemporaryDirectory()
    try scratch.write(example.file, example.broken)
    #expect(try Validator().validate(directory: scratch.path).findings(of: rule) != [])
    try scratch.write(example.file, example.sound)
    #expect(try Validator().validate(directory: scratch.path).findings.filter { $0.severity > .note } == [])
  }
}
