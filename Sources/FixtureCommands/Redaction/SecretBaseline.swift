import Files
import JSONBytes
import Redaction
import SystemPackage

/// Findings that are known and accepted, by the keyed fingerprints of their secrets: without the key the file says
/// nothing about any secret, and the same secret in another place is accepted, too.
struct SecretBaseline {
  /// The accepted fingerprints.
  var fingerprints: Set<String>

  /// The largest baseline, in bytes.
  private static let largest = 64 << 20

  /// Takes the findings as they are.
  init(_ findings: [SecretFinding]) { fingerprints = Set(findings.map(\.fingerprint)) }

  /// Reads a baseline.
  ///
  /// - Throws: `FilesError`; `CommandFailure` for a file that is none, or that was made under another key.
  init(reading path: FilePath, named name: String, key: KeyedDigest) throws {
    let bytes = try ReadableFile.open(path).readAll(limit: Self.largest)
    guard let root = try? JSONTape(parsing: bytes).root, root["format"]?.int64() == 1,
      let list = root["fingerprints"], list.isArray
    else {
      throw CommandFailure(
        .failure, "'\(name)' is no baseline of this tool",
        hint: "write one with 'kumo-fixtures redact DIR --check --key-file KEY --write-baseline \(name)'")
    }
    let check = try Pseudonyms(key: key).fingerprint(of: Self.checkText)
    guard root["key"]?.string().map({ String(decoding: $0, as: UTF8.self) }) == check else {
      throw CommandFailure(
        .failure, "'\(name)' was made under another key, so nothing in it means anything here",
        hint: "name the key that it was made with, or write it anew with --write-baseline")
    }
    fingerprints = Set(list.elements.compactMap { $0.string().map { String(decoding: $0, as: UTF8.self) } })
  }

  /// The text whose fingerprint tells one key from another.
  private static let checkText = Array("baseline".utf8)

  /// The file: sorted, one fingerprint in a line.
  func bytes(key: KeyedDigest) throws -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.key("fingerprints")
    json.beginArray()
    for fingerprint in fingerprints.sorted() { json.string(fingerprint) }
    json.endArray()
    json.key("format")
    json.int(1)
    json.field("key", try Pseudonyms(key: key).fingerprint(of: Self.checkText))
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }
}
