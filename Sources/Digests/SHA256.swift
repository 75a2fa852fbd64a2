/// A SHA-256 digest: 32 bytes. Order is that of the bytes, which is that of the hexadecimal text.
package struct SHA256Digest: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// How many bytes a digest has.
  package static let byteCount = 32

  // Four words instead of an array: no allocation, and hashing and comparing are four steps.
  private let words: (UInt64, UInt64, UInt64, UInt64)

  /// From 32 bytes; nil for any other count.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    var words: [UInt64] = [0, 0, 0, 0]
    for (index, byte) in bytes.enumerated() { words[index / 8] = words[index / 8] << 8 | UInt64(byte) }
    self.words = (words[0], words[1], words[2], words[3])
  }

  /// From the digest's bytes as they lie in memory.
  fileprivate init(bigEndian words: (UInt64, UInt64, UInt64, UInt64)) {
    self.words = (
      UInt64(bigEndian: words.0), UInt64(bigEndian: words.1), UInt64(bigEndian: words.2), UInt64(bigEndian: words.3)
    )
  }

  /// From 64 hexadecimal digits in either case; nil for anything else.
  package init?(hex: some Collection<UInt8>) {
    guard let digest = Hex.contiguous(hex, { SHA256Digest(hex: $0) }) else { return nil }
    self = digest
  }

  /// From 64 hexadecimal digits in either case, as they lie in memory; nil for anything else.
  init?(hex: UnsafeBufferPointer<UInt8>) {
    guard hex.count == 2 * Self.byteCount else { return nil }
    guard let a = Hex.word(hex, 0), let b = Hex.word(hex, 16), let c = Hex.word(hex, 32), let d = Hex.word(hex, 48)
    else { return nil }
    words = (a, b, c, d)
  }

  /// From 64 hexadecimal digits in either case; nil for anything else.
  package init?(hex: String) {
    self.init(hex: Array(hex.utf8))
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    [words.0, words.1, words.2, words.3].flatMap { word in
      (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64($0))) }
    }
  }

  /// 64 lower-case hexadecimal digits as bytes.
  package var hexBytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 2 * Self.byteCount) { buffer, count in
      count = 2 * Self.byteCount
      writeHex(into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
    }
  }

  /// Writes 64 lower-case hexadecimal digits into a buffer of as many bytes.
  func writeHex(into buffer: UnsafeMutableBufferPointer<UInt8>) {
    Hex.write(words.0, into: buffer, at: 0)
    Hex.write(words.1, into: buffer, at: 16)
    Hex.write(words.2, into: buffer, at: 32)
    Hex.write(words.3, into: buffer, at: 48)
  }

  /// 64 lower-case hexadecimal digits.
  package var hex: String { String(decoding: hexBytes, as: UTF8.self) }

  /// The hexadecimal digits.
  package var description: String { hex }

  package static func == (left: SHA256Digest, right: SHA256Digest) -> Bool { left.words == right.words }

  package static func < (left: SHA256Digest, right: SHA256Digest) -> Bool { left.words < right.words }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

/// Computes SHA-256 digests, one after the other. Not for use from two threads at once; each worker has its own.
package final class SHA256Hasher {
  private let context: DigestContext

  /// - Throws: `DigestError` when OpenSSL has no SHA-256 or no memory.
  package init() throws(DigestError) {
    context = try DigestContext("SHA256", size: SHA256Digest.byteCount)
  }

  /// Adds bytes to the message.
  package func update(_ bytes: UnsafeRawBufferPointer) { context.update(bytes) }

  /// Adds bytes to the message.
  package func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { context.update($0) } }

  /// Ends the message and stands ready for the next.
  ///
  /// - Throws: `DigestError` when OpenSSL failed at any point of this message.
  package func finalize() throws(DigestError) -> SHA256Digest {
    var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    guard withUnsafeMutableBytes(of: &words, { context.finish(into: $0) }) else {
      throw DigestError.last("finish a digest")
    }
    return SHA256Digest(bigEndian: words)
  }

  /// Forgets the message so far.
  package func reset() { context.reset() }

  /// The digest of one message. For many, keep a hasher.
  package static func hash(of bytes: [UInt8]) throws(DigestError) -> SHA256Digest {
    let hasher = try SHA256Hasher()
    hasher.update(bytes)
    return try hasher.finalize()
  }

  /// The digest of one message. For many, keep a hasher.
  package static func hash(of bytes: UnsafeRawBufferPointer) throws(DigestError) -> SHA256Digest {
    let hasher = try SHA256Hasher()
    hasher.update(bytes)
    return try hasher.finalize()
  }
}
