import Migrations
import Testing

@Suite struct RegistryTests {
  private func step(
    _ id: String, _ from: Int, _ to: Int, fixture: String? = nil, supersedes: [String] = [], line: Int = 1
  ) -> any MigrationStep {
    SwiftStep(
      id, from: from, to: to, title: id, fixture: fixture, scope: .nothing, supersedes: supersedes, file: "steps.swift",
      line: line
    ) { _ in }
  }

  private func error(_ steps: [any MigrationStep]) throws -> RegistryError {
    try #require(throws: RegistryError.self) { try MigrationRegistry(steps) }
  }

  @Test func ordersStepsByVersion() throws {
    let registry = try MigrationRegistry([step("c", 3, 5), step("a", 1, 2), step("b", 2, 3)])
    #expect(registry.chain(for: "any").map(\.step.id) == ["a", "b", "c"])
    #expect(registry["b"]?.digest.hasPrefix("sha256:") == true)
    #expect(try MigrationRegistry([]).chain(for: "any").isEmpty)
  }

  @Test func namesBothPlacesOfWhatCannotBe() throws {
    let cases: [([any MigrationStep], String)] = [
      ([step("a", 1, 2, line: 3), step("a", 2, 3, line: 9)], "two steps have the id 'a'"),
      ([step("a", 1, 2, line: 3), step("b", 1, 2, line: 9)], "two steps begin at version 1"),
      ([step("a", 1, 2, line: 3), step("b", 3, 4, line: 9)], "a gap"),
      ([step("a", 1, 3, line: 3), step("b", 2, 4, line: 9)], "an overlap"),
      ([step("a", 1, 2, line: 3), step("b", 2, 3, supersedes: ["a"], line: 9)], "still registered"),
      ([step("a", 1, 2, supersedes: ["x"], line: 3), step("b", 2, 3, supersedes: ["x"], line: 9)], "superseded twice"),
    ]
    for (steps, words) in cases {
      let error = try error(steps)
      #expect(error.message.contains(words), "\(error)")
      #expect(error.message.contains("steps.swift:3") && error.message.contains("steps.swift:9"), "\(error)")
      #expect(error.locations.count == 2)
    }
  }

  @Test func refusesStepsThatLeadNowhereAndOddIds() throws {
    #expect(try error([step("a", 2, 2)]).message.contains("from version 2 to 2"))
    #expect(try error([step("a", 3, 1)]).message.contains("from version 3 to 1"))
    #expect(try error([step("", 1, 2)]).message.contains("id ''"))
    #expect(try error([step("a b", 1, 2)]).message.contains("id 'a b'"))
  }

  @Test func eachFixtureHasItsOwnChain() throws {
    let registry = try MigrationRegistry([
      step("a", 1, 2, fixture: "shop"), step("b", 1, 2, fixture: "tour"), step("c", 2, 3),
    ])
    #expect(registry.chain(for: "shop").map(\.step.id) == ["a", "c"])
    #expect(registry.chain(for: "tour").map(\.step.id) == ["b", "c"])
    #expect(registry.chain(for: "other").map(\.step.id) == ["c"])
  }

  @Test func lineEndsAndByteOrderMarksChangeNoDigest() throws {
    let unix = try StepDigest.of(Array("a: 1\nb: 2\n".utf8))
    #expect(try StepDigest.of(Array("a: 1\r\nb: 2\r\n".utf8)) == unix)
    #expect(try StepDigest.of([0xEF, 0xBB, 0xBF] + Array("a: 1\nb: 2\n".utf8)) == unix)
    #expect(try StepDigest.of(Array("a: 1\nb: 3\n".utf8)) != unix)
  }

  @Test func scopesAdd() {
    let scope: StepScope = .tables("a") + .tables("b") + .queues("q") + .service("sns")
    #expect(scope.includes(Array("b".utf8), of: "dynamodb"))
    #expect(!scope.includes(Array("c".utf8), of: "dynamodb"))
    #expect(scope.includes(Array("anything".utf8), of: "sns"))
    #expect(scope.part(of: "s3") == nil)
    #expect((scope + .everything).includes(Array("c".utf8), of: "dynamodb"))
    #expect((scope + .service("sqs")).part(of: "sqs") == .whole)
  }
}
