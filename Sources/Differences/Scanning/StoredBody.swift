import Digests
import Files
import JSONBytes
import KumoState

/// What the body of an S3 object is, wherever it is kept (kumo-format.md 2.2, 2.3).
enum StoredBody: Equatable {
  /// No bytes.
  case empty
  case content(SHA256Digest, length: Int64)
  /// A reference to a blob that is not there.
  case missing([UInt8])
  /// No base64, or a reference that is no digest.
  case unreadable

  func append(to out: inout CanonicalBytes) {
    switch self {
    case .empty: out.append(.null)
    case .content(let digest, let length):
      out.append(.bytes, digest.bytes)
      out.append(count: Int(length))
    case .missing(let reference): out.append(.text, reference)
    case .unreadable: out.append(.untyped)
    }
  }
}

/// Finds out what bodies are, in constant memory. Blobs are hashed, not trusted by their names.
final class BodyHasher {
  private static let pieceSize = 64 * 1024
  private let hasher: SHA256Hasher
  private let blobs: Directory?
  private let buffer: UnsafeMutableRawBufferPointer
  /// The answers for the last blobs: an object and its current version name the same one.
  private var known: [SHA256Digest: StoredBody] = [:]

  /// - Parameter directory: the data directory, whose `s3-objects` is looked into.
  init(_ directory: Directory?) throws {
    hasher = try SHA256Hasher()
    buffer = .allocate(byteCount: Base64Decoder.capacity(forPiece: Self.pieceSize), alignment: 16)
    var blobs: Directory?
    if let directory {
      do throws(FilesError) {
        blobs = try directory.subdirectory("s3-objects")
      } catch {
        guard error.code == .notFound else { throw error }
      }
    }
    self.blobs = blobs
  }

  deinit {
    buffer.deallocate()
  }

  /// The inline body that the reader stands on; nil when there is none (null, or the empty string).
  func inlineBody(_ reader: JSONReader) throws -> StoredBody? {
    guard reader.token == .string else {
      let isNull = reader.token == .null
      try reader.skipValue()
      return isNull ? nil : .unreadable
    }
    var decoder = Base64Decoder()
    var isSound = true
    hasher.reset()
    try reader.streamString { piece in
      var start = 0
      while isSound, start < piece.count {
        let end = min(piece.count, start + Self.pieceSize)
        let part = UnsafeRawBufferPointer(rebasing: piece[start..<end])
        do throws(Base64Error) {
          let count = try decoder.decode(part, into: buffer)
          hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } catch {
          isSound = false
        }
        start = end
      }
    }
    let digest = try hasher.finalize()
    guard isSound, (try? decoder.finish()) != nil else { return .unreadable }
    return decoder.decodedCount == 0 ? nil : .content(digest, length: Int64(decoder.decodedCount))
  }

  /// What a reference leads to.
  func blob(_ reference: [UInt8]) throws -> StoredBody {
    guard !reference.isEmpty else { return .empty }
    guard BlobDirectoryName.isDigest(reference), let name = SHA256Digest(hex: reference) else { return .unreadable }
    if let known = known[name] { return known }
    let body = try read(reference)
    if known.count >= 4096 { known.removeAll(keepingCapacity: true) }
    known[name] = body
    return body
  }

  private static let emptyDigest = Array("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".utf8)

  private func read(_ reference: [UInt8]) throws -> StoredBody {
    let file: ReadableFile
    do throws(FilesError) {
      guard let opened = try blobs?.open(RelativePath(reference)) else { return none(reference) }
      file = opened
    } catch {
      guard error.code == .notFound else { throw error }
      return none(reference)
    }
    hasher.reset()
    var length: Int64 = 0
    while true {
      let count = try file.read(into: buffer)
      if count == 0 { break }
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      length += Int64(count)
    }
    let digest = try hasher.finalize()
    return length == 0 ? .empty : .content(digest, length: length)
  }

  /// 2.2: L1 names the empty blob and does not write it.
  private func none(_ reference: [UInt8]) -> StoredBody {
    reference == Self.emptyDigest ? .empty : .missing(reference)
  }
}
