import Digests
import Files
import FixtureTestSupport
import JSONBytes
import SystemPackage
import Testing

@testable import Redaction

/// What cannot be decoded and replaced safely goes whole and is reported; what can be read and holds nothing stays.
@Suite struct RemovedContentTests {
  private static let secret = ["sk", "live", "9Rq2Kx7Wb4Tn8Vd3Lf6Zp1Hm"].joined(separator: "_")
  private static let text = Array("a line\nkey \(secret)\n".utf8)
  private static let clean = Array("a line\nand another one\n".utf8)

  /// The content of one file of a redacted directory, and what was reported about it.
  private func redacted(_ content: [UInt8]) throws -> (content: [UInt8], removed: [String]) {
    let source = try TemporaryDirectory()
    try source.write("file.bin", content)
    let result = try Redacted(source.path)
    return (try result.directory.read("file.bin", limit: 1 << 28), result.report.removed)
  }

  private func expectRemoved(_ content: [UInt8], _ name: String) throws {
    let result = try redacted(content)
    #expect(result.removed == ["file.bin"], "\(name)")
    #expect(result.content.count == 32 && result.content.starts(with: "REDACTED".utf8), "\(name)")
  }

  /// Compressed by programs of the system; one that is missing is named.
  @Test(arguments: ["bzip2", "xz", "lz4", "lzip"]) func foreignCompressionIsReadAndNotWritten(_ name: String) throws {
    guard let program = Program(named: name) else {
      print("warning: \(name) is not installed: content that it compresses was not tried")
      return
    }
    let body = try program.run(["-c"], input: Self.text).output
    try expectRemoved(body, name)
    let harmless = try program.run(["-c"], input: Self.clean).output
    #expect(try redacted(harmless).content == harmless)
    // Cut off: nobody can say what was in the rest.
    try expectRemoved(Array(harmless.dropLast(harmless.count / 2)), "half of \(name)")
  }

  @Test func whatNobodyHereCanReadGoes() throws {
    try expectRemoved([0x89, 0x4C, 0x5A, 0x4F, 0x00, 0x0D, 0x0A, 0x1A, 0x0A] + Self.clean, "lzop")
    try expectRemoved(Array("Rar!".utf8) + [0x1A, 0x07, 0x01, 0x00] + Self.clean, "rar")
    let pdf = "%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R /Encrypt 5 0 R >>\n%%EOF\n"
    try expectRemoved(Array(pdf.utf8), "an encrypted PDF file")
  }

  @Test func encryptedZipFilesGo() throws {
    guard let program = Program(named: "python3") else {
      print("warning: python3 is not installed: an encrypted zip file was not tried")
      return
    }
    // The flag of encryption, in the local header and in the directory: the content is not even asked for.
    let script = """
      import io, sys, zipfile
      out = io.BytesIO()
      with zipfile.ZipFile(out, "w") as archive: archive.writestr("a.txt", "0123456789abcdef" * 4)
      data = bytearray(out.getvalue())
      data[6] |= 1
      data[data.index(b"PK\\x01\\x02") + 8] |= 1
      sys.stdout.buffer.write(bytes(data))
      """
    try expectRemoved(try program.run(["-c", script]).output, "an encrypted zip file")
  }

  /// A stream in the middle of something goes alone: the bytes around it keep their places.
  @Test func aStreamInsideOfAnotherFormatGoesAlone() throws {
    let stream = try #require(CompressedBody.zlib.compress(Self.text))
    let head = Array("%PDF-1.7\n4 0 obj\n<< /Filter /FlateDecode /Length \(stream.count) >>\nstream\n".utf8)
    let tail = Array("\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n".utf8)
    let result = try redacted(head + stream + tail)
    #expect(result.removed == ["file.bin"])
    #expect(result.content == head + [UInt8](repeating: UInt8(ascii: "X"), count: stream.count) + tail)
    let harmless = try #require(CompressedBody.zlib.compress(Self.clean))
    #expect(try redacted(head + harmless + tail).content == head + harmless + tail)
  }

  /// A compressed body with more in it than is held: searched in windows, and written anew. The windows are small here.
  @Test(arguments: [CompressedBody.gzip, .zlib, .zstd]) func longBodiesAreWrittenAnew(_ body: CompressedBody) throws {
    let writer = try #require(CompressedWriter(body, length: nil))
    let block = [UInt8](repeating: UInt8(ascii: "."), count: (1 << 10) - 1) + [0x0A]
    // The second one lies on the border of two windows.
    let (first, second) = (10 << 10, 127 << 10 + 1000)
    for _ in 0..<10 { #expect(writer.write(block)) }
    #expect(writer.write(Self.text))
    let rest = 127 << 10 + 1000 - first - Self.text.count
    #expect(writer.write([UInt8](repeating: UInt8(ascii: "."), count: rest - 1) + [0x0A]) && writer.write(Self.text))
    for _ in 0..<40 { #expect(writer.write(block)) }
    let content = try #require(writer.finish())
    let detector = ScannerDetector(try Shared.scanner.get())
    let vault = SecretVault()
    let pseudonyms = Pseudonyms(key: KeyedDigest.random())
    let limits = ContentFileSearch.Limits(held: 0, packed: 0, window: 64 << 10, overlap: 16 << 10, context: 4 << 10)
    let look = try ContentSearch(.collect, detector: detector, vault: vault, known: nil, pseudonyms: pseudonyms)
    let looked = try content.withUnsafeBytes { try look.longClaims(body, $0, depth: 0, limits: limits) }
    #expect(looked.count == 1 && !vault.isEmpty)
    let search = try ContentSearch(
      .rewrite, detector: detector, vault: vault, known: vault.known(), pseudonyms: pseudonyms)
    let claims = try content.withUnsafeBytes { try search.longClaims(body, $0, depth: 0, limits: limits) }
    let claim = try #require(claims.first)
    #expect(claim.hits.count == 2 && claim.hits.allSatisfy { $0.chain == [body.rawValue] && $0.rule != "undecodable" })
    for offset in [first, second] {
      let found = Self.textAround(offset, in: claim.replacement, body)
      #expect(found.length == second + Self.text.count + 40 << 10)
      #expect(found.text.starts(with: "a line\nkey REDACTED".utf8) && found.text.last == 0x0A)
    }
    // One that is damaged goes, whatever is in it.
    var broken = content
    broken[broken.count / 2] ^= 0x55
    let removed = try broken.withUnsafeBytes { try search.longClaims(body, $0, depth: 0, limits: limits) }
    #expect(removed.first?.hits.last?.rule == "undecodable")
  }

  /// The length of a compressed content, and what stands in it where the secret stood.
  private static func textAround(
    _ offset: Int, in content: [UInt8], _ body: CompressedBody
  ) -> (length: Int, text: [UInt8]) {
    content.withUnsafeBytes { bytes in
      guard let stream = CompressedStream(body, bytes) else { return (0, []) }
      var (length, piece, window) = (0, [UInt8](), [UInt8]())
      while stream.state == .running {
        piece.removeAll(keepingCapacity: true)
        _ = stream.next(into: &piece)
        for (index, byte) in piece.enumerated() where length + index >= offset && window.count < text.count {
          window.append(byte)
        }
        length += piece.count
      }
      return (stream.state == .ended ? length : 0, window)
    }
  }

  /// A body inside of `s3.json` that is too long to be held: not damaged, and what to do about it is said.
  @Test func recordsThatAreTooLongAreNamed() throws {
    let error = JSONError(
      code: .tooLong, offset: 9, line: 1, column: 10, message: "a value that is longer than can be held")
    let shown = RedactionError(unreadable: "s3.json", error)
    #expect(shown.code == .unreadable && shown.message.contains("too long") && !shown.message.contains("not valid"))
    #expect(shown.hint?.contains("--layout blobs") == true)
  }

  /// A value that stands where a key has to be and is none: it goes, too.
  @Test func secretsInAWrongEncodingGo() throws {
    let source = try TemporaryDirectory()
    try source.write(
      "kms.json",
      #"{"keys":{"k":{"KeyID":"k","KeyMaterial":"no base64 at all!","AsymmetricKey":"nor is this one!!"}},"aliases":{}}"#
    )
    let result = try Redacted(source.path)
    let text = String(decoding: try result.directory.read("kms.json", limit: 4096), as: UTF8.self)
    #expect(!text.contains("base64 at all") && !text.contains("nor is this"))
  }
}
