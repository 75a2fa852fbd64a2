/// One object, version or delete marker as it stands in `s3.json`, without its body (kumo-format.md 2.2).
///
/// Fields that are absent, null or of another type than KUMO's have Go's zero value; offsets of absent fields are that
/// of the object itself.
package struct S3StoredObject: Sendable {
  /// The inline body, as far as it can be told without holding it.
  package enum Body: Sendable, Equatable {
    /// No member, or null.
    case none
    /// Base64 of this many bytes.
    case inline(count: Int64)
    /// Not base64, or not a string.
    case unreadable
  }

  /// Absolute offset of the opening brace.
  package let offset: Int
  /// `Key`.
  package internal(set) var key: [UInt8] = []
  /// `Body`.
  package internal(set) var body = Body.none
  /// `ETag`, with its quotes.
  package internal(set) var etag: [UInt8] = []
  /// `Size`.
  package internal(set) var size: Int64 = 0
  /// `LastModified`; nil when it is absent or no time.
  package internal(set) var lastModified: GoTime?
  /// `ContentType`.
  package internal(set) var contentType: [UInt8] = []
  /// How many members `Metadata` has.
  package internal(set) var metadataCount = 0
  /// A hash of the members of `Metadata`, the same in any order; differs from run to run.
  package internal(set) var metadataHash = 0
  /// How many members `Tags` has.
  package internal(set) var tagCount = 0
  /// `VersionID`.
  package internal(set) var versionID: [UInt8] = []
  /// `IsDeleteMarker`.
  package internal(set) var isDeleteMarker = false
  /// `ServerSideEncryption`.
  package internal(set) var encryption: [UInt8] = []
  /// `SSEKMSKeyID`.
  package internal(set) var encryptionKey: [UInt8] = []
  /// `bodyRef`, as written.
  package internal(set) var bodyRef: [UInt8] = []
  /// Where each field's value begins; -1 for absent fields. In place, because a table would cost an allocation an object.
  private var offsets = InlineArray<13, Int>(repeating: -1)

  init(offset: Int) {
    self.offset = offset
  }

  /// Where the value of a field begins, or the object when it lacks the field.
  package func offset(of field: S3ObjectField) -> Int {
    let place = offsets[Int(field.rawValue)]
    return place < 0 ? offset : place
  }

  mutating func setOffset(of field: S3ObjectField, to place: Int) { offsets[Int(field.rawValue)] = place }

  /// Whether the inline body has at least one byte.
  package var hasBody: Bool {
    if case .inline(let count) = body { return count > 0 }
    return false
  }
}

/// The fields of an object in `s3.json`.
package enum S3ObjectField: UInt8, Sendable, CaseIterable {
  case key, body, etag, size, lastModified, contentType, metadata, tags, versionID, isDeleteMarker
  case encryption, encryptionKey, bodyRef

  /// The name as KUMO writes it.
  package var name: StaticString {
    switch self {
    case .key: "Key"
    case .body: "Body"
    case .etag: "ETag"
    case .size: "Size"
    case .lastModified: "LastModified"
    case .contentType: "ContentType"
    case .metadata: "Metadata"
    case .tags: "Tags"
    case .versionID: "VersionID"
    case .isDeleteMarker: "IsDeleteMarker"
    case .encryption: "ServerSideEncryption"
    case .encryptionKey: "SSEKMSKeyID"
    case .bodyRef: "bodyRef"
    }
  }
}

/// A bucket as it stands in `s3.json`, without its objects (kumo-format.md 2.1).
package struct S3StoredBucket: Sendable {
  /// What a map of the bucket is.
  package enum Map: Sendable {
    /// No such member.
    case absent
    /// null, where KUMO needs an object.
    case null
    /// An object (or something that is reported as a wrong type).
    case present
  }

  /// The bucket's key in `buckets`.
  package let mapKey: [UInt8]
  /// Absolute offset of the opening brace.
  package let offset: Int
  /// `name`.
  package internal(set) var name: [UInt8] = []
  /// Offset of `name`; that of the bucket when absent.
  package internal(set) var nameOffset: Int
  /// What `objects` is.
  package internal(set) var objects = Map.absent
  /// Offset of the value of `objects`; that of the bucket when absent.
  package internal(set) var objectsOffset: Int
  /// What `versions` is.
  package internal(set) var versions = Map.absent
  /// Offset of the value of `versions`; that of the bucket when absent.
  package internal(set) var versionsOffset: Int
  /// `versioningStatus`.
  package internal(set) var versioningStatus: [UInt8] = []
  /// Offset of `versioningStatus`; that of the bucket when absent.
  package internal(set) var versioningStatusOffset: Int
  /// `versionIdcounter`.
  package internal(set) var versionCounter: UInt64 = 0
  /// Offset of `versionIdcounter`; that of the bucket when absent.
  package internal(set) var versionCounterOffset: Int

  init(mapKey: [UInt8], offset: Int) {
    self.mapKey = mapKey
    self.offset = offset
    nameOffset = offset
    objectsOffset = offset
    versionsOffset = offset
    versioningStatusOffset = offset
    versionCounterOffset = offset
  }
}
