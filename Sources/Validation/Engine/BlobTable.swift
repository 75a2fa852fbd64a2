import Digests
import Files

/// The blobs in `s3-objects` by name, as S3's checker needs them. 64 bytes a blob.
struct BlobTable {
  /// One blob.
  struct Blob: Sendable {
    /// The digest that is its name.
    let name: SHA256Digest
    /// Its real length; the length that the file system says when it could not be read.
    let size: Int64
    /// Its MD5; nil when it could not be read or its content is not what its name says.
    let md5: MD5Digest?
    /// Whether an object refers to it.
    var isReferenced = false

    /// Whether it was read and its content has the digest that is its name.
    var isSound: Bool { md5 != nil }
  }

  private(set) var blobs: [Blob]

  /// Sorts the blobs.
  init(_ blobs: [Blob]) {
    self.blobs = blobs.sorted { $0.name < $1.name }
  }

  /// The blob of this name.
  func find(_ name: SHA256Digest) -> Blob? {
    index(name).map { blobs[$0] }
  }

  /// The blob of this name, which from now on counts as referred to.
  mutating func refer(to name: SHA256Digest) -> Blob? {
    guard let index = index(name) else { return nil }
    blobs[index].isReferenced = true
    return blobs[index]
  }

  private func index(_ name: SHA256Digest) -> Int? {
    var low = 0
    var high = blobs.count
    while low < high {
      let middle = (low + high) / 2
      if blobs[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < blobs.count && blobs[low].name == name ? low : nil
  }
}
