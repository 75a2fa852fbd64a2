import Digests
import FixtureTestSupport
import Testing

@Suite struct ManifestTests {
  static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  /// Names that exercise the escape rule and what looks like syntax.
  static let names = [
    "plain", "with space", " leading", "*star", "back\\slash", "line\nfeed", "carriage\rreturn", "end\r", "sub/dir",
    "ü", "\\", "#comment", "--help",
  ]

  @Test func theRealToolChecksWhatWeWrite() throws {
    let tool = try #require(Program(named: "sha256sum"))
    let scratch = try TemporaryDirectory()
    var entries: [Manifest.Entry] = []
    for name in Self.names {
      try scratch.write(name, "content of \(name)")
      entries.append(.init(digest: try SHA256Hasher.hash(of: scratch.read(name)), name: Array(name.utf8)))
    }
    let text = try Manifest(entries).serialise()
    try scratch.write("manifest", text)
    let good = try tool.run(["--check", "--strict", "--quiet", "manifest"], in: scratch.path)
    #expect(good.exitCode == 0, "\(good.errorText)")
    try scratch.write("line\nfeed", "changed")
    #expect(try tool.run(["--check", "--quiet", "manifest"], in: scratch.path).exitCode == 1)
  }

  @Test func readsWhatTheRealToolWrites() throws {
    let tool = try #require(Program(named: "sha256sum"))
    let scratch = try TemporaryDirectory()
    for name in Self.names { try scratch.write(name, name) }
    for flag in ["--text", "--binary"] {
      let result = try tool.run([flag, "--"] + Self.names, in: scratch.path)
      let manifest = try Manifest(parsing: result.output)
      #expect(Set(manifest.entries.map(\.name)) == Set(Self.names.map { Array($0.utf8) }))
      for name in Self.names { #expect(try manifest[Array(name.utf8)] == SHA256Hasher.hash(of: Array(name.utf8))) }
    }
  }

  @Test func isSortedByBytesAndSurvivesARoundTrip() throws {
    let digest = try #require(SHA256Digest(hex: Self.empty))
    let names: [[UInt8]] = [[0xFF], Array("a/b".utf8), Array("a-b".utf8), Array("B".utf8), [0xC3, 0x28]]
    let manifest = try Manifest(names.map { .init(digest: digest, name: $0) })
    #expect(
      manifest.entries.map(\.name) == [Array("B".utf8), Array("a-b".utf8), Array("a/b".utf8), [0xC3, 0x28], [0xFF]])
    #expect(try Manifest(parsing: manifest.serialise()) == manifest)
    #expect(manifest[Array("a".utf8)] == nil)
    #expect(manifest[[0xFF]] == digest)
    #expect(try Manifest(parsing: []).serialise().isEmpty)
    #expect(try Manifest(parsing: Array("\(Self.empty)  last line without end".utf8)).entries.count == 1)
  }

  static let refusals: [(String, Int, ManifestError.Reason)] = [
    ("\n", 1, .digest),
    ("\(empty)  a\n\n\(empty)  b\n", 2, .digest),
    ("xyz  a\n", 1, .digest),
    ("\(empty.dropLast())g  a\n", 1, .digest),
    ("\(empty) a\n", 1, .separator),
    ("\(empty)\ta\n", 1, .separator),
    ("\(empty)0  a\n", 1, .separator),
    ("\(empty)  \n", 1, .emptyName),
    ("\(empty)  a\r\n", 1, .carriageReturn),
    ("\(empty)  /etc/passwd\n", 1, .absolute),
    ("\(empty)  ../a\n", 1, .notInside),
    ("\(empty)  a/../b\n", 1, .notInside),
    ("\(empty)  ./a\n", 1, .notInside),
    ("\(empty)  a//b\n", 1, .notInside),
    ("\(empty)  a/\n", 1, .notInside),
    ("\(empty)  a\u{0}b\n", 1, .nul),
    ("\\\(empty)  a\\\n", 1, .escape),
    ("\\\(empty)  a\\t\n", 1, .escape),
    ("\\\(empty)  ..\\n/../b\n", 1, .notInside),
    ("\(empty)  a\n\(empty)  b\n\(empty)  a\n", 3, .duplicate(firstLine: 1)),
    ("\(empty)  a\\b\n\\\(empty)  a\\\\b\n", 2, .duplicate(firstLine: 1)),
    // The first fault counts, whatever follows.
    ("\(empty)  a\n\(empty)  a\nxyz\n", 2, .duplicate(firstLine: 1)),
    ("\(empty)  b\n\(empty)  a\nxyz\n\(empty)  a\n", 3, .digest),
    // Neighbours of the digits and letters in ASCII.
    ("/\(empty.dropFirst())  a\n", 1, .digest),
    (":\(empty.dropFirst())  a\n", 1, .digest),
    ("`\(empty.dropFirst())  a\n", 1, .digest),
    ("@\(empty.dropFirst())  a\n", 1, .digest),
    ("G\(empty.dropFirst())  a\n", 1, .digest),
  ]

  @Test(arguments: refusals)
  func refuses(text: String, line: Int, reason: ManifestError.Reason) {
    #expect {
      try Manifest(parsing: Array(text.utf8))
    } throws: { error in
      guard let error = error as? ManifestError else { return false }
      return error.line == line && error.reason == reason && error.description.hasPrefix("line \(line): ")
    }
  }

  @Test func digitsInEitherCaseAreOneDigest() throws {
    let lower = try Manifest(parsing: Array("\(Self.empty)  a".utf8))
    #expect(try Manifest(parsing: Array("\(Self.empty.uppercased())  a".utf8)) == lower)
    #expect(lower.entries.first?.digest.hex == Self.empty)
  }

  /// The order of bytes is the one of the standard library, for names of any length and with any beginning.
  @Test func byteOrderIsLexicographic() {
    let names: [[UInt8]] = [[], [0], [0, 0], [97], [97, 45], [97, 47], [97, 98], [127], [128], [255], [255, 0]]
    for left in names {
      for right in names {
        #expect(ByteOrder.precedes(left, right) == left.lexicographicallyPrecedes(right))
        #expect((ByteOrder.compare(left, right) == 0) == (left == right))
      }
    }
  }

  @Test func refusesToWriteUnsafeNames() throws {
    let digest = try #require(SHA256Digest(hex: Self.empty))
    for name in ["", "/a", "../a", "a/.", "a\u{0}"] {
      #expect(throws: ManifestError.self) { try Manifest([.init(digest: digest, name: Array(name.utf8))]) }
    }
    let twice = [Manifest.Entry](repeating: .init(digest: digest, name: [97]), count: 2)
    #expect(throws: ManifestError.self) { try Manifest(twice) }
  }
}
