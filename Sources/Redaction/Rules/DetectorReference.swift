/// The table of detectors for people, made from the rules themselves.
package enum DetectorReference {
  /// docs/detectors.md.
  package static func markdown(_ rules: [SecretRule]) -> String {
    var text = """
      # Detectors

      What `redact` looks for by shape, beside what it knows from the structure of KUMO's files. Made from the rules in
      `Sources/Redaction/Rules`, written from the vendors' published formats; a test compares this page with them.

      *How sure*: `formed` means that the value's own form says what it is, `keyed` that a vendor's name must stand beside a
      value of that vendor's form, `named` that only a name such as `password` says so. *Check* is what must hold beside the
      pattern. Values with `EXAMPLE` or `REDACTED` in them, or with nine equal characters in a row, count as no secrets.

      | rule | finds | class | how sure | check | form published at |
      | --- | --- | --- | --- | --- | --- |

      """
    for rule in rules {
      text +=
        "| `\(rule.id)` | \(rule.title) | \(rule.kind.rawValue) | \(rule.certainty) | \(words(rule.check)) | <\(rule.source)> |\n"
    }
    return text + "\n\(rules.count) detectors.\n"
  }

  private static func words(_ check: SecretCheck) -> String {
    switch check {
    case .none: ""
    case .entropy(let bits): "entropy >= \(bits)"
    case .crc32Base62: "CRC-32"
    case .jwt: "JWT header"
    case .base64(let count): count.lowerBound == count.upperBound ? "base64 of \(count.lowerBound) bytes" : "base64"
    case .base64Holding: "decoded text"
    case .userAndPassword: "base64 of user:password"
    case .password: "no word, reference or code"
    case .urlPassword: "no reference or mask"
    case .machineMade: "machine-made"
    case .machineMadeOrUUID: "machine-made or UUID"
    case .mixed: "letters and digits"
    case .all(let checks): checks.map { words($0) }.joined(separator: ", ")
    }
  }
}
