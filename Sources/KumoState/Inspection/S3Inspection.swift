import JSONBytes

/// What an `s3.json` holds, in numbers (kumo-format.md 2).
package struct S3Inspection: Sendable, Equatable {
  /// One bucket.
  package struct Bucket: Sendable, Equatable {
    /// The bucket's map key.
    package let name: [UInt8]
    /// Current objects, without those that are deleted: what a client lists.
    package var objectCount = 0
    /// Bytes of the bodies of the current objects, by their `Size`.
    package var objectBytes: Int64 = 0
    /// Entries of `versions` that are not delete markers.
    package var versionCount = 0
    /// Bytes of the bodies of those versions, by their `Size`; a current object is counted here and above.
    package var versionBytes: Int64 = 0
    /// Keys whose current entry is a delete marker: listed by nobody.
    package var deletedCount = 0
    /// Delete markers in `versions`, older ones included.
    package var deleteMarkerCount = 0
    /// `versioningStatus`: empty, `Enabled` or `Suspended`.
    package var versioning: [UInt8] = []
  }

  /// The buckets in the order of the file, which KUMO sorts by the bytes of their names.
  package private(set) var buckets: [Bucket] = []
  /// How many objects and versions are stored in which layout.
  package private(set) var layouts = DetectedLayout.Counts()
  /// Whether bodies of current objects or versions are referenced that no `Body` repeats.
  package var layout: DetectedLayout { layouts.layout }

  /// Counts the document that `reader` is at the start of; bodies are passed over in pieces, never held.
  /// - Throws: the JSON reader's error.
  package init(_ reader: JSONReader) throws(JSONError) {
    var file = ServiceFileReader(reader)
    while true {
      switch try file.next() {
      case .member where file.isMember("buckets"):
        _ = file.enter()
      case .entry where file.valueToken == .beginObject:
        try readBucket(file.entryKey, reader)
        file.didReadValue()
      case .end:
        return
      default:
        continue
      }
    }
  }

  private mutating func readBucket(_ name: [UInt8], _ reader: JSONReader) throws(JSONError) {
    var bucket = Bucket(name: name)
    while try reader.next() == .key {
      let isObjects = try reader.keyNames("objects")
      let isVersions = try reader.keyNames("versions")
      let isStatus = try reader.keyNames("versioningStatus")
      let token = try reader.next()
      switch token {
      case .beginObject where isObjects:
        while try reader.next() == .key {
          guard let entry = try readEntry(reader) else { continue }
          bucket.objectCount += entry.isMarker ? 0 : 1
          bucket.objectBytes += entry.isMarker ? 0 : entry.size
          bucket.deletedCount += entry.isMarker ? 1 : 0
        }
      case .beginObject where isVersions:
        while try reader.next() == .key {
          guard try reader.next() == .beginArray else {
            try reader.skipValue()
            continue
          }
          while try reader.next() != .endArray {
            guard let entry = try readObject(reader) else { continue }
            bucket.versionCount += entry.isMarker ? 0 : 1
            bucket.versionBytes += entry.isMarker ? 0 : entry.size
            bucket.deleteMarkerCount += entry.isMarker ? 1 : 0
          }
        }
      case .string where isStatus:
        bucket.versioning = try reader.string()
      default:
        try reader.skipValue()
      }
    }
    buckets.append(bucket)
  }

  private mutating func readEntry(_ reader: JSONReader) throws(JSONError) -> (isMarker: Bool, size: Int64)? {
    _ = try reader.next()
    return try readObject(reader)
  }

  private static let fields = S3ObjectField.allCases
  private static let fieldNames = fields.map(\.name)

  /// Reads one object or version; nil when it is none. The reader ends on its last token.
  private mutating func readObject(_ reader: JSONReader) throws(JSONError) -> (isMarker: Bool, size: Int64)? {
    guard reader.token == .beginObject else {
      try reader.skipValue()
      return nil
    }
    var (isMarker, size, hasBody, hasReference) = (false, Int64(0), false, false)
    while try reader.next() == .key {
      let field = try FieldName.match(reader, among: Self.fieldNames).map { Self.fields[$0] }
      switch (try reader.next(), field) {
      case (.number, .size): size = max(0, reader.integer() ?? 0)
      case (.string, .body): hasBody = !reader.tokenEquals("")
      case (.string, .bodyRef): hasReference = !reader.tokenEquals("")
      case (.true, .isDeleteMarker): isMarker = true
      default: break
      }
      try reader.skipValue()
    }
    layouts.add(size: size, hasBody: hasBody, hasReference: hasReference)
    return (isMarker, size)
  }
}
