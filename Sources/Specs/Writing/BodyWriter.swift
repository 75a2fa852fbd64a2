import Digests
import Files
import JSONBytes
import KumoState

/// What storing a body taught us about it.
struct StoredBody {
  var size: Int64
  var sha256: SHA256Digest
  var md5: MD5Digest
}

/// Stores object bodies: as a blob named by its SHA-256, as base64 inside the object's record, or both.
final class BodyWriter {
  private let layout: Layout
  private let directory: Directory
  private let sha256: SHA256Hasher
  private let md5: MD5Hasher
  private var hasBlobDirectory = false

  /// Where a body stands whose name is not known yet.
  private static let unnamed = RelativePath("s3-objects/.upload-kumo-fixtures")
  private static let blobDirectory = RelativePath("s3-objects")

  init(directory: Directory, layout: Layout) throws(DigestError) {
    self.directory = directory
    self.layout = layout
    self.sha256 = try SHA256Hasher()
    self.md5 = try MD5Hasher()
  }

  /// Stores a body. `record` receives the base64 text that belongs between the quotes of `Body`, in pieces.
  func store(_ body: ResolvedBody, record: ([UInt8]) throws -> Void) throws -> StoredBody {
    sha256.reset()
    md5.reset()
    let blob = layout.hasBlobs && body.count > 0 ? try beginBlob() : nil
    var encoder = Base64Encoder()
    var size: Int64 = 0
    try BodyReader.forEachPiece(of: body) { piece in
      size += Int64(piece.count)
      sha256.update(piece)
      md5.update(piece)
      try blob?.write(piece)
      if layout.hasBodies {
        var text: [UInt8] = []
        encoder.encode(piece, into: &text)
        try record(text)
      }
    }
    if layout.hasBodies {
      var rest: [UInt8] = []
      encoder.finish(into: &rest)
      try record(rest)
    }
    let stored = StoredBody(size: size, sha256: try sha256.finalize(), md5: try md5.finalize())
    if let blob {
      try blob.flush()
      try name(stored.sha256)
    }
    return stored
  }

  private func beginBlob() throws(FilesError) -> BufferedWriter {
    if !hasBlobDirectory {
      try directory.makeDirectory(Self.blobDirectory, mode: FixtureModes.directory)
      hasBlobDirectory = true
    }
    return BufferedWriter(try directory.create(Self.unnamed, mode: FixtureModes.file))
  }

  /// Gives the blob its name; equal bodies share one blob.
  private func name(_ digest: SHA256Digest) throws(FilesError) {
    let path = try RelativePath(Array("s3-objects/".utf8) + digest.hexBytes)
    try directory.rename(Self.unnamed, to: path)
  }
}

/// Modes of what `generate` writes: readable for a container that runs KUMO as another user (kumo-format.md 1.3),
/// because a file that KUMO cannot read makes it start empty without a word.
enum FixtureModes {
  static let file: UInt32 = 0o644
  static let directory: UInt32 = 0o755
}
