import COpenSSL

/// HMAC-SHA-256 (RFC 2104, FIPS 198-1): a digest that only the holder of a key can make.
package enum HMACSHA256 {
  /// The code of one message.
  ///
  /// - Parameters:
  ///   - message: any bytes.
  ///   - key: any number of bytes; 32 random ones are meant.
  /// - Throws: `DigestError` when OpenSSL has no SHA-256 or no memory.
  package static func code(of message: [UInt8], key: [UInt8]) throws(DigestError) -> SHA256Digest {
    guard let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else { throw DigestError.last("load SHA256") }
    defer { EVP_MD_free(algorithm) }
    var digest = [UInt8](repeating: 0, count: SHA256Digest.byteCount)
    var length: UInt32 = 0
    // A null pointer would mean "the key of before" to OpenSSL; an empty key is a key.
    let keyBytes = key.isEmpty ? [0] : key
    let result = HMAC(algorithm, keyBytes, Int32(key.count), message, message.count, &digest, &length)
    guard result != nil, Int(length) == digest.count, let code = SHA256Digest(bytes: digest) else {
      throw DigestError.last("compute an HMAC")
    }
    return code
  }
}
