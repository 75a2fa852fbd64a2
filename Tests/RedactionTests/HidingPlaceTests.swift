import Files
import FixtureTestSupport
import JSONBytes
import SystemPackage
import Testing
import Validation

@testable import Redaction

@Suite struct HidingPlaceTests {
  /// One secret in one place: gone in every encoding, every file parses, every digest is right, and what is there now is
  /// found to be clean.
  @Test(arguments: HidingPlace.all) func secretIsGone(_ place: HidingPlace) throws {
    let source = try TemporaryDirectory()
    for file in place.files(place.secret) {
      if let folder = FilePath(file.path).removingLastComponent().lastComponent?.string {
        try? source.makeDirectory(folder)
      }
      try source.write(file.path, file.content)
    }
    let before = try Validator().validate(directory: source.path)
    #expect(before.isValid, "\(before.findings)")
    let result = try Redacted(source.path)
    #expect(result.hasSecrets)
    #expect(result.report.removed.isEmpty && result.report.leftOut.isEmpty)
    let after = try Validator().validate(result.directory)
    #expect(after.isValid, "\(after.findings)")
    try StateChecks.check(result.directory)
    let forms = LiteralSearch(EncodedForms.all(of: Array(place.secret.utf8)))
    var files = 0
    for entry in try result.directory.walk() where entry.kind == .file {
      let bytes = try result.directory.read(entry.path, limit: 1 << 20)
      #expect(!bytes.withUnsafeBytes { forms.isFound(in: $0) }, "\(entry.path)")
      #expect(!entry.path.bytes.withUnsafeBytes { forms.isFound(in: $0) }, "\(entry.path)")
      for content in Self.contents(of: bytes) {
        #expect(!content.withUnsafeBytes { forms.isFound(in: $0) }, "inside of \(entry.path)")
      }
      files += 1
    }
    #expect(files == place.files(place.secret).count)
    // Nothing is left to be found, and redacting again changes nothing.
    let again = try Redacted(result.folder.path("out"))
    #expect(!again.hasSecrets, "\(again.findings)")
  }

  /// What is in compressed content, by other ways than those of the redaction where there are any.
  private static func contents(of bytes: [UInt8]) -> [[UInt8]] {
    bytes.withUnsafeBytes { raw in
      if let zip = ArchiveReader(zip: raw) {
        var found: [[UInt8]] = []
        while zip.next() != nil {
          var content: [UInt8] = []
          while zip.read(into: &content) {}
          found += [content] + contents(of: content)
        }
        if !found.isEmpty { return found }
      }
      if let tar = TarBody(raw) {
        return tar.records.map { Array(raw[$0.content]) }.flatMap { [$0] + contents(of: $0) }
      }
      if let image = PNGBody(raw) {
        return image.chunks.compactMap { chunk in chunk.compressedText.map { Array(raw[chunk.data].dropFirst($0)) } }
          .flatMap { contents(of: $0) }
      }
      guard let body = CompressedBody(raw), case .whole(let content) = body.decompress(raw) else { return [] }
      return [content] + contents(of: content)
    }
  }

  @Test func thereAreManyPlaces() { #expect(HidingPlace.all.count >= 19) }

  /// The same secret in two encodings and two services has one pseudonym.
  @Test func equalSecretsStayEqual() throws {
    let place = try #require(HidingPlace.all.first { $0.name == "SQS body and attribute" })
    let source = try TemporaryDirectory()
    for file in place.files(place.secret) { try source.write(file.path, file.content) }
    try source.write("notes.txt", Array("key \(place.secret)\n".utf8))
    let result = try Redacted(source.path)
    let notes = try result.directory.read("notes.txt", limit: 4096)
    let pseudonym = notes.dropFirst(4).dropLast()
    #expect(pseudonym.count == place.secret.utf8.count)
    let messages = try result.directory.read("sqs.json", limit: 1 << 20)
    let inBase64 = LiteralSearch(EncodedForms.all(of: Array(pseudonym)))
    var found = 0
    messages.withUnsafeBytes { bytes in inBase64.matches(in: bytes) { _, _ in found += 1 } }
    #expect(found == 2)
  }
}
