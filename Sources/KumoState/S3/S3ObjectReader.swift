import JSONBytes

/// Reads the objects of an `s3.json` one by one, whatever the length of their bodies, in constant memory (about 200
/// KiB).
package final class S3ObjectReader {
  /// What happens to an inline body while an object is read.
  package enum BodyEvent {
    /// A body begins; it may turn out to be a repeated member, and then what came before it does not count.
    case begin
    /// The next decoded bytes; the pointer is good during the call only.
    case bytes(UnsafeRawBufferPointer)
  }

  private static let pieceSize = 64 * 1024
  private static let fieldNames = S3ObjectField.allCases.map(\.name)
  private let decoded: UnsafeMutableRawBufferPointer
  private var expected = 0

  /// A reader to be used for a whole file.
  package init() {
    decoded = .allocate(byteCount: Base64Decoder.capacity(forPiece: Self.pieceSize), alignment: 16)
  }

  deinit {
    decoded.deallocate()
  }

  /// Reads one object. The JSON reader stands on its opening brace, and afterwards on its closing one.
  ///
  /// - Throws: the JSON reader's error.
  package func read(_ reader: JSONReader, body: (BodyEvent) -> Void) throws(JSONError) -> S3StoredObject {
    var object = S3StoredObject(offset: reader.tokenOffset)
    expected = 0
    while try reader.next() == .key {
      guard let field = try field(reader) else {
        _ = try reader.next()
        try reader.skipValue()
        continue
      }
      _ = try reader.next()
      object.setOffset(of: field, to: reader.tokenOffset)
      try read(field, of: &object, reader, body)
    }
    return object
  }

  /// The field that the current key means. KUMO writes them in one order, so that the next one is a good guess.
  private func field(_ reader: JSONReader) throws(JSONError) -> S3ObjectField? {
    for ahead in 0..<2 where expected + ahead < Self.fieldNames.count {
      if reader.tokenEquals(Self.fieldNames[expected + ahead]) {
        expected += ahead + 1
        return S3ObjectField.allCases[expected - 1]
      }
    }
    guard let index = try FieldName.match(reader, among: Self.fieldNames) else { return nil }
    expected = index + 1
    return S3ObjectField.allCases[index]
  }

  private func read(
    _ field: S3ObjectField, of object: inout S3StoredObject, _ reader: JSONReader, _ body: (BodyEvent) -> Void
  ) throws(JSONError) {
    switch field {
    case .key: object.key = try text(reader)
    case .body: object.body = try readBody(reader, body)
    case .etag: object.etag = try text(reader)
    case .size:
      object.size = reader.integer() ?? 0
      try reader.skipValue()
    case .lastModified: object.lastModified = try time(reader)
    case .contentType: object.contentType = try text(reader)
    case .metadata: (object.metadataCount, object.metadataHash) = try members(reader)
    case .tags: object.tagCount = try members(reader).count
    case .versionID: object.versionID = try text(reader)
    case .isDeleteMarker:
      object.isDeleteMarker = reader.token == .true
      try reader.skipValue()
    case .encryption: object.encryption = try text(reader)
    case .encryptionKey: object.encryptionKey = try text(reader)
    case .bodyRef: object.bodyRef = try text(reader)
    }
  }

  private func text(_ reader: JSONReader) throws(JSONError) -> [UInt8] {
    guard reader.token == .string else {
      try reader.skipValue()
      return []
    }
    return try reader.string()
  }

  private func time(_ reader: JSONReader) throws(JSONError) -> GoTime? {
    guard reader.token == .string else {
      try reader.skipValue()
      return nil
    }
    return try reader.withTokenBytes { GoTime.parse($0).time }
  }

  /// The number of members of a map of strings, and a hash of them that does not depend on their order.
  private func members(_ reader: JSONReader) throws(JSONError) -> (count: Int, hash: Int) {
    guard reader.token == .beginObject else {
      try reader.skipValue()
      return (0, 0)
    }
    var count = 0
    var hash = 0
    while try reader.next() == .key {
      var hasher = Hasher()
      hasher.combine(try reader.string())
      _ = try reader.next()
      if reader.token == .string { hasher.combine(try reader.string()) } else { try reader.skipValue() }
      hash ^= hasher.finalize()
      count += 1
    }
    return (count, hash)
  }

  private func readBody(_ reader: JSONReader, _ body: (BodyEvent) -> Void) throws(JSONError) -> S3StoredObject.Body {
    body(.begin)
    guard reader.token == .string else {
      let isNull = reader.token == .null
      try reader.skipValue()
      return isNull ? .none : .unreadable
    }
    var decoder = Base64Decoder()
    var isSound = true
    do {
      try reader.streamString { piece in
        var start = 0
        while isSound, start < piece.count {
          let end = min(piece.count, start + Self.pieceSize)
          let part = UnsafeRawBufferPointer(rebasing: piece[start..<end])
          do {
            let count = try decoder.decode(part, into: decoded)
            body(.bytes(UnsafeRawBufferPointer(rebasing: decoded[..<count])))
          } catch {
            isSound = false
          }
          start = end
        }
      }
    } catch let error as JSONError {
      throw error
    } catch {
      // Nothing in the closure throws; kept apart so that a change there cannot pass for a sound body.
      return .unreadable
    }
    guard isSound, (try? decoder.finish()) != nil else { return .unreadable }
    return .inline(count: Int64(decoder.decodedCount))
  }
}
