/// An MD5 digest: 16 bytes. S3's ETags and KUMO's SQS checksums are MD5; nothing here trusts it for more.
package struct MD5Digest: Hashable, Sendable, CustomStringConvertible {
  /// How many bytes a digest has.
  package static let byteCount = 16

  private let high: UInt64
  private let low: UInt64

  /// From 16 bytes; nil for any other count.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    high = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// From the digest's bytes as they lie in memory.
  fileprivate init(bigEndian words: (UInt64, UInt64)) {
    high = UInt64(bigEndian: words.0)
    low = UInt64(bigEndian: words.1)
  }

  /// From 32 hexadecimal digits in either case; nil for anything else.
  package init?(hex: some Collection<UInt8>) {
    let words: (UInt64, UInt64)? = Hex.contiguous(hex) { digits in
      guard digits.count == 2 * Self.byteCount, let high = Hex.word(digits, 0), let low = Hex.word(digits, 16)
      else { return nil }
      return (high, low)
    }
    guard let words else { return nil }
    (high, low) = words
  }

  /// From 32 hexadecimal digits in either case; nil for anything else.
  package init?(hex: String) {
    self.init(hex: Array(hex.utf8))
  }

  /// The 16 bytes.
  package var bytes: [UInt8] {
    [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) } }
  }

  /// 32 lower-case hexadecimal digits as bytes.
  package var hexBytes: [UInt8] { Hex.encode(bytes) }

  /// 32 lower-case hexadecimal digits.
  package var hex: String { Hex.string(bytes) }

  /// The hexadecimal digits.
  package var description: String { hex }
}

/// Computes MD5 digests, one after the other. Not for use from two threads at once; each worker has its own.
package final class MD5Hasher {
  private let context: DigestContext

  /// - Throws: `DigestError` when OpenSSL has no MD5 (a FIPS policy forbids it) or no memory.
  package init() throws(DigestError) {
    context = try DigestContext("MD5", size: MD5Digest.byteCount)
  }

  /// Adds bytes to the message.
  package func update(_ bytes: UnsafeRawBufferPointer) { context.update(bytes) }

  /// Adds bytes to the message.
  package func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { context.update($0) } }

  /// Ends the message and stands ready for the next.
  ///
  /// - Throws: `DigestError` when OpenSSL failed at any point of this message.
  package func finalize() throws(DigestError) -> MD5Digest {
    var words: (UInt64, UInt64) = (0, 0)
    guard withUnsafeMutableBytes(of: &words, { context.finish(into: $0) }) else {
      throw DigestError.last("finish a digest")
    }
    return MD5Digest(bigEndian: words)
  }

  /// Forgets the message so far.
  package func reset() { context.reset() }

  /// The digest of one message. For many, keep a hasher.
  package static func hash(of bytes: [UInt8]) throws(DigestError) -> MD5Digest {
    let hasher = try MD5Hasher()
    hasher.update(bytes)
    return try hasher.finalize()
  }

  /// The digest of one message. For many, keep a hasher.
  package static func hash(of bytes: UnsafeRawBufferPointer) throws(DigestError) -> MD5Digest {
    let hasher = try MD5Hasher()
    hasher.update(bytes)
    return try hasher.finalize()
  }
}
