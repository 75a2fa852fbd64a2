import FixtureTestSupport
import Redaction
import Testing

/// Bytes without meaning hold no secrets, whatever they happen to spell.
@Suite struct NoiseTests {
  /// The words after which rules take nearly any value.
  private static let words = [
    "pWd:", "PWD=", "password: ", "passwd=", "token=", "Secret:", "api_key=", "credential=", "bearer ", "://:", ";pwd=",
    " -u a:", "-u x:", "<token>",
  ].map { Array($0.utf8) }

  private static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = FixedRandom(seed)
    return [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      let raw = UnsafeMutableRawBufferPointer(bytes)
      for offset in stride(from: 0, to: count & ~7, by: 8) {
        raw.storeBytes(of: generator.next(), toByteOffset: offset, as: UInt64.self)
      }
      filled = count & ~7
    }
  }

  @Test(arguments: 1...16) func `No rule finds anything in noise`(seed: UInt64) throws {
    let found = try Shared.scanner.get().scan(Self.noise(4 << 20, seed: seed))
    #expect(found.isEmpty, "\(found)")
  }

  /// As in many gigabytes of noise: what tells a password stands there again and again.
  @Test func `A telling word among noise tells nothing`() throws {
    var bytes = Self.noise(4 << 20, seed: 99)
    var planted = 0
    for offset in stride(from: 64, to: bytes.count - 64, by: 64) {
      let word = Self.words[planted % Self.words.count]
      bytes.replaceSubrange(offset..<(offset + word.count), with: word)
      planted += 1
    }
    let scanner = try Shared.scanner.get()
    let found = try scanner.scan(bytes)
    #expect(planted > 60_000)
    // Six bytes of noise in a row are printable now and then.
    #expect(found.count * 1000 < planted, "\(found.count) of \(planted): \(Set(found.map { scanner.id($0) }))")
  }

  @Test(arguments: [
    "HOME=/root\0DB_PASSWORD=hunter2\0PATH=/bin\0",
    "\u{1}\u{2}\u{8}\u{0}password=correct-Horse7\u{0}\u{3}\u{4}\u{5}\u{6}",
    "pwd:ab1!",
  ]) func `A password in a binary file is found`(text: String) throws {
    #expect(try !Shared.scan(text).isEmpty)
  }

  @Test func `A password in Latin-1 is found among text`() throws {
    let text = Array("name = server one\npassword = Gr".utf8) + [0xFC] + Array("nkohl17\nport = 5432\n".utf8)
    #expect(try !Shared.scanner.get().scan(text).isEmpty)
  }
}
