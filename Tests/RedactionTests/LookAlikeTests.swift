import Files
import FixtureTestSupport
import JSONBytes
import Redaction
import SystemPackage
import Testing

/// What is no secret stays.
@Suite struct LookAlikeTests {
  @Test func `Fewer than 2 of 100 look-alikes are taken for secrets`() throws {
    let scanner = try Shared.scanner.get()
    #expect(LookAlikes.texts.count >= 300)
    var wrong: [String] = []
    for text in LookAlikes.texts {
      for detection in try scanner.scan(text) {
        wrong.append("\(scanner.id(detection)): \(String(decoding: text.prefix(80), as: UTF8.self))")
      }
    }
    #expect(wrong.count * 100 < LookAlikes.texts.count * 2, "\(wrong.count) of \(LookAlikes.texts.count): \(wrong)")
  }

  @Test func `Captures without secrets have none, as files and string by string`() throws {
    let scanner = try Shared.scanner.get()
    let session = try scanner.session()
    let clean = Captures.dataDirectories.filter { $0.bytes.contains("basic") || $0.bytes.contains("shop") }
    // These two hold secrets by their structure, in every capture: a SecretString with a password, an IAM access key.
    let secret = ["secretsmanager.json", "iam.json"]
    for path in clean {
      let directory = try Directory.open(path)
      for entry in try directory.walk() where entry.kind == .file && entry.path.bytes.hasSuffix(".json") {
        if secret.contains(where: { entry.path.bytes.hasSuffix($0) }) { continue }
        let bytes = try directory.read(entry.path, limit: 1 << 26)
        var found: [Detection] = []
        try bytes.withUnsafeBytes { try session.scan($0, into: &found) }
        let reader = JSONReader(bytes: bytes)
        var key: [UInt8] = []
        while try reader.next() != .end {
          if reader.token == .key { key = try reader.string() }
          guard reader.token == .string else { continue }
          let value = try reader.string()
          try value.withUnsafeBytes { try session.scan($0, named: key, into: &found) }
        }
        let rules = found.map { scanner.id($0) }
        #expect(found.isEmpty, "\(path)/\(entry.path): \(Set(rules))")
      }
    }
  }
}

extension [UInt8] {
  fileprivate func contains(_ text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
  fileprivate func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
