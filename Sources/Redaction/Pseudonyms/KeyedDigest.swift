import Digests

/// HMAC-SHA-256 under one key: what makes equal secrets equal and tells nobody else anything.
package struct KeyedDigest: Sendable {
  /// The shortest key that is taken, in bytes.
  package static let shortestKey = 16
  private let key: [UInt8]

  /// Takes a key of any length.
  package init(key: [UInt8]) { self.key = key }

  /// A key that nobody knows and that is gone with this value.
  package static func random() -> KeyedDigest {
    // Swift's own generator is getrandom(2) here.
    var generator = SystemRandomNumberGenerator()
    return KeyedDigest(key: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  /// The 32 bytes for a text, which is told apart from other uses of the key by `purpose`.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  func digest(of text: [UInt8], for purpose: StaticString) throws(RedactionError) -> [UInt8] {
    let label = purpose.withUTF8Buffer { Array($0) } + [0]
    do {
      return Array(try HMACSHA256.code(of: label + text, key: key).bytes)
    } catch {
      throw RedactionError(.engine, error.message)
    }
  }

  /// The text by which a finding's secret is known to a baseline: 16 hexadecimal digits.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  func fingerprint(of secret: [UInt8]) throws(RedactionError) -> String {
    Hex.string(try digest(of: secret, for: "fingerprint").prefix(8))
  }
}
