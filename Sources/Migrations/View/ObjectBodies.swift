import Digests
import Files
import KumoState

/// A new body on its way into the directory.
struct StagedBody {
  /// Where it stands.
  let place: RelativePath
  let size: Int64
  let sha256: SHA256Digest
  let md5: MD5Digest

  /// The ETag of a body that was written in one piece, with its quotes (kumo-format.md 2.2).
  var etag: [UInt8] { Array("\"".utf8) + md5.hexBytes + Array("\"".utf8) }
}

/// Reads and writes the bodies of objects in a staged directory, inline or as blobs.
final class ObjectBodies {
  private static let folder: RelativePath = "s3-objects"
  private static let pieceSize = 48 * 1024
  private let directory: Directory
  private let source: ReadableFile
  /// Whether the directory has blobs, so that new bodies become blobs, too.
  private let hasBlobs: Bool
  private var temporaries: [RelativePath] = []

  /// - Parameter source: the `s3.json` that entries were read from.
  init(directory: Directory, source: ReadableFile) throws(FilesError) {
    self.directory = directory
    self.source = source
    hasBlobs = try directory.status(Self.folder) != nil
  }

  /// Removes bodies that stand nowhere else any more.
  func finish() throws(FilesError) {
    for place in temporaries where try directory.status(place) != nil { try directory.remove(place) }
    temporaries = []
  }

  // MARK: Reading

  func read(_ body: StagedBody, _ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    try copy(try directory.open(body.place), sink)
  }

  func read(_ entry: S3Entry, _ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    if case .inline(isEmpty: false) = entry.body, let range = entry.range(of: .body) {
      return try readInline((range.lowerBound + 1)..<(range.upperBound - 1), of: entry, sink)
    }
    guard entry.size > 0 else { return }
    guard !entry.bodyRef.isEmpty, BlobDirectoryName.isDigest(entry.bodyRef) else {
      throw StepError(
        "the object '\(Printable.text(entry.mapKey))' has no body",
        hint: "see what is wrong with: kumo-fixtures validate DIR")
    }
    let place = Self.folder.appending(try RelativePath(entry.bodyRef))
    guard try directory.status(place) != nil else {
      throw StepError(
        "the blob of the object '\(Printable.text(entry.mapKey))' is missing",
        hint: "see what is wrong with: kumo-fixtures validate DIR")
    }
    try copy(try directory.open(place), sink)
  }

  private func copy(_ file: ReadableFile, _ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { return }
      try buffer.withUnsafeBytes { try sink(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
  }

  private func readInline(
    _ range: Range<Int>, of entry: S3Entry, _ sink: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var decoder = Base64Decoder()
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    var decoded = [UInt8](repeating: 0, count: Base64Decoder.capacity(forPiece: buffer.count))
    var position = range.lowerBound
    do {
      while position < range.upperBound {
        let wanted = min(buffer.count, range.upperBound - position)
        let offset = Int64(position)
        let count = try buffer.withUnsafeMutableBytes {
          try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]), at: offset)
        }
        guard count > 0 else { break }
        position += count
        let length = try buffer.withUnsafeBytes { text in
          try decoded.withUnsafeMutableBytes {
            try decoder.decode(UnsafeRawBufferPointer(rebasing: text[..<count]), into: $0)
          }
        }
        try decoded.withUnsafeBytes { try sink(UnsafeRawBufferPointer(rebasing: $0[..<length])) }
      }
      try decoder.finish()
    } catch is Base64Error {
      throw StepError(
        "the inline body of '\(Printable.text(entry.mapKey))' is no base64",
        hint: "see what is wrong with: kumo-fixtures validate DIR")
    }
  }

  // MARK: Writing

  /// Writes a body beside the data, hashing it.
  func stage(_ body: (_ sink: ([UInt8]) throws -> Void) throws -> Void) throws -> StagedBody {
    let place = try RelativePath(Array(".body-\(temporaries.count).kumo-fixtures-rewrite".utf8))
    if try directory.status(place) != nil { try directory.remove(place) }
    let writer = BufferedWriter(try directory.create(place))
    temporaries.append(place)
    let sha256 = try SHA256Hasher()
    let md5 = try MD5Hasher()
    try body { piece in
      sha256.update(piece)
      md5.update(piece)
      try writer.write(piece)
    }
    try writer.flush()
    return StagedBody(
      place: place, size: writer.position, sha256: try sha256.finalize(), md5: try md5.finalize())
  }

  /// Makes a staged body the body of an object, in the forms that the object has: blob, inline, or both.
  func put(_ body: StagedBody, for entry: S3Entry, into change: inout S3Change) {
    change.fields.append((.etag, JSONText.string(body.etag)))
    change.fields.append((.size, Array(String(body.size).utf8)))
    let isInline = entry.range(of: .body) != nil
    if isInline {
      change.body = { sink in
        var encoder = Base64Encoder()
        var text: [UInt8] = []
        try self.read(body) { piece in
          text.removeAll(keepingCapacity: true)
          encoder.encode(piece, into: &text)
          try sink(text)
        }
        text.removeAll(keepingCapacity: true)
        encoder.finish(into: &text)
        try sink(text)
      }
    }
    // Empty bodies have no blob in the portable form, which is the only one that every release reads (kumo-format.md 2.3).
    if wantsBlob(body, isInline: isInline) {
      change.fields.append((.bodyRef, JSONText.string(body.sha256.hexBytes)))
    } else if !entry.bodyRef.isEmpty {
      change.fields.append((.bodyRef, Array("\"\"".utf8)))
    }
  }

  private func wantsBlob(_ body: StagedBody, isInline: Bool) -> Bool {
    isInline ? hasBlobs && body.size > 0 : true
  }

  /// Copies a staged body to its blob, where the directory has blobs.
  func publish(_ body: StagedBody, hasInlineCopy: Bool) throws {
    guard wantsBlob(body, isInline: hasInlineCopy) else { return }
    if try directory.status(Self.folder) == nil { try directory.makeDirectory(Self.folder) }
    let place = Self.folder.appending(try RelativePath(body.sha256.hexBytes))
    guard try directory.status(place) == nil else { return }
    let writer = BufferedWriter(try directory.create(place))
    try read(body) { try writer.write($0) }
    try writer.flush()
  }

  /// Removes blobs that no object names any more.
  static func sweep(_ dropped: Set<[UInt8]>, in view: DirectoryView) throws {
    guard !dropped.isEmpty, try view.directory.status(folder) != nil else { return }
    var collector = ReferenceCollector(wanted: dropped)
    try view.read(DirectoryView.bucketsFile) { try S3DocumentReader.read($0, &collector) }
    for reference in dropped.subtracting(collector.found) where BlobDirectoryName.isDigest(reference) {
      let place = folder.appending(try RelativePath(reference))
      if try view.directory.status(place) != nil { try view.directory.remove(place) }
    }
  }
}

/// Collects which of some blobs are named.
private struct ReferenceCollector: S3Visitor {
  let wanted: Set<[UInt8]>
  var found: Set<[UInt8]> = []

  mutating func beginBucket(_ key: [UInt8]) {}
  mutating func body(_ event: S3ObjectReader.BodyEvent) {}
  mutating func object(_ object: S3StoredObject, key: [UInt8], offset: Int) { note(object) }
  mutating func beginVersions(of key: [UInt8], offset: Int) {}
  mutating func version(_ object: S3StoredObject, index: Int) { note(object) }
  mutating func endVersions() {}
  mutating func endBucket(_ bucket: S3StoredBucket) {}

  private mutating func note(_ object: S3StoredObject) {
    if wanted.contains(object.bodyRef) { found.insert(object.bodyRef) }
  }
}
