import Digests
import JSONBytes

/// One object, version or delete marker of `s3.json` without its body (kumo-format.md 2.2).
package struct S3ObjectRecord: Sendable {
  /// The object's key.
  package var key: [UInt8]
  /// The ETag with its double quotes; empty for a delete marker.
  package var etag: [UInt8]
  /// Bytes in the body.
  package var size: Int64
  /// When this version was written.
  package var lastModified: GoTime
  /// The content type; empty for a delete marker.
  package var contentType: [UInt8]
  /// User metadata and the request's `Content-Type`; nil for a delete marker.
  package var metadata: [NamedText]?
  /// Object tags; nil when there are none.
  package var tags: [NamedText]?
  /// Empty, `v<N>`, or the word `null`.
  package var versionID: [UInt8]
  /// Whether this marks a deletion.
  package var isDeleteMarker: Bool
  /// The name of the blob; nil when there is no blob: empty objects, delete markers, and the inline layout.
  package var bodyRef: SHA256Digest?

  /// A version with a body.
  package init(
    key: [UInt8], etag: [UInt8], size: Int64, lastModified: GoTime, contentType: [UInt8], metadata: [NamedText],
    tags: [NamedText]?, versionID: [UInt8], bodyRef: SHA256Digest?
  ) {
    self.key = key
    self.etag = etag
    self.size = size
    self.lastModified = lastModified
    self.contentType = contentType
    self.metadata = metadata
    self.tags = tags
    self.versionID = versionID
    self.isDeleteMarker = false
    self.bodyRef = bodyRef
  }

  /// A delete marker.
  package init(deleteMarkerFor key: [UInt8], lastModified: GoTime, versionID: [UInt8]) {
    self.key = key
    self.etag = []
    self.size = 0
    self.lastModified = lastModified
    self.contentType = []
    self.metadata = nil
    self.tags = nil
    self.versionID = versionID
    self.isDeleteMarker = true
    self.bodyRef = nil
  }
}

extension S3ObjectRecord {
  /// How the `Body` member is written.
  package enum BodyForm: Sendable {
    /// No member: the blobs layout.
    case absent
    /// `null`: a delete marker in a layout with inline bodies.
    case null
    /// The body as base64, written by the caller between `writeHead` and `writeTail`.
    case inline
  }

  /// Writes everything before the body's base64. After `.inline` the caller writes string pieces and then `writeTail`.
  ///
  /// Split in two because size, ETag and `bodyRef` follow the body in KUMO's order and are known only after it.
  package static func writeHead(key: [UInt8], body: BodyForm, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("Key", key)
    switch body {
    case .absent: break
    case .null:
      writer.key("Body")
      writer.null()
    case .inline:
      writer.key("Body")
      writer.beginString()
    }
  }

  /// Ends the body if one was begun and writes the rest.
  package func writeTail(body: BodyForm, to writer: inout JSONWriter) {
    if case .inline = body { writer.endString() }
    writer.member("ETag", etag)
    writer.key("Size")
    writer.int(size)
    writer.member("LastModified", lastModified.formatted)
    writer.member("ContentType", contentType)
    writer.key("Metadata")
    writer.stringMap(metadata)
    writer.key("Tags")
    writer.stringMap(tags)
    writer.member("VersionID", versionID)
    writer.key("IsDeleteMarker")
    writer.bool(isDeleteMarker)
    writer.member("ServerSideEncryption", "")
    writer.member("SSEKMSKeyID", "")
    if let bodyRef { writer.member("bodyRef", Array(bodyRef.hex.utf8)) }
    writer.endObject()
  }
}
