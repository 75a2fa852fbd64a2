extension Rule {
  /// Rules about `s3.json` and `s3-objects/`.
  static let s3: [Rule] = [
    .s3NullMap, .s3Name, .s3BlobMissing, .s3EmptyObjectRef, .s3BodyRef, .s3BlobDigest, .s3ForeignFile,
    .s3UnreferencedBlob, .s3Size, .s3ETag, .s3CopiesDiffer, .s3BodyMissing, .s3VersionOrder, .s3VersionCounter,
    .s3VersionID, .s3VersioningStatus, .s3DeleteMarker, .s3UnsafeKey, .s3ReservedBucket, .s3Multipart,
  ]

  /// `objects` and `versions` of a bucket are objects.
  public static let s3NullMap = Rule(
    "s3-null-map", .error, "`objects` and `versions` of a bucket are objects",
    consequence:
      "the first PUT into the bucket panics",
    fix: "replace the null by {}", source: "7.1 C17", isFixable: true,
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":null,"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// Bucket map key and `name`, object map key and `Key` are equal.
  public static let s3Name = Rule(
    "s3-name", .error, "bucket map key and `name`, object map key and `Key` are equal",
    consequence:
      "KUMO lists one name and serves another",
    fix: "make the two equal", source: "2.4 rule 1",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"K","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// Every `bodyRef` has its blob in s3-objects/.
  public static let s3BlobMissing = Rule(
    "s3-blob-missing", .error, "every `bodyRef` has its blob in s3-objects/",
    consequence:
      "objects are served empty or answer 500, and one missing blob can make v0.25.3 to v0.29.0 delete the blobs of other objects",
    fix: "restore the blob from an artifact, or generate the fixture again", source: "2.2, 7.1 B9")

  /// An empty object carries no `bodyRef` without a blob.
  public static let s3EmptyObjectRef = Rule(
    "s3-empty-object-ref", .warning, "an empty object carries no `bodyRef` without a blob",
    consequence:
      "v0.25.3 to v0.29.0 write it so and live with it; a later release answers 500 on GET",
    fix: "run 'kumo-fixtures validate --fix', which removes the reference", source: "2.2, 7.1 B9", isFixable: true)

  /// `bodyRef` is 64 lower-case hexadecimal digits.
  public static let s3BodyRef = Rule(
    "s3-body-ref", .error, "`bodyRef` is 64 lower-case hexadecimal digits",
    consequence:
      "KUMO joins it to a path without a check and reads or writes elsewhere",
    fix: "restore the object from an artifact", source: "2.4 rule 6",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false,"bodyRef":"../s3.json"}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// The content of a blob has the SHA-256 that is its name.
  public static let s3BlobDigest = Rule(
    "s3-blob-digest", .error, "the content of a blob has the SHA-256 that is its name",
    consequence:
      "KUMO never checks it and serves the wrong bytes",
    fix: "restore the blob from an artifact, or generate the fixture again", source: "7.1 C14")

  /// S3-objects/ holds only blobs that an object refers to.
  public static let s3ForeignFile = Rule(
    "s3-foreign-file", .error, "s3-objects/ holds only blobs that an object refers to",
    consequence:
      "KUMO deletes every other file there at its next save",
    fix: "move the file elsewhere, or run 'kumo-fixtures validate --fix' to remove leftovers", source: "1.1, 7.1 B10")

  /// Every blob is referred to by an object.
  public static let s3UnreferencedBlob = Rule(
    "s3-unreferenced-blob", .warning, "every blob is referred to by an object",
    consequence:
      "KUMO deletes the blob at its next S3 save",
    fix: "remove it, or restore the object that it belongs to", source: "1.1")

  /// `Size` is the length of the body.
  public static let s3Size = Rule(
    "s3-size", .error, "`Size` is the length of the body",
    consequence:
      "transfers break off, and a Range request beyond the real body panics",
    fix: "correct the size, or restore the body", source: "2.4 rule 2, 7.1 C14",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":2,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// `ETag` is the quoted MD5 of the body, or has the multipart form.
  public static let s3ETag = Rule(
    "s3-etag", .error, "`ETag` is the quoted MD5 of the body, or has the multipart form",
    consequence:
      "clients that check ETags fail; conditional requests answer wrongly",
    fix: "correct the ETag, or restore the body", source: "2.4 rule 2, 7.1 C14",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"00000000000000000000000000000000\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// An inline body equals its blob, and the current object equals its newest version.
  public static let s3CopiesDiffer = Rule(
    "s3-copies-differ", .error, "an inline body equals its blob, and the current object equals its newest version",
    consequence:
      "which copy a client sees depends on the release",
    fix: "make the copies equal, or generate the fixture again", source: "2.4 rules 2 and 3, 7.1 C14",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false}},"versions":{"k":[{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false},{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false}]},"versioningStatus":"Enabled","versionIdcounter":2,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false}},"versions":{"k":[{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false},{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false}]},"versioningStatus":"Enabled","versionIdcounter":2,"eventBridgeEnabled":false}}}"#
    ))

  /// An object that is not empty has its body inline or in a blob.
  public static let s3BodyMissing = Rule(
    "s3-body-missing", .error, "an object that is not empty has its body inline or in a blob",
    consequence:
      "KUMO lists the object and cuts every GET",
    fix: "restore the body from an artifact", source: "2.4 rule 2",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// Versions are listed newest first.
  public static let s3VersionOrder = Rule(
    "s3-version-order", .error, "versions are listed newest first",
    consequence:
      "GET without a version id and deletion take the wrong version",
    fix: "sort the versions, greatest number first", source: "2.4 rule 5, 7.1 C17",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false}},"versions":{"k":[{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false},{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false}]},"versioningStatus":"Enabled","versionIdcounter":2,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false}},"versions":{"k":[{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false},{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false}]},"versioningStatus":"Enabled","versionIdcounter":2,"eventBridgeEnabled":false}}}"#
    ))

  /// `versionIdcounter` is at least the greatest version number of the bucket.
  public static let s3VersionCounter = Rule(
    "s3-version-counter", .error, "`versionIdcounter` is at least the greatest version number of the bucket",
    consequence:
      "the next PUT gives a version id that is already in use",
    fix: "raise the counter", source: "2.4 rule 4, 7.1 C17",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false}},"versions":{"k":[{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false}]},"versioningStatus":"Enabled","versionIdcounter":1,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false}},"versions":{"k":[{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v2","IsDeleteMarker":false}]},"versioningStatus":"Enabled","versionIdcounter":2,"eventBridgeEnabled":false}}}"#
    ))

  /// Version ids are `v<number>` or `null`, and unique within a key.
  public static let s3VersionID = Rule(
    "s3-version-id", .error, "version ids are `v<number>` or `null`, and unique within a key",
    consequence:
      "DeleteObjectVersion removes all versions of equal id",
    fix: "give every version an id of its own", source: "2.4 rule 4, 7.1 C17",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false}},"versions":{"k":[{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false},{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false}]},"versioningStatus":"Enabled","versionIdcounter":1,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false}},"versions":{"k":[{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"v1","IsDeleteMarker":false}]},"versioningStatus":"Enabled","versionIdcounter":1,"eventBridgeEnabled":false}}}"#
    ))

  /// `versioningStatus` is empty, `Enabled` or `Suspended`.
  public static let s3VersioningStatus = Rule(
    "s3-versioning-status", .error, "`versioningStatus` is empty, `Enabled` or `Suspended`",
    consequence:
      "KUMO treats the bucket as unversioned and hides its versions",
    fix: "correct the word", source: "2.1, 7.1 C17",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"enabled","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"Suspended","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// A delete marker has no body, size, ETag, type, metadata, tags or reference.
  public static let s3DeleteMarker = Rule(
    "s3-delete-marker", .error, "a delete marker has no body, size, ETag, type, metadata, tags or reference",
    consequence:
      "clients see a deleted object with content",
    fix: "restore the marker to its form, or the object to its own", source: "2.2, 7.1 C17")

  /// Object keys survive HTTP path cleaning.
  public static let s3UnsafeKey = Rule(
    "s3-unsafe-key", .warning, "object keys survive HTTP path cleaning",
    consequence:
      "the object is listed and cannot be fetched",
    fix: "rename the object: no empty, `.` or `..` segment and no slash at either end", source: "2.4 rule 7, 7.1 C17",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"a//b":{"Key":"a//b","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"a/b":{"Key":"a/b","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// No bucket has the name of one of KUMO's own paths.
  public static let s3ReservedBucket = Rule(
    "s3-reserved-bucket", .error, "no bucket has the name of one of KUMO's own paths",
    consequence:
      "requests for the bucket go to another service: it cannot be reached",
    fix: "rename the bucket", source: "1.5, 7.1 C17",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"lambda":{"name":"lambda","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// Multipart uploads work in buckets that were loaded.
  public static let s3Multipart = Rule(
    "s3-multipart", .note, "multipart uploads work in buckets that were loaded",
    consequence:
      "up to v0.25.3, CreateMultipartUpload on a loaded bucket panics; no file content can avoid it",
    fix: "let the tests create the buckets that need multipart uploads, or use a later release", source: "2.1, 7.1 D21")
}
