import KumoState
import Testing

@Suite struct Base64Tests {
  /// Texts and their bytes, as Go 1.27.3's `encoding/json` decodes a `[]byte`; nil bytes: refused.
  static let cases: [(String, [UInt8]?)] = [
    ("", []), ("QQ==", [0x41]), ("QR==", [0x41]), ("QUI=", [0x41, 0x42]), ("QUJ=", [0x41, 0x42]),
    ("QUJD", [0x41, 0x42, 0x43]), ("QQ=\n=", [0x41]), ("QQ==\r\n", [0x41]), ("\nQ\rQ=\n=", [0x41]),
    ("QUJD\nQUJD", [0x41, 0x42, 0x43, 0x41, 0x42, 0x43]), ("a+/A", [0x6B, 0xEF, 0xC0]),
    ("QQ=", nil), ("QQ", nil), ("Q", nil), ("Q===", nil), ("=", nil), ("====", nil), ("QQ==QQ==", nil),
    ("Q-==", nil), ("QQ= =", nil), ("QUI=A", nil), ("QQ==A", nil), ("QQ=A", nil), ("QQ==\n=", nil), ("QUJD=", nil),
    ("QUI==", nil), ("QUJD QUJD", nil), ("QU_D", nil), ("QUJé", nil),
  ]

  @Test(arguments: cases)
  func decodesAsGo(text: String, bytes: [UInt8]?) {
    #expect((try? Base64Decoder.decode(Array(text.utf8))) == bytes)
    // Cut into pieces of one byte, the carry paths see every state.
    #expect((try? decode(Array(text.utf8), pieces: 1)) == bytes)
  }

  @Test(arguments: [
    ("QUJD!UJD", Base64Error.Problem.alphabet, 4), ("Q=", .padding, 1), ("QQ==A", .trailing, 4),
    ("QUJDQQ=", .truncated, 7), ("QUJDQ", .truncated, 5),
  ])
  func saysWhatIsWrongAndWhere(text: String, problem: Base64Error.Problem, offset: Int) {
    #expect(throws: Base64Error(problem: problem, offset: offset)) { try Base64Decoder.decode(Array(text.utf8)) }
    #expect(throws: Base64Error(problem: problem, offset: offset)) { try decode(Array(text.utf8), pieces: 3) }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 64, 1_000])
  func piecesOfAnySizeGiveTheSame(size: Int) throws {
    let bytes = (0..<2_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 3) }
    for length in [0, 1, 2, 3, 4, 255, 1_999, 2_000] {
      let value = Array(bytes[..<length])
      let text = Base64Encoder.encode(value)
      #expect(text.count == Base64Encoder.encodedCount(of: length))
      #expect(encode(value, pieces: size) == text)
      #expect(try decode(text, pieces: size) == value)
      var folded: [UInt8] = []
      for (index, byte) in text.enumerated() { folded += index % 76 == 75 ? [byte, 13, 10] : [byte] }
      #expect(try decode(folded, pieces: size) == value)
    }
  }

  @Test func everyByteAndPairEncodes() throws {
    #expect(Base64Encoder.encode(Array("Man".utf8)) == Array("TWFu".utf8))
    #expect(Base64Encoder.encode([0xFB, 0xFF]) == Array("+/8=".utf8))
    #expect(Base64Encoder.encode([0xFF]) == Array("/w==".utf8))
    let everything = (0...UInt8.max).flatMap { first in [first, 255 - first, first ^ 0x5A] }
    #expect(try Base64Decoder.decode(Base64Encoder.encode(everything)) == everything)
  }

  @Test func checkingCountsWithoutKeeping() throws {
    var decoder = Base64Decoder()
    try Array("QUJDQUJDQQ==".utf8).withUnsafeBytes { try decoder.check($0) }
    try decoder.finish()
    #expect(decoder.decodedCount == 7)
  }

  private func decode(_ text: [UInt8], pieces size: Int) throws -> [UInt8] {
    var decoder = Base64Decoder()
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: size) {
      let piece = Array(text[start..<min(start + size, text.count)])
      try piece.withUnsafeBytes { try decoder.decode($0, into: &bytes) }
    }
    try decoder.finish()
    return bytes
  }

  private func encode(_ bytes: [UInt8], pieces size: Int) -> [UInt8] {
    var encoder = Base64Encoder()
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBytes { encoder.encode($0, into: &text) }
    }
    encoder.finish(into: &text)
    return text
  }
}
