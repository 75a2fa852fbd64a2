import Documents
import SystemPackage

/// A bucket and its objects.
package struct ResolvedBucket: Sendable {
  /// Name with the prefix, checked: 3-63 of a-z 0-9 . -
  package let name: String
  package let versioning: BucketVersioning
  package let created: Instant
  /// Raw members for the bucket's entry in s3.json (policy, corsRules, …), in the spec's order.
  package let settings: [JSONMember]
  package let location: SpecLocation
  /// Walks the objects; see `forEachObject`.
  package let objects: @Sendable (_ body: (ResolvedObject) throws -> Void) throws -> Void

  /// Calls the body with each object, in the order of the spec. Throws `SpecError` for a value that turns out wrong
  /// (an empty key, two objects with one key are left to the writer), and whatever the body throws.
  package func forEachObject(_ body: (ResolvedObject) throws -> Void) throws {
    try objects(body)
  }
}

/// A key and everything stored under it.
package struct ResolvedObject: Sendable {
  package let key: [UInt8]
  /// Oldest first, at least one; the last one is current. More than one only if the bucket's versioning is not disabled.
  package let versions: [ResolvedObjectVersion]
  package let location: SpecLocation
}

/// One version of an object.
package struct ResolvedObjectVersion: Sendable {
  package let lastModified: Instant
  /// Nil for a delete marker.
  package let content: ResolvedObjectContent?
}

/// What a version that is no delete marker holds.
package struct ResolvedObjectContent: Sendable {
  package let body: ResolvedBody
  package let contentType: [UInt8]
  /// True unless nothing says what the body is; a client that says it sends the header, and KUMO keeps it in `Metadata`
  /// under `Content-Type` then (kumo-format.md 2.2).
  package let contentTypeGiven: Bool
  /// User metadata: lower-case names without `x-amz-meta-`, sorted by bytes.
  package let metadata: [ResolvedTag]
  /// Sorted by bytes of the key.
  package let tags: [ResolvedTag]
}

/// The body of an object.
package enum ResolvedBody: Sendable {
  case bytes([UInt8])
  /// A file that the spec names; size and digest (lower-case hex SHA-256) were taken
  /// when the spec was resolved, and must still hold when it is read.
  case file(FilePath, size: Int, digest: String)
  /// Seeded bytes: `count` bytes of the stream.
  case seeded(count: Int, stream: ByteStream)

  /// Length in bytes.
  package var count: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .file(_, let size, _): size
    case .seeded(let count, _): count
    }
  }
}
