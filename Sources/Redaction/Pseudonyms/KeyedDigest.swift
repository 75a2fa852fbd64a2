import Digests

/// HMAC-SHA-256 (RFC 2104) under one key: what makes equal secrets equal and tells nobody else anything.
package struct KeyedDigest: Sendable {
  /// The shortest key that is taken, in bytes.
  package static let shortestKey = 16
  private let inner: [UInt8]
  private let outer: [UInt8]

  /// Takes a key of any length.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  package init(key: [UInt8]) throws(RedactionError) {
    let block = key.count > 64 ? try Self.hash([key]) : key
    let padded = block + [UInt8](repeating: 0, count: 64 - block.count)
    inner = padded.map { $0 ^ 0x36 }
    outer = padded.map { $0 ^ 0x5C }
  }

  /// A key that nobody knows and that is gone with this value.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  package static func random() throws(RedactionError) -> KeyedDigest {
    // Swift's own generator is getrandom(2) here.
    var generator = SystemRandomNumberGenerator()
    return try KeyedDigest(key: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
  }

  /// The 32 bytes for a text, which is told apart from other uses of the key by `purpose`.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  func digest(of text: [UInt8], for purpose: StaticString) throws(RedactionError) -> [UInt8] {
    let label = purpose.withUTF8Buffer { Array($0) } + [0]
    return try Self.hash([outer, try Self.hash([inner, label, text])])
  }

  /// The text by which a finding's secret is known to a baseline: 16 hexadecimal digits.
  ///
  /// - Throws: `.engine` when OpenSSL fails.
  func fingerprint(of secret: [UInt8]) throws(RedactionError) -> String {
    Hex.string(try digest(of: secret, for: "fingerprint").prefix(8))
  }

  private static func hash(_ parts: [[UInt8]]) throws(RedactionError) -> [UInt8] {
    do {
      let hasher = try SHA256Hasher()
      for part in parts { hasher.update(part) }
      return try Array(hasher.finalize().bytes)
    } catch {
      throw RedactionError(.engine, error.message)
    }
  }
}
