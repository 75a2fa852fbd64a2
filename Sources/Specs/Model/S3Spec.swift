import Documents

/// An S3 bucket.
public struct Bucket: Sendable, Hashable {
  package var name: String
  package var versioning: BucketVersioning
  package var settings: [SpecMember]
  package var objects: [Object]
  package var location: SpecLocation
}

/// An S3 object, or many of them if the entry is repeated.
public struct Object: Sendable, Hashable {
  package var key: SpecText
  /// Oldest first, at least one.
  package var versions: [ObjectVersion]
  /// For all versions that say nothing else.
  package var contentType: SpecText?
  package var metadata: [SpecMember]
  package var tags: [SpecMember]
  /// When it was last modified; nil: the clock plus the row's index in seconds.
  package var modified: SpecValue?
  package var repetition: Repetition = .once
  package var label: String?
  package var location: SpecLocation
}

/// One version of an object.
public struct ObjectVersion: Sendable, Hashable {
  /// Nil: a delete marker.
  package var body: ObjectBody?
  package var contentType: SpecText?
  package var metadata: [SpecMember]?
  package var tags: [SpecMember]?
  package var location: SpecLocation
}

/// What an object holds.
public enum ObjectBody: Sendable, Hashable {
  /// Text as UTF-8.
  case text(SpecText)
  /// A JSON document.
  case json(SpecValue)
  /// Bytes given in the spec.
  case data([UInt8])
  /// A file, by its path relative to the spec.
  case file(String)
  /// Seeded bytes; the length is drawn from the range.
  case bytes(ClosedRange<Int64>)

  /// Seeded bytes of a given number.
  public static func bytes(_ count: Int) -> ObjectBody { .bytes(Int64(count)...Int64(count)) }
}
