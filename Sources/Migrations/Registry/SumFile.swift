import Digests

/// `migrations.sum`: every registered step with its digest, committed beside the steps.
///
/// The first line covers all the others, so that two branches that add steps conflict in git and not on somebody's
/// data:
/// ```
/// kumo-fixtures-steps sha256:…
/// 0001-add-schema 1 2 declarative sha256:…
/// 0002-split-names 2 3 swift sha256:…
/// ```
package struct SumFile: Sendable, Equatable {
  /// The usual name.
  package static let name = "migrations.sum"
  /// The largest file that is read, in bytes.
  package static let sizeLimit = 16 * 1024 * 1024
  private static let title = "kumo-fixtures-steps"

  /// A line for each step, without the first line.
  private let lines: [String]
  /// The whole text.
  package let bytes: [UInt8]

  /// The sum file of a registry.
  ///
  /// - Throws: `DigestError` when OpenSSL cannot hash.
  package init(_ registry: MigrationRegistry) throws(DigestError) {
    lines = registry.entries.map { entry in
      let step = entry.step
      let fixture = step.fixture.map { " \($0)" } ?? ""
      return "\(step.id) \(step.from) \(step.to) \(step.kind.rawValue) \(entry.digest)\(fixture)"
    }
    let body = Array(lines.map { $0 + "\n" }.joined().utf8)
    let digest = try SHA256Hasher.hash(of: body)
    bytes = Array("\(Self.title) sha256:\(digest.hex)\n".utf8) + body
  }

  /// What a committed sum file says differently, a line each; empty when it is the same. Line ends may be CRLF.
  package func differences(from committed: [UInt8]) -> [String] {
    let text = StepDigest.canonical(committed)
    if text == bytes { return [] }
    var standing = text.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    if let conflict = standing.first(where: { $0.hasPrefix("<<<<<<<") || $0.hasPrefix(">>>>>>>") }) {
      return ["the marks of a git conflict are in it: '\(conflict)'"]
    }
    if !standing.isEmpty { standing.removeFirst() }
    let ids = { (lines: [String]) in
      Dictionary(
        lines.map { line in (String(line.prefix { $0 != " " }), line) }, uniquingKeysWith: { first, _ in first })
    }
    let (old, new) = (ids(standing), ids(lines))
    var differences: [String] = []
    for (id, line) in new.sorted(by: { $0.key < $1.key }) {
      guard let other = old[id] else {
        differences.append("\(id) is not in it")
        continue
      }
      if other != line { differences.append("\(id) is '\(other.dropFirst(id.count + 1))' there") }
    }
    differences += old.keys.sorted().filter { new[$0] == nil }.map { "\($0) is in it, and no longer among the steps" }
    return differences.isEmpty ? ["its first line or the order of its lines is not right"] : differences
  }
}
