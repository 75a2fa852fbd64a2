/// Makes the pseudonyms of one redaction: a pure function of the secret, its kind and the key, so that equal secrets
/// get equal pseudonyms wherever they stand and however they are encoded there.
package struct Pseudonyms: Sendable {
  private let key: KeyedDigest

  /// Pseudonyms under a key.
  package init(key: KeyedDigest) { self.key = key }

  /// What stands for a secret.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  func pseudonym(for secret: [UInt8], kind: SecretKind) throws(RedactionError) -> [UInt8] {
    let digest = try key.digest(of: secret, for: "pseudonym")
    switch kind {
    case .emailAddress: return PseudonymForm.mail(digest)
    case .phoneNumber: return PseudonymForm.phone(digest)
    case .pemPrivateKey where secret.contains(0x0A), .pgpPrivateKey where secret.contains(0x0A),
      .puttyPrivateKey where secret.contains(0x0A):
      // PEM that parses and holds no key.
      let text = PseudonymForm.text(length: 48, digest: digest)
      return Array("-----BEGIN REDACTED-----\n".utf8) + text + Array("\n-----END REDACTED-----".utf8)
    default:
      if let scheme = Self.scheme(of: secret) {
        return scheme + Array("redacted.invalid/".utf8) + PseudonymForm.text(length: 20, digest: digest)
      }
      return PseudonymForm.text(length: secret.count, digest: digest)
    }
  }

  /// What stands for a secret of fixed length, such as a symmetric key.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  func pseudonym(for secret: [UInt8], length: Int) throws(RedactionError) -> [UInt8] {
    let text = PseudonymForm.text(length: length, digest: try key.digest(of: secret, for: "pseudonym"))
    return text.count == length ? text : PseudonymForm.filling(length: length)
  }

  /// What stands for content that had to be removed whole.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  func marker(for content: [UInt8]) throws(RedactionError) -> [UInt8] {
    PseudonymForm.text(length: 32, digest: try key.digest(of: content, for: "removed"))
  }

  /// The name under which a secret may be spoken of.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  package func fingerprint(of secret: [UInt8]) throws(RedactionError) -> String {
    try key.fingerprint(of: secret)
  }

  /// `https://` of a value that is a URL as a whole.
  private static func scheme(of value: [UInt8]) -> [UInt8]? {
    guard let colon = value.prefix(24).firstIndex(of: UInt8(ascii: ":")), colon >= 2,
      value[(colon + 1)...].starts(with: "//".utf8), !value.contains(where: { $0 <= 0x20 })
    else { return nil }
    let scheme = value[..<colon]
    let isScheme = scheme.allSatisfy { byte in
      (97...122).contains(byte | 0x20) || (48...57).contains(byte) || byte == UInt8(ascii: "+")
    }
    return isScheme ? Array(scheme) + Array("://".utf8) : nil
  }
}
