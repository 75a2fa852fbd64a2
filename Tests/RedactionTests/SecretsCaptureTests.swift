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

  /// The basic captures hold a secret, a parameter and an access key, which go by their place, and nothing else does.
  @Test(arguments: ["v0.25.3/basic", "v0.18.0/basic"]) func onlyPlacesOfSecretsChange(_ name: String) throws {
    let path = try #require(Captures.root).appending(name)
    let result = try Redacted(path)
    #expect(result.findings.allSatisfy { $0.rule == "structure" })
    let changed = Set(result.findings.map(\.file))
    #expect(changed.isSubset(of: ["secretsmanager.json", "ssm.json", "iam.json"]))
    try expectEqual(path, result.directory, except: changed)
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
