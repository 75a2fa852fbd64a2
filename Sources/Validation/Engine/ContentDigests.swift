import Digests
import Files

/// What was learnt about one file by reading it whole.
struct ContentDigest: Sendable {
  /// SHA-256 of the content.
  let sha256: SHA256Digest
  /// MD5 of the content; only for blobs, whose ETags need it.
  let md5: MD5Digest?
  /// Bytes read.
  let size: Int64
}

/// Reads files whole, each once, on all cores, for everything that needs a digest: the manifest, blob names and ETags.
enum ContentDigests {
  /// Why a file has no digest.
  struct Failure: Error, Sendable {
    let message: String
    let hint: String?
  }

  /// The digests of `entries`, in their order.
  ///
  /// - Parameter needsMD5: whether the MD5 of the file at this place is wanted too.
  static func read(
    _ entries: [DirectoryScan.Entry], in directory: Directory, workers: Int,
    needsMD5: @escaping @Sendable (Int) -> Bool
  ) -> [Result<ContentDigest, Failure>] {
    Parallel.map(count: entries.count, workers: workers) {
      let reader = DigestReader()
      return { index in reader.read(entries[index].path, in: directory, needsMD5: needsMD5(index)) }
    }
  }
}

/// One worker's buffer and hashers.
final class DigestReader {
  private var buffer = [UInt8](repeating: 0, count: 128 * 1024)
  private var hashers: (SHA256Hasher, MD5Hasher)?

  func read(_ path: RelativePath, in directory: Directory, needsMD5: Bool) -> Result<
    ContentDigest, ContentDigests.Failure
  > {
    do {
      return .success(try digest(path, in: directory, needsMD5: needsMD5))
    } catch let error as FilesError {
      return .failure(ContentDigests.Failure(message: error.message, hint: error.hint))
    } catch {
      return .failure(ContentDigests.Failure(message: "\(error)", hint: nil))
    }
  }

  private func digest(_ path: RelativePath, in directory: Directory, needsMD5: Bool) throws -> ContentDigest {
    let file = try directory.open(path)
    let (sha256, md5) = try hashers ?? (SHA256Hasher(), MD5Hasher())
    hashers = (sha256, md5)
    sha256.reset()
    md5.reset()
    var size: Int64 = 0
    while true {
      let count = try buffer.withUnsafeMutableBytes { bytes in
        let count = try file.read(into: bytes)
        let piece = UnsafeRawBufferPointer(rebasing: bytes[..<count])
        sha256.update(piece)
        if needsMD5 { md5.update(piece) }
        return count
      }
      if count == 0 { break }
      size += Int64(count)
    }
    return ContentDigest(
      sha256: try sha256.finalize(), md5: needsMD5 ? try md5.finalize() : nil, size: size)
  }
}
