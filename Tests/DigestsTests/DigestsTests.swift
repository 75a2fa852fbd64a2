import Digests
import Testing

@Suite struct DigestTests {
  @Test func knownDigests() throws {
    #expect(
      try SHA256Hasher.hash(of: Array("abc".utf8)).hex
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(try MD5Hasher.hash(of: Array("abc".utf8)).hex == "900150983cd24fb0d6963f7d28e17f72")
  }
}
