import Files
import FixtureTestSupport
import Testing

@testable import Redaction

@Suite struct PseudonymTests {
  private let pseudonyms: Pseudonyms

  init() { pseudonyms = Pseudonyms(key: KeyedDigest(key: Array("a key for tests of pseudonyms".utf8))) }

  /// Whatever stands around it, a pseudonym is no detector's finding, and it is known again without any key.
  @Test(arguments: SecretKind.allCases) func nobodyFindsAPseudonym(_ kind: SecretKind) throws {
    for length in [1, 8, 16, 20, 40, 64, 300] {
      let secret = (0..<length).map { UInt8(ascii: "a") + UInt8($0 * 7 % 26) }
      let pseudonym = try pseudonyms.pseudonym(for: secret, kind: kind)
      #expect(pseudonym.withUnsafeBytes { PseudonymForm.isRedacted($0) })
      let text = String(decoding: pseudonym, as: UTF8.self)
      for around in [
        "\(text)", "password=\(text)", "{\"secret_token\": \"\(text)\"}", "Authorization: Bearer \(text)",
        "https://user:\(text)@host/path", "AWS_SECRET_ACCESS_KEY=\(text)\n",
      ] where kind != .emailAddress && kind != .phoneNumber {
        #expect(try Shared.scan(around).isEmpty, "\(kind) in \(around)")
      }
    }
  }

  @Test func equalSecretsAndOnlyThoseAreEqual() throws {
    var seen: Set<[UInt8]> = []
    for number in 0..<2_000 {
      let secret = Array("secret number \(number)".utf8)
      let pseudonym = try pseudonyms.pseudonym(for: secret, kind: .genericToken)
      #expect(pseudonym == (try pseudonyms.pseudonym(for: secret, kind: .genericToken)))
      #expect(pseudonym.count == max(secret.count, PseudonymForm.shortest))
      seen.insert(pseudonym)
    }
    #expect(seen.count == 2_000)
    let other = Pseudonyms(key: KeyedDigest.random())
    #expect(try other.pseudonym(for: [1, 2, 3], kind: .custom) != pseudonyms.pseudonym(for: [1, 2, 3], kind: .custom))
  }

  /// What is read as a key or a URL can be read as one.
  @Test func formsFitTheirReaders() throws {
    let key = try pseudonyms.pseudonym(for: [UInt8](repeating: 7, count: 32), length: 32)
    #expect(key.count == 32)
    let url = try pseudonyms.pseudonym(for: Array("https://hooks.example.com/T0/B0/x".utf8), kind: .genericToken)
    #expect(String(decoding: url, as: UTF8.self).hasPrefix("https://redacted.invalid/REDACTED"))
    for key in ThrowawayKey.allCases {
      #expect(ThrowawayKey(like: key.der) == key)
      #expect(ThrowawayKey.isKnown(der: key.der))
      #expect(ThrowawayKey.isKnown(pem: ThrowawayKey.pem(like: PEMText.encode(key.der, label: "PRIVATE KEY"))))
    }
  }
}

@Suite struct ContentSearchTests {
  private func search(_ mode: ContentSearch.Mode) throws -> ContentSearch {
    try ContentSearch(
      mode, detector: ScannerDetector(try Shared.scanner.get()), vault: SecretVault(), known: nil,
      pseudonyms: Pseudonyms(key: KeyedDigest.random()))
  }

  private static let secret = ["sk", "live", "51Hq8Zx0PlM3nV7bC2dE9fGk"].joined(separator: "_")

  /// Content that is searched in windows gives the same places as content that is held, wherever a secret lies.
  @Test func windowsFindWhatLiesOnTheirBorders() throws {
    let search = try search(.rewrite)
    let limits = ContentFileSearch.Limits(held: 1_000, window: 2_000, overlap: 300, context: 100)
    for offset in stride(from: 1_900, to: 2_120, by: 10) {
      var content = [UInt8](repeating: UInt8(ascii: "."), count: 9_000)
      content.replaceSubrange(offset..<(offset + Self.secret.utf8.count), with: Array(Self.secret.utf8))
      var found: [Claim] = []
      try ContentFileSearch.run(search, size: content.count, limits: limits, read: { Array(content[$0]) }) {
        found.append($0)
      }
      let range = offset..<(offset + Self.secret.utf8.count)
      #expect(found.map(\.range) == [range])
      // Around what a screen hears, the same is found without reading the rest.
      var around = limits
      around.reach = 200
      let loud = LoudRanges([(range.upperBound - 1)..<range.upperBound])
      var (heard, read): ([Claim], Int) = ([], 0)
      try ContentFileSearch.run(search, size: content.count, limits: around, loud: loud) { part in
        read += part.count
        return Array(content[part])
      } _: {
        heard.append($0)
      }
      #expect(heard.map(\.range) == [range])
      #expect(read < 5_000)
      let redacted = content.withUnsafeBytes { found.applied(to: $0) }
      #expect(redacted.count == content.count)
    }
  }

  /// What is damaged and has a secret in it goes whole, and is reported; what has none stays.
  @Test func damagedBodiesWithSecretsGoWhole() throws {
    let search = try search(.rewrite)
    let noise = (0..<400).map { "line \($0) \($0 * 7919 % 1009)\n" }.joined()
    let body = try #require(CompressedBody.gzip.compress(Array("key \(Self.secret)\n\(noise)".utf8)))
    let cut = Array(body.dropLast(40))
    let claims = try cut.withUnsafeBytes { try search.claims(in: $0) }
    #expect(claims.count == 1 && claims[0].hits.contains { $0.rule == "undecodable" })
    #expect(claims[0].range == 0..<cut.count)
    let clean = try #require(CompressedBody.gzip.compress(Array(noise.utf8)))
    #expect(try Array(clean.dropLast(40)).withUnsafeBytes { try search.claims(in: $0) }.isEmpty)
    // Damaged in the middle: nobody can say what is behind that.
    var broken = clean
    for index in 100..<140 { broken[index] ^= 0x5A }
    #expect(try broken.withUnsafeBytes { try search.claims(in: $0) }.first?.hits.first?.rule == "undecodable")
  }

  /// A file that changes between the look and the writing fails the redaction.
  @Test func changesUnderTheReaderAreNoticed() throws {
    let source = try TemporaryDirectory()
    try source.write("notes.txt", "the key is \(Self.secret)\n")
    let redaction = try DirectoryRedaction(
      Directory.open(source.path), detector: ScannerDetector(try Shared.scanner.get()),
      options: RedactionOptions(key: KeyedDigest.random()))
    #expect(try redaction.survey())
    try source.write("notes.txt", "the other key is another one\n")
    let target = try TemporaryDirectory()
    let error = #expect(throws: (any Error).self) { _ = try redaction.rewrite(into: Directory.open(target.path)) }
    #expect((error as? RedactionError)?.code == .changed || (error as? FilesError)?.code == .changed)
  }

  /// A secret that the rewriting missed is found by the proof: here in the result of another redaction.
  @Test func proofFindsWhatIsLeft() throws {
    let source = try TemporaryDirectory()
    try source.write("notes.txt", "the key is \(Self.secret)\n")
    let redaction = try DirectoryRedaction(
      Directory.open(source.path), detector: ScannerDetector(try Shared.scanner.get()),
      options: RedactionOptions(key: KeyedDigest.random()))
    #expect(try redaction.survey())
    let left = try TemporaryDirectory()
    try left.write("data.bin", [0, 1] + EncodedForms.all(of: Array(Self.secret.utf8))[3])
    let error = #expect(throws: RedactionError.self) { try redaction.prove(Directory.open(left.path)) }
    #expect(error?.code == .unproven)
    #expect(error.map { !$0.message.contains(Self.secret) } == true)
  }
}
