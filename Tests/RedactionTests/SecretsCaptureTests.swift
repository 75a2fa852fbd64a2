import Files
import FixtureTestSupport
import JSONBytes
import SystemPackage
import Testing

@testable import Redaction

/// The capture with planted secrets, which real KUMO v0.25.3 wrote; absent in a plain clone.
@Suite(.enabled(if: Captures.root != nil, "the captures are not beside the project"))
struct SecretsCaptureTests {
  @Test func noPlantedValueIsLeft() throws {
    let root = try #require(Captures.root)
    let all = try planted(in: root)
    #expect(all.count == 14)
    let planted = all.map(\.value)
    let result = try Redacted(root.appending("v0.25.3/secrets"))
    let forms = LiteralSearch(planted.flatMap { EncodedForms.all(of: $0) })
    for entry in try result.directory.walk() where entry.kind == .file {
      let bytes = try result.directory.read(entry.path, limit: 1 << 20)
      #expect(!bytes.withUnsafeBytes { forms.isFound(in: $0) }, "\(entry.path)")
    }
    #expect(result.report.removed.isEmpty && result.report.leftOut.isEmpty)
  }

  private func planted(in root: FilePath) throws -> [(place: String, value: [UInt8])] {
    let text = try Directory.open(root.appending("v0.25.3")).read("secrets.planted.json", limit: 1 << 20)
    return try JSONTape(parsing: text).root.elements.map { entry in
      (String(decoding: entry["where"]?.string() ?? [], as: UTF8.self), entry["value"]?.string() ?? [])
    }
  }

  /// The shop has no secret anywhere: nothing is found, and every byte is copied.
  @Test func captureWithoutSecretsIsCopied() throws {
    let root = try #require(Captures.root)
    let result = try Redacted(root.appending("v0.25.3/shop"))
    #expect(result.findings.isEmpty)
    #expect(!result.hasSecrets)
    try expectEqual(root.appending("v0.25.3/shop"), result.directory, except: [])
  }

  /// The basic captures hold a secret with a document, SecureString and other parameters and an access key, which go
  /// by their place; everything else is the same in bytes, and in the files with those places everything but their
  /// values.
  @Test(arguments: ["v0.25.3/basic", "v0.18.0/basic"]) func onlyPlacesOfSecretsChange(_ name: String) throws {
    let path = try #require(Captures.root).appending(name)
    let result = try Redacted(path)
    #expect(result.findings.allSatisfy { $0.rule == "structure" && $0.chain.isEmpty })
    let changed = Set(result.findings.map(\.file))
    #expect(changed.isSubset(of: ["secretsmanager.json", "ssm.json", "iam.json"]) && !changed.isEmpty)
    try expectEqual(path, result.directory, except: changed)
    let source = try Directory.open(path)
    for file in changed {
      let file = try RelativePath(Array(file.utf8))
      let (old, new) = (
        try Self.values(source.read(file, limit: 1 << 20)), try Self.values(result.directory.read(file, limit: 1 << 20))
      )
      #expect(old.map(\.place) == new.map(\.place))
      for (left, right) in zip(old, new) where left.value != right.value {
        #expect(["SecretString", "Value", "SecretAccessKey", "AccessKeyID"].contains(left.place), "\(left.place)")
        #expect(right.value.contains("REDACTED"))
      }
    }
  }

  /// Every string of a document with the name that it stands under; of the names that are secret only that they are
  /// there.
  private static func values(_ bytes: [UInt8]) throws -> [(place: String, value: String)] {
    let reader = JSONReader(bytes: bytes)
    var (name, found) = ("", [(place: String, value: String)]())
    while try reader.next() != .end {
      if reader.token == .key {
        name = String(decoding: try reader.string(), as: UTF8.self)
        if name.hasPrefix("AKIA") || name.hasPrefix("REDACTED") { name = "AccessKeyID" }
      }
      if reader.token == .string { found.append((name, String(decoding: try reader.string(), as: UTF8.self))) }
    }
    return found
  }

  private func expectEqual(_ path: FilePath, _ copy: Directory, except changed: Set<String>) throws {
    let source = try Directory.open(path)
    let files = try source.walk().filter { $0.kind == .file }.map(\.path)
    #expect(files == (try copy.walk().filter { $0.kind == .file }.map(\.path)))
    for file in files where !changed.contains(file.description) {
      #expect(try source.read(file, limit: 1 << 24) == copy.read(file, limit: 1 << 24), "\(file)")
    }
  }
}
