import COpenSSL

/// OpenSSL did not do what it was asked: the algorithm is not available (MD5 under a FIPS policy), or memory ran out.
package struct DigestError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence, lower-case first letter, no trailing stop.
  package let message: String

  /// The message.
  package var description: String { message }

  /// Makes the error from what OpenSSL left in this thread's queue, and empties the queue.
  static func last(_ what: String) -> DigestError {
    let code = ERR_get_error()
    ERR_clear_error()
    guard code != 0 else { return DigestError(message: "OpenSSL failed to \(what)") }
    var text = [CChar](repeating: 0, count: 256)
    ERR_error_string_n(code, &text, text.count)
    let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return DigestError(message: "OpenSSL failed to \(what): \(String(decoding: bytes, as: UTF8.self))")
  }
}
