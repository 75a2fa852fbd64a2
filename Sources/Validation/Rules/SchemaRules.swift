extension Rule {
  /// Rules about the types of values, for every service file.
  static let schema: [Rule] = [
    .nullEntry, .nullSeededMap, .timeRange, .timeFormat, .base64Format, .wrongType, .epochTime, .unknownField,
    .fieldCase, .duplicateField,
  ]

  /// No entry that KUMO dereferences is null.
  public static let nullEntry = Rule(
    "null-entry", .error, "no entry that KUMO dereferences is null",
    consequence:
      "KUMO panics: at every start for S3 entries, 30 s after the start for DynamoDB tables, at the first request for the rest",
    fix: "remove the entry, or restore it from an artifact", source: "7.1 A1, A2, A4",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":null}}"#,
      sound:
        #"{"buckets":{}}"#))

  /// The maps that KUMO seeds after the load are not null.
  public static let nullSeededMap = Rule(
    "null-seeded-map", .error, "the maps that KUMO seeds after the load are not null",
    consequence:
      "together with any later decode error in the file KUMO panics at every start",
    fix: "replace the null by {}", source: "7.1 A3",
    example: .init(
      file: "eventbridge.json",
      broken:
        #"{"eventBuses":{},"rules":{},"targets":{},"connections":null,"apiDestinations":{}}"#,
      sound:
        #"{"eventBuses":{},"rules":{},"targets":{},"connections":{},"apiDestinations":{}}"#))

  /// Every time has a year from 0000 to 9999 and a zone below 24 hours.
  public static let timeRange = Rule(
    "time-out-of-range", .error, "every time has a year from 0000 to 9999 and a zone below 24 hours",
    consequence:
      "every later save of the service fails without a word",
    fix: "correct the time", source: "7.1 A5")

  /// Every time is an RFC 3339 string without escapes.
  public static let timeFormat = Rule(
    "time-format", .error, "every time is an RFC 3339 string without escapes",
    consequence:
      "KUMO drops the bucket, table or queue around it and everything after it in the file",
    fix: "write it as 2026-01-02T03:04:05Z", source: "7.1 B7",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02 03:04:05","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// Every binary value is padded standard base64.
  public static let base64Format = Rule(
    "base64-format", .error, "every binary value is padded standard base64",
    consequence:
      "KUMO drops the value; inside an S3 object or an item it drops the bucket or table around it and everything after it",
    fix: "encode the value again with the standard alphabet and padding", source: "7.1 B7",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// Every known field has the type that KUMO expects.
  public static let wrongType = Rule(
    "wrong-type", .error, "every known field has the type that KUMO expects",
    consequence:
      "KUMO skips the field or, inside an S3 object or an item, drops the entry around it and everything after it, and leaves out its repairs after the load",
    fix: "correct the type of the value", source: "1.2, 7.1 B8",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":"1","LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// Times of appmesh, forecast and organizations are strings, null or absent.
  public static let epochTime = Rule(
    "epoch-number-time", .error, "times of appmesh, forecast and organizations are strings, null or absent",
    consequence:
      "KUMO writes numbers that it cannot read: it starts the service empty without a word, and the next shutdown makes it permanent",
    fix: "replace the number by an RFC 3339 string; KUMO will write the number again at its next save",
    source: "5.3, 7.1 B11")

  /// Every field is one that a known release writes.
  public static let unknownField = Rule(
    "unknown-field", .note, "every field is one that a known release writes",
    consequence:
      "KUMO ignores the field and drops it at its next save",
    fix: "remove it, or check its spelling", source: "1.2",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false,"Colour":"red"}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// Every field is spelt as KUMO spells it.
  public static let fieldCase = Rule(
    "field-case", .warning, "every field is spelt as KUMO spells it",
    consequence:
      "KUMO reads it whatever its case and writes its own spelling; other tools may overlook it",
    fix: "correct the spelling", source: "1.2",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))

  /// No two members of an object name the same field in different case.
  public static let duplicateField = Rule(
    "duplicate-field", .error, "no two members of an object name the same field in different case",
    consequence:
      "KUMO keeps the last one and drops the other without a word",
    fix: "keep one of the members", source: "1.2",
    example: .init(
      file: "s3.json",
      broken:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","size":2,"Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#,
      sound:
        #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"k":{"Key":"k","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","IsDeleteMarker":false}},"versions":{},"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}}}"#
    ))
}
