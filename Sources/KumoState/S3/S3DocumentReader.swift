import JSONBytes

/// Sees the buckets and objects of an `s3.json` in the order of the file.
package protocol S3Visitor {
  /// A bucket begins.
  mutating func beginBucket(_ key: [UInt8])
  /// An inline body of the object that comes next, in pieces.
  mutating func body(_ event: S3ObjectReader.BodyEvent)
  /// A current object, stored under `key`; `offset` is that of the key.
  mutating func object(_ object: S3StoredObject, key: [UInt8], offset: Int)
  /// The list of versions of `key` begins; `offset` is that of the key.
  mutating func beginVersions(of key: [UInt8], offset: Int)
  /// A version of the key whose list was begun; newest first, `index` from 0.
  mutating func version(_ object: S3StoredObject, index: Int)
  /// The list of versions ends.
  mutating func endVersions()
  /// The bucket ends; only now its own fields are known, whose place in the file is anywhere.
  mutating func endBucket(_ bucket: S3StoredBucket)
}

/// Reads an `s3.json` of any size in constant memory. Values of a wrong type are passed over.
package enum S3DocumentReader {
  private static let top: [StaticString] = ["buckets"]
  private static let bucketFields: [StaticString] = [
    "name", "objects", "versions", "versioningStatus", "versionIdcounter",
  ]

  /// Reads from the beginning to the end of the document.
  ///
  /// - Throws: the JSON reader's error; what came before it was visited.
  package static func read(_ reader: JSONReader, _ visitor: inout some S3Visitor) throws(JSONError) {
    let objects = S3ObjectReader()
    if try reader.next() == .beginObject {
      while try reader.next() == .key {
        let isBuckets = try FieldName.match(reader, among: top) != nil
        if try reader.next() == .beginObject, isBuckets {
          try readBuckets(reader, objects, &visitor)
        } else {
          try reader.skipValue()
        }
      }
    } else {
      try reader.skipValue()
    }
    _ = try reader.next()
  }

  private static func readBuckets(
    _ reader: JSONReader, _ objects: S3ObjectReader, _ visitor: inout some S3Visitor
  ) throws(JSONError) {
    while try reader.next() == .key {
      let key = try reader.string()
      guard try reader.next() == .beginObject else {
        try reader.skipValue()
        continue
      }
      var bucket = S3StoredBucket(mapKey: key, offset: reader.tokenOffset)
      visitor.beginBucket(key)
      while try reader.next() == .key {
        let field = try FieldName.match(reader, among: bucketFields)
        _ = try reader.next()
        try readField(field, of: &bucket, reader, objects, &visitor)
      }
      visitor.endBucket(bucket)
    }
  }

  private static func readField(
    _ field: Int?, of bucket: inout S3StoredBucket, _ reader: JSONReader, _ objects: S3ObjectReader,
    _ visitor: inout some S3Visitor
  ) throws(JSONError) {
    let offset = reader.tokenOffset
    switch field {
    case 0:
      bucket.nameOffset = offset
      bucket.name = reader.token == .string ? try reader.string() : []
      try reader.skipValue()
    case 1:
      bucket.objectsOffset = offset
      bucket.objects = reader.token == .null ? .null : .present
      try readObjects(reader, objects, &visitor)
    case 2:
      bucket.versionsOffset = offset
      bucket.versions = reader.token == .null ? .null : .present
      try readVersions(reader, objects, &visitor)
    case 3:
      bucket.versioningStatusOffset = offset
      bucket.versioningStatus = reader.token == .string ? try reader.string() : []
      try reader.skipValue()
    case 4:
      bucket.versionCounterOffset = offset
      bucket.versionCounter = reader.unsigned() ?? 0
      try reader.skipValue()
    default: try reader.skipValue()
    }
  }

  private static func readObjects<Visitor: S3Visitor>(
    _ reader: JSONReader, _ objects: S3ObjectReader, _ visitor: inout Visitor
  ) throws(JSONError) {
    guard reader.token == .beginObject else { return try reader.skipValue() }
    while try reader.next() == .key {
      let key = try reader.string()
      let offset = reader.tokenOffset
      guard try reader.next() == .beginObject else {
        try reader.skipValue()
        continue
      }
      let object = try read(reader, objects, &visitor)
      visitor.object(object, key: key, offset: offset)
    }
  }

  private static func readVersions<Visitor: S3Visitor>(
    _ reader: JSONReader, _ objects: S3ObjectReader, _ visitor: inout Visitor
  ) throws(JSONError) {
    guard reader.token == .beginObject else { return try reader.skipValue() }
    while try reader.next() == .key {
      let key = try reader.string()
      let offset = reader.tokenOffset
      guard try reader.next() == .beginArray else {
        try reader.skipValue()
        continue
      }
      visitor.beginVersions(of: key, offset: offset)
      var index = 0
      while try reader.next() != .endArray {
        if reader.token == .beginObject {
          let object = try read(reader, objects, &visitor)
          visitor.version(object, index: index)
        } else {
          try reader.skipValue()
        }
        index += 1
      }
      visitor.endVersions()
    }
  }

  private static func read<Visitor: S3Visitor>(
    _ reader: JSONReader, _ objects: S3ObjectReader, _ visitor: inout Visitor
  ) throws(JSONError) -> S3StoredObject {
    try objects.read(reader) { visitor.body($0) }
  }
}
