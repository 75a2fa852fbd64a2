import Files
import FixtureTestSupport
import Glibc
import Redaction
import SystemPackage
import Testing

/// Every rule finds what it says it finds, where it says, and nothing in its counterexamples.
@Suite struct RuleExampleTests {
  @Test(arguments: SecretRule.builtIn.map(\.id))
  func `A rule finds its examples and leaves its counterexamples`(id: String) throws {
    let scanner = try Shared.scanner.get()
    let index = try #require(scanner.rules.index(of: id))
    let rule = scanner.rules.rules[index]
    let session = try scanner.session()
    #expect(!rule.examples.isEmpty, "a rule without an example is not tested")
    for template in rule.examples {
      for seed in 1...5 {
        let example = ExampleTemplate(template).example(seed: UInt64(seed))
        let secret = try #require(example.secret, "an example must mark its secret: \(template)")
        let found = try scanner.scan(example.bytes)
        let covered = found.contains {
          $0.range.lowerBound <= secret.lowerBound && $0.range.upperBound >= secret.upperBound
        }
        #expect(covered, "seed \(seed) of \(template) gave \(found.map { "\(scanner.id($0)) \($0.range)" })")
        // In the whole set, a rule that knows more may stand in for it; this rule's own bounds are exact.
        var all: [Detection] = []
        try session.scanAll(example.bytes, into: &all)
        let own = all.filter { $0.rule == index }.map(\.range)
        #expect(own.contains(secret), "seed \(seed) of \(template): \(own), not \(secret)")
      }
    }
    for template in rule.counterexamples {
      let example = ExampleTemplate(template).example(seed: 7)
      let found = try scanner.scan(example.bytes)
      #expect(!found.contains { $0.rule == index }, "found something in \(template)")
    }
  }

  @Test func `Rules have ids of one form, titles and sources`() {
    for rule in SecretRule.builtIn {
      #expect(rule.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" }, "\(rule.id)")
      #expect(!rule.title.isEmpty && rule.source.hasPrefix("https://"), "\(rule.id)")
    }
    #expect(Set(SecretRule.builtIn.map(\.id)).count == SecretRule.builtIn.count)
  }

  @Test func `The page of detectors is that of these rules`() throws {
    let docs = try Directory.open(FilePath("\(Captures.packageRoot)/docs"))
    let text = Array(DetectorReference.markdown(SecretRule.builtIn).utf8)
    let isCurrent = try docs.read("detectors.md", limit: 1 << 20) == text
    if !isCurrent, getenv("RECORD_DETECTORS") != nil {
      _ = try docs.replace("detectors.md", with: text, mode: 0o644)
    }
    #expect(
      isCurrent, "docs/detectors.md is not current: run the tests with RECORD_DETECTORS=1, and look at the change")
  }
}
