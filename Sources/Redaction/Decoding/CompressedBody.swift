/// What a compressed body turned out to be.
enum Decompressed {
  /// Everything in it.
  case whole([UInt8])
  /// What came out before an error or before the limit: enough to look at, not enough to write anew. Whether something
  /// is left that nobody can look at.
  case part([UInt8], hasMore: Bool)
}

/// Compressed bodies: gzip (RFC 1952), zlib (RFC 1950), zstd (RFC 8878) and zip files, told by their first bytes.
enum CompressedBody: String, Sendable {
  case gzip
  case zlib
  case zstd
  case zip

  /// The most that is taken out of one body and held, in bytes; more is read in windows.
  static let limit = 16 << 20
  /// The most that is taken out of one body at all, in bytes; a body with more in it is removed.
  static let longestContent = 4 << 30

  /// What a body is by its first bytes; nil for anything else.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 8 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    case (0x1F, 0x8B, 0x08, _): self = .gzip
    case (0x28, 0xB5, 0x2F, 0xFD), (0x50...0x5F, 0x2A, 0x4D, 0x18): self = .zstd
    case (0x50, 0x4B, 0x03, 0x04), (0x50, 0x4B, 0x05, 0x06): self = .zip
    case (0x78, 0x01, _, _), (0x78, 0x5E, _, _), (0x78, 0x9C, _, _), (0x78, 0xDA, _, _): self = .zlib
    default: return nil
    }
  }

  /// Takes out what is in a gzip, zlib or zstd body; zip files have members and go another way.
  func decompress(_ bytes: UnsafeRawBufferPointer) -> Decompressed {
    guard let stream = CompressedStream(self, bytes) else { return .part([], hasMore: true) }
    var output: [UInt8] = []
    while output.count <= Self.limit {
      switch stream.next(into: &output) {
      case .running: continue
      // What stands behind the end cannot be written anew, but it can be looked at as it is.
      case .ended: return stream.consumed == bytes.count ? .whole(output) : .part(output, hasMore: false)
      case .damaged: return .part(output, hasMore: stream.consumed < bytes.count)
      }
    }
    return .part(output, hasMore: true)
  }

  /// Makes a body with another content; nil for a zip file, and when the library fails.
  func compress(_ content: [UInt8]) -> [UInt8]? {
    guard let writer = CompressedWriter(self, length: content.count), writer.write(content) else { return nil }
    return writer.finish()
  }
}
