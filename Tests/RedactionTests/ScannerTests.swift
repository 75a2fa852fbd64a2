import Files
import FixtureTestSupport
import Redaction
import SystemPackage
import Testing

/// The engine: bounds, many rules over one text, blocks, threads, limits.
@Suite struct ScannerTests {
  private func example(_ template: String, _ seed: UInt64 = 3) -> ExampleTemplate.Example {
    ExampleTemplate(template).example(seed: seed)
  }

  @Test func `Bounds are those of the secret alone, also after text that only begins like one`() throws {
    let made = example("password=; token=$T; key AKIA no AKIA<b32:4> but «AKIA<b32:16>», done")
    let found = try Shared.scanner.get().scan(made.bytes)
    #expect(found.map(\.range) == [try #require(made.secret)])
    #expect(found.map(\.kind) == [.awsAccessKeyID])
  }

  @Test func `Of two rules with one secret the one that knows more is told`() throws {
    let made = example("token: «ghp_<github>»")
    let scanner = try Shared.scanner.get()
    #expect(try scanner.scan(made.bytes).map { scanner.id($0) } == ["github-pat"])
  }

  @Test func `A value is found by the name under which it stands`() throws {
    let session = try Shared.scanner.get().session()
    var found: [Detection] = []
    let value = Array("hunter2hunter3".utf8)
    try value.withUnsafeBytes { try session.scan($0, named: Array("dbPassword".utf8), into: &found) }
    #expect(found.map(\.range) == [0..<value.count])
    found = []
    try value.withUnsafeBytes { try session.scan($0, named: Array("title".utf8), into: &found) }
    #expect(found.isEmpty)
  }

  @Test func `A text of many blocks gives what it gives in one piece`() throws {
    var text: [UInt8] = []
    var secrets: [Range<Int>] = []
    for seed in 0..<400 {
      let key = seed % 9 == 0
      let template =
        key
        ? "\n«-----BEGIN RSA PRIVATE KEY-----\n<pem:40>\n-----END RSA PRIVATE KEY-----»\n"
        : " t=«ghp_<github>» <b62:3000>\n"
      let made = example(template, UInt64(seed))
      let secret = try #require(made.secret)
      secrets.append(text.count + secret.lowerBound..<text.count + secret.upperBound)
      text += made.bytes
    }
    let scanner = try Shared.scanner.get()
    #expect(try scanner.scan(text).map(\.range) == secrets)
    let blocks = BlockScanner(try scanner.session(), blockSize: 300_000)
    var found: [Detection] = []
    for start in stride(from: 0, to: text.count, by: 70_001) {
      try text[start..<min(text.count, start + 70_001)].withUnsafeBytes { try blocks.append($0, into: &found) }
    }
    try blocks.finish(into: &found)
    #expect(found.map(\.range) == secrets)
  }

  @Test func `Threads share a scanner`() async throws {
    let scanner = try Shared.scanner.get()
    let made = example("x «glpat-<b64u:20>» y")
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask {
          try (0..<50).allSatisfy { _ in try scanner.scan(made.bytes).map(\.range) == [made.secret] }
        }
      }
      for try await fine in group { #expect(fine) }
    }
  }

  @Test func `A pattern that runs away is an error, not a miss`() throws {
    let rule = SecretRule(
      id: "runaway", title: "t", kind: .custom, pattern: "begin((?:a+)+)+(?:b|c)end", group: 0, candidate: "begin",
      certainty: .named, source: "https://example.org", examples: [])
    let scanner = try SecretScanner(rules: RuleSet([rule]), cache: nil)
    let text = Array("begin".utf8) + Array(repeating: UInt8(ascii: "a"), count: 5000) + Array("!bend cend".utf8)
    #expect { try scanner.scan(text) } throws: { ($0 as? RedactionError)?.code == .matchLimit }
  }

  @Test func `No error shows the text that was searched`() throws {
    let rule = SecretRule(
      id: "r", title: "t", kind: .custom, pattern: "(", group: 0, candidate: "hunter", certainty: .named,
      source: "https://example.org", examples: [])
    let scanner = try SecretScanner(rules: RuleSet([rule]), cache: nil)
    #expect { try scanner.scan(Array("hunter2 is secret".utf8)) } throws: {
      ($0 as? RedactionError)?.code == .badRule && !"\($0)".contains("hunter2")
    }
  }

  @Test func `Empty and binary texts have nothing in them`() throws {
    let scanner = try Shared.scanner.get()
    #expect(try scanner.scan([]).isEmpty)
    #expect(try scanner.scan(Array(repeating: 0, count: 5000)).isEmpty)
    #expect(try scanner.scan((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }).isEmpty)
  }
}
