import Digests
import KumoState
import Testing

@testable import Redaction

/// The screen hears everything that the search finds, in every place and encoding, and nothing where nothing is.
@Suite struct ScreenTests {
  /// How a text stands in a larger one.
  private static let places: [(name: String, put: @Sendable ([UInt8]) -> [UInt8])] = [
    ("plain", { $0 }),
    ("JSON", { Array(#"{"note":""#.utf8) + EscapeForm.encode($0) + Array(#"","n":1}"#.utf8) }),
    (
      "JSON in JSON",
      { text in
        let inner = Array(#"{"note":""#.utf8) + EscapeForm.encode(text) + Array(#""}"#.utf8)
        return Array(#"{"body":""#.utf8) + EscapeForm.encode(inner) + Array(#""}"#.utf8)
      }
    ),
    ("base64", { Array("x:".utf8) + Base64Encoder.encode($0) }),
    (
      "base64url after a path",
      { Array("{\"b\":\"k/y/".utf8) + Base64Text.plain($0, isURLSafe: true) + Array("\"}".utf8) }
    ),
    ("hexadecimal", { Array("0x".utf8) + Hex.encode($0) + Array(" end".utf8) }),
    ("percent", { text in text.flatMap { Array("%".utf8) + Array(Hex.string([$0]).utf8) } }),
    ("UTF-16", { text in text.flatMap { [$0, 0] } }),
    ("base64 of hexadecimal", { Base64Encoder.encode(Hex.encode($0)) }),
    ("gzip in base64", { Base64Encoder.encode(CompressedBody.gzip.compress($0) ?? []) }),
  ]

  private static func search() throws -> ContentSearch {
    try ContentSearch(
      .collect, detector: ScannerDetector(try Shared.scanner.get()), vault: SecretVault(), known: nil,
      pseudonyms: Pseudonyms(key: KeyedDigest(key: Array(repeating: 1, count: 32))))
  }

  private func isLoud(_ bytes: [UInt8], _ screen: ContentScreen) throws -> Bool {
    try bytes.withUnsafeBytes { raw in
      var loud: [Range<Int>] = []
      try screen.look(at: raw, into: &loud)
      return !loud.isEmpty || ContentSearch.isContainer(raw)
    }
  }

  @Test(arguments: SecretRule.builtIn.map(\.id)) func `What is found is heard`(id: String) throws {
    let number = try #require(SecretRule.builtIn.firstIndex { $0.id == id })
    let search = try Self.search()
    let screen = try #require(search.screen)
    for (index, template) in SecretRule.builtIn[number].examples.enumerated() {
      let text = ExampleTemplate(template).example(seed: 41).bytes
      // Every place for many rules, and some places for every rule.
      for (turn, place) in Self.places.enumerated() where (turn + number + index) % 4 == 0 {
        let content = place.put(text)
        let found = try content.withUnsafeBytes { try search.claims(in: $0) }
        guard !found.isEmpty else { continue }
        #expect(try isLoud(content, screen), "\(place.name): \(template)")
      }
    }
  }

  @Test(arguments: ["clientSecret", "API-KEY", "Pa\u{17F}\u{17F}wort", "dbPassword", "connectionString", "privatekey"])
  func `A telling name is heard in every place`(name: String) throws {
    let search = try Self.search()
    let screen = try #require(search.screen)
    let text = Array(#"{"\#(name)":"Zu1ckerKuchen"}"#.utf8)
    for place in Self.places {
      let content = place.put(text)
      // Letters beyond ASCII in UTF-16 are nothing that is looked into.
      let isFound = try content.withUnsafeBytes { try !search.claims(in: $0).isEmpty }
      #expect(try isLoud(content, screen) || !isFound, "\(place.name)")
    }
    #expect(try isLoud(text, screen))
  }

  @Test func `A known secret is heard in every place`() throws {
    let secret = Array("Zucker 4 Kuchen!".utf8)
    let search = try Self.search()
    let screen = ContentScreen(try #require(try search.detector.screenSession()), known: LiteralSearch([secret]))
    for place in Self.places {
      for before in 0..<4 {
        let text = [UInt8](repeating: 0x2E, count: before) + secret + Array(" is it".utf8)
        #expect(try isLoud(place.put(text), screen), "\(place.name) after \(before)")
      }
    }
  }

  @Test func `Text, identifiers and noise are quiet`() throws {
    let screen = try #require(try Self.search().screen)
    var random = SplitMix64(state: 8)
    var text: [UInt8] = []
    while text.count < 200_000 {
      text += Array(#"{"id":""#.utf8) + random.pick("0123456789abcdef", 16) + Array(#"","city":"Ulm \u00e4","n":"#.utf8)
      text += random.pick("123456789", 5) + Array("},\n".utf8)
    }
    let noise = (0..<200_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    for bytes in [text, noise] {
      var loud: [Range<Int>] = []
      try bytes.withUnsafeBytes { try screen.look(at: $0, into: &loud) }
      // What eight decoded bytes begin with may be that of a compressed body.
      #expect(loud.count <= 3, "\(loud)")
    }
  }

  @Test func `Candidates of built-in rules ask for no beginning or end`() throws {
    #expect(try RuleSet.builtIn().isScreenable)
    for anchored in ["^key", "key$", #"\Akey"#, #"key\z"#, #"[a-z]\B"#] {
      let rule = SecretRule(
        id: "r", title: "t", kind: .custom, pattern: anchored, group: 0, candidate: anchored, certainty: .named,
        source: "https://example.org", examples: [])
      #expect(rule.hasAnchor, "\(anchored)")
    }
  }
}
