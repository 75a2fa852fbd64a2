import Digests
import Synchronization

/// What became of the bodies in `s3-objects`: filled while the blobs are rewritten, asked when `s3.json` is.
final class BlobTable: Sendable {
  /// A body that was changed.
  struct Body: Sendable, Equatable {
    let sha256: SHA256Digest
    let md5: MD5Digest
    let size: Int

    /// - Throws: `DigestError` when OpenSSL cannot hash.
    init(_ content: [UInt8]) throws {
      sha256 = try SHA256Hasher.hash(of: content)
      md5 = try MD5Hasher.hash(of: content)
      size = content.count
    }

    init(sha256: SHA256Digest, md5: MD5Digest, size: Int) {
      (self.sha256, self.md5, self.size) = (sha256, md5, size)
    }
  }

  private let changed = Mutex<[[UInt8]: Body]>([:])

  /// Notes that the blob of this name has another content now.
  func note(_ name: [UInt8], became body: Body) { changed.withLock { $0[name] = body } }

  /// Whether any body was changed.
  var hasChanges: Bool { changed.withLock { !$0.isEmpty } }

  /// What the blob of this name became; nil when it is as it was.
  func body(for name: [UInt8]) -> Body? { changed.withLock { $0[name] } }
}
