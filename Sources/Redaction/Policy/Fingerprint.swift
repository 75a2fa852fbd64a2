import Digests

/// Names a finding without showing its secret: a keyed digest, which nobody without the key can test guesses against.
///
/// A plain digest would do for long random tokens; a password of eight letters could be found by trying. The key is of
/// the user's, 32 random bytes beside the baseline and outside version control, or in the CI system's vault.
package struct Fingerprinter: Sendable {
  private let key: [UInt8]

  /// - Throws: `.badPolicy` for a key of fewer than 16 bytes, which could be guessed.
  package init(key: [UInt8]) throws(RedactionError) {
    guard key.count >= 16 else {
      throw RedactionError(
        .badPolicy, "a key of \(key.count) bytes is too short for fingerprints",
        hint: "make one with: head -c 32 /dev/urandom > baseline.key")
    }
    self.key = key
  }

  /// The fingerprint of a secret that a rule found, wherever it stands: 32 hexadecimal digits.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  package func fingerprint(rule: String, secret: UnsafeRawBufferPointer) throws(RedactionError) -> String {
    do {
      let message = Array("kumo-fixtures finding 1\n\(rule)\n".utf8) + Array(secret)
      return String(try HMACSHA256.code(of: message, key: key).hex.prefix(32))
    } catch {
      throw RedactionError(.engine, error.message)
    }
  }
}

/// Findings that a team knows and accepts.
///
/// A text file that a reviewer can read: one fingerprint a line, then the rule's id and a note; lines that begin with
/// `#` say something to people. Line numbers and paths are no part of it, so that moving a file changes nothing.
package struct Baseline: Sendable {
  /// The fingerprints.
  package private(set) var fingerprints: Set<String> = []

  /// An empty baseline.
  package init() {}

  /// - Throws: `.badPolicy` with the line that is none.
  package static func read(_ bytes: [UInt8], name: String) throws(RedactionError) -> Baseline {
    var baseline = Baseline()
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let words = line.split { ByteClass.isSpace($0) }
      guard let first = words.first, first.first != UInt8(ascii: "#") else { continue }
      guard first.count == 32, first.allSatisfy({ ByteClass.isHex($0) }) else {
        throw RedactionError(
          .badPolicy, "line \(index + 1) of the baseline '\(name)' does not begin with a fingerprint",
          hint: "write the baseline anew, or remove the line")
      }
      baseline.fingerprints.insert(String(decoding: first, as: UTF8.self))
    }
    return baseline
  }

  /// Whether the finding is known.
  package func contains(_ fingerprint: String) -> Bool { fingerprints.contains(fingerprint) }

  /// The text of a baseline: sorted, one finding a line.
  package static func text(_ findings: [(fingerprint: String, rule: String)]) -> [UInt8] {
    let lines = Set(findings.map { "\($0.fingerprint) \($0.rule)\n" }).sorted()
    return Array("# Findings of kumo-fixtures that are accepted: fingerprint and rule.\n".utf8) + lines.flatMap(\.utf8)
  }
}
