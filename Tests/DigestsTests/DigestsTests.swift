import Digests
import Testing

@Suite struct DigestTests {
  // Test vectors of FIPS 180-4 and RFC 1321.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func sha256(message: String, expected: String) throws {
    let digest = try SHA256Hasher.hash(of: Array(message.utf8))
    #expect(digest.hex == expected)
    #expect(SHA256Digest(hex: expected) == digest)
    #expect(SHA256Digest(hex: expected.uppercased()) == digest)
    #expect(SHA256Digest(bytes: digest.bytes) == digest)
  }

  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
    ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
  ])
  func md5(message: String, expected: String) throws {
    let digest = try MD5Hasher.hash(of: Array(message.utf8))
    #expect(digest.hex == expected)
    #expect(MD5Digest(hex: expected) == digest)
    #expect(MD5Digest(bytes: digest.bytes) == digest)
  }

  @Test func aHasherIsReadyForTheNextMessage() throws {
    let hasher = try SHA256Hasher()
    let whole = try SHA256Hasher.hash(of: [UInt8](repeating: 7, count: 1000))
    for piece in [1, 7, 64, 999, 1000] {
      var rest = [UInt8](repeating: 7, count: 1000)[...]
      while !rest.isEmpty {
        hasher.update(Array(rest.prefix(piece)))
        rest = rest.dropFirst(piece)
      }
      #expect(try hasher.finalize() == whole)
    }
    hasher.update([1, 2, 3])
    hasher.reset()
    #expect(try hasher.finalize() == SHA256Hasher.hash(of: []))
  }

  @Test(arguments: ["", "00", String(repeating: "g", count: 64), String(repeating: "a", count: 63)])
  func refusesWhatIsNoDigest(text: String) {
    #expect(SHA256Digest(hex: text) == nil)
    #expect(MD5Digest(hex: text) == nil)
  }

  @Test func orderIsThatOfTheText() throws {
    let digests = try (0..<50).map { try SHA256Hasher.hash(of: [UInt8($0)]) }
    #expect(digests.sorted().map(\.hex) == digests.map(\.hex).sorted())
  }

  @Test func hexGoesBothWays() {
    let all = (0...255).map { UInt8($0) }
    #expect(Hex.decode(Hex.encode(all)) == all)
    #expect(Hex.string([0, 15, 255]) == "000fff")
    #expect(Hex.decode(Array("0".utf8)) == nil)
    #expect(Hex.decode(Array("0x".utf8)) == nil)
    #expect(Hex.decode(Array("ABef".utf8)) == [0xAB, 0xEF])
  }

  @Test func `HMAC gives the values of RFC 4231`() throws {
    let one = try HMACSHA256.code(of: Array("Hi There".utf8), key: Array(repeating: 0x0b, count: 20))
    #expect(one.hex == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
    let two = try HMACSHA256.code(of: Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8))
    #expect(two.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
  }
}
