import Digests

/// The digest of a step's definition, as ledgers and sum files hold it.
package enum StepDigest {
  /// `sha256:` and 64 digits over the definition with LF line ends and without a byte order mark, so that a checkout on
  /// another system changes nothing.
  ///
  /// - Throws: `DigestError` when OpenSSL cannot hash.
  package static func of(_ definition: [UInt8]) throws(DigestError) -> String {
    "sha256:" + (try SHA256Hasher.hash(of: canonical(definition))).hex
  }

  /// The bytes that are digested.
  package static func canonical(_ definition: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(definition.count)
    let start = definition.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for index in start..<definition.count {
      let next = index + 1 < definition.count ? definition[index + 1] : 0
      if definition[index] == UInt8(ascii: "\r"), next == UInt8(ascii: "\n") { continue }
      bytes.append(definition[index])
    }
    return bytes
  }
}
