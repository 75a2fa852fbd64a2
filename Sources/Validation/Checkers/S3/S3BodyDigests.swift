import Digests
import KumoState

/// Digests inline bodies while they stream by. Holds at most the first MiB of a body.
///
/// MD5 is the slower of the two digests, and mostly the blob of the same name has it already: so a body of up to a
/// MiB is kept until somebody asks; a longer one is digested at once.
final class S3BodyDigests {
  private static let kept = 1 << 20
  private let sha256: SHA256Hasher
  private let md5: MD5Hasher
  private var held: [UInt8] = []
  /// Whether the body is longer than what is held, and its MD5 under way.
  private var isLong = false

  init() throws(DigestError) {
    sha256 = try SHA256Hasher()
    md5 = try MD5Hasher()
  }

  func take(_ event: S3ObjectReader.BodyEvent) {
    switch event {
    case .begin:
      sha256.reset()
      md5.reset()
      held.removeAll(keepingCapacity: true)
      isLong = false
    case .bytes(let bytes):
      sha256.update(bytes)
      if !isLong, held.count + bytes.count > S3BodyDigests.kept {
        isLong = true
        md5.update(held)
        held.removeAll(keepingCapacity: true)
      }
      if isLong { md5.update(bytes) } else { held.append(contentsOf: bytes) }
    }
  }

  /// The SHA-256 of the body that just ended; to be asked once.
  func finishSHA256() throws(DigestError) -> SHA256Digest { try sha256.finalize() }

  /// The MD5 of the body that just ended; to be asked once.
  func finishMD5() throws(DigestError) -> MD5Digest {
    if !isLong { md5.update(held) }
    return try md5.finalize()
  }
}
