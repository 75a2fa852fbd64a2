import Files
import FixtureTestSupport
import Glibc
import Redaction
import SystemPackage
import Testing

/// The compiled database in the user's cache: used when it is right, replaced when it is not, never an error.
@Suite struct CacheTests {
  private static let secret = Array("key wordy-12345 end".utf8)

  private func rules(_ word: String = "wordy") throws -> RuleSet {
    try RuleSet([
      SecretRule(
        id: "r", title: "t", kind: .custom, pattern: "\(word)-[0-9]{5}", group: 0, candidate: "\(word)-[0-9]{5}",
        certainty: .named, source: "https://example.org", examples: [])
    ])
  }

  private func file(in directory: Directory) throws -> TreeEntry {
    let files = try directory.walk().filter { $0.kind == .file }
    #expect(files.count == 1)
    return try #require(files.first)
  }

  @Test func `A database is kept for the user alone, and found again`() throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.path("a/b"))
    for _ in 0..<2 {
      let scanner = try SecretScanner(rules: rules(), cache: cache)
      #expect(try scanner.scan(Self.secret).map(\.range) == [4..<15])
    }
    let kept = try Directory.open(cache.path)
    let entry = try file(in: kept)
    #expect(try kept.status(entry.path)?.mode == 0o600)
    #expect(try kept.status().mode == 0o700)
  }

  @Test(arguments: ["cut", "flipped", "empty", "foreign", "open to all", "link"])
  func `A broken cache is compiled anew`(damage: String) throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.path("cache"))
    _ = try SecretScanner(rules: rules(), cache: cache)
    let kept = try Directory.open(cache.path)
    let entry = try file(in: kept)
    var bytes = try kept.read(entry.path, limit: 1 << 24)
    switch damage {
    case "cut": bytes.removeLast(bytes.count / 2)
    case "flipped": bytes[bytes.count - 30] ^= 1
    case "empty": bytes = []
    case "foreign": bytes = Array("something else".utf8)
    default: break
    }
    if damage == "link" {
      try kept.remove(entry.path)
      #expect(symlink("/dev/zero", "\(cache.path)/\(entry.path)") == 0)
    } else {
      _ = try kept.replace(entry.path, with: bytes)
      if damage == "open to all" { #expect(chmod("\(cache.path)/\(entry.path)", 0o666) == 0) }
    }
    let scanner = try SecretScanner(rules: rules(), cache: cache)
    #expect(try scanner.scan(Self.secret).count == 1)
  }

  @Test func `Other rules have another database`() throws {
    let scratch = try TemporaryDirectory()
    let cache = CacheDirectory(scratch.path("cache"))
    _ = try SecretScanner(rules: rules(), cache: cache)
    let other = try SecretScanner(rules: rules("other"), cache: cache)
    #expect(try other.scan(Self.secret).isEmpty)
    #expect(try Directory.open(cache.path).walk().count { $0.kind == .file } == 2)
  }

  @Test func `The cache is where the environment says`() {
    let home: [String: String] = ["HOME": "/h"]
    #expect(CacheDirectory.userDefault { home[$0] }?.path == "/h/.cache/kumo-fixtures")
    let caches = home.merging(["XDG_CACHE_HOME": "/c"]) { $1 }
    #expect(CacheDirectory.userDefault { caches[$0] }?.path == "/c/kumo-fixtures")
    let own = caches.merging(["KUMO_FIXTURES_CACHE": "/own"]) { $1 }
    #expect(CacheDirectory.userDefault { own[$0] }?.path == "/own")
    #expect(CacheDirectory.userDefault { $0 == "XDG_CACHE_HOME" ? "relative" : nil } == nil)
  }
}
