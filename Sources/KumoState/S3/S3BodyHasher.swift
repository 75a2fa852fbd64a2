import Digests
import Files
import JSONBytes

/// What the body of an S3 object is, wherever it is kept (kumo-format.md 2.2, 2.3).
package enum S3Body: Equatable, Sendable {
  /// No bytes.
  case empty
  /// Some bytes.
  case content(SHA256Digest, length: Int64)
  /// A reference to a blob that is not there.
  case missing([UInt8])
  /// No base64, or a reference that is no digest.
  case unreadable
}

/// Finds out what bodies are, in constant memory. Blobs are hashed, not trusted by their names.
package final class S3BodyHasher {
  private static let pieceSize = 64 * 1024
  private let hasher: SHA256Hasher
  private let blobs: Directory?
  private let buffer: UnsafeMutableRawBufferPointer
  /// The answers for the last blobs: an object and its current version name the same one.
  private var known: [SHA256Digest: S3Body] = [:]

  /// - Parameter directory: the data directory, whose `s3-objects` is looked into; nil for none.
  /// - Throws: `FilesError`, or `DigestError` when OpenSSL has no SHA-256.
  package init(_ directory: Directory?) throws {
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
  ///
  /// - Throws: the JSON reader's error.
  package func inlineBody(_ reader: JSONReader) throws -> S3Body? {
    guard reader.token == .string else {
      let isNull = reader.token == .null
      try reader.skipValue()
      return isNull ? nil : .unreadable
    }
    var text = Text()
    hasher.reset()
    try reader.streamString { take($0, &text) }
    return try finish(text)
  }

  /// The same with the length of the value in the file, quotes included. A string with escapes in it, which no writer of
  /// base64 needs, is not decoded: `isEscaped` says so, and `inlineBody(_:)` reads it.
  ///
  /// - Throws: the JSON reader's error.
  package func measuredBody(_ reader: JSONReader) throws -> (body: S3Body?, length: Int, isEscaped: Bool) {
    let token = reader.token
    var text = Text()
    var (length, isEscaped) = (0, false)
    hasher.reset()
    try reader.copyValue { piece in
      // The first byte is a quote; so is the last, which is no base64 and ends the text for the decoder.
      var content = UnsafeRawBufferPointer(rebasing: piece.dropFirst(length == 0 ? 1 : 0))
      length += piece.count
      guard token == .string else { return }
      if content.last == UInt8(ascii: "\"") { content = UnsafeRawBufferPointer(rebasing: content.dropLast()) }
      isEscaped = isEscaped || content.contains(UInt8(ascii: "\\"))
      take(content, &text)
    }
    guard token == .string else { return (token == .null ? nil : .unreadable, length, false) }
    let body = try finish(text)
    return (isEscaped ? nil : body, length, isEscaped)
  }

  /// A text on its way through the decoder.
  private struct Text {
    var decoder = Base64Decoder()
    var isSound = true
  }

  private func take(_ piece: UnsafeRawBufferPointer, _ text: inout Text) {
    var start = 0
    while text.isSound, start < piece.count {
      let end = min(piece.count, start + Self.pieceSize)
      let part = UnsafeRawBufferPointer(rebasing: piece[start..<end])
      do throws(Base64Error) {
        let count = try text.decoder.decode(part, into: buffer)
        hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      } catch {
        text.isSound = false
      }
      start = end
    }
  }

  private func finish(_ text: Text) throws -> S3Body? {
    let digest = try hasher.finalize()
    guard text.isSound, (try? text.decoder.finish()) != nil else { return .unreadable }
    return text.decoder.decodedCount == 0 ? nil : .content(digest, length: Int64(text.decoder.decodedCount))
  }

  /// What a reference leads to. The blob's digest may be another than its name.
  ///
  /// - Throws: `FilesError` when the blob cannot be read.
  package func blob(_ reference: [UInt8]) throws -> S3Body {
    guard !reference.isEmpty else { return .empty }
    guard BlobDirectoryName.isDigest(reference), let name = SHA256Digest(hex: reference) else { return .unreadable }
    if let known = known[name] { return known }
    let body = try read(reference)
    remember(name, body)
    return body
  }

  /// What a reference leads to from now on, after its blob was written or removed.
  package func remember(_ name: SHA256Digest, _ body: S3Body) {
    if known.count >= 4096 { known.removeAll(keepingCapacity: true) }
    known[name] = body
  }

  /// The name of the blob of an empty body.
  package static let emptyReference = Array("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".utf8)

  private func read(_ reference: [UInt8]) throws -> S3Body {
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
  private func none(_ reference: [UInt8]) -> S3Body {
    reference == Self.emptyReference ? .empty : .missing(reference)
  }
}
