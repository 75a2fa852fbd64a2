import Digests
import Documents
import Files
import JSONBytes
import KumoState

/// Writes `s3.json` and the blobs.
struct S3Writer {
  let directory: Directory
  let layout: Layout

  /// Writes the buckets sorted by name.
  func write(_ buckets: [ResolvedBucket], progress: (WrittenResource) throws -> Void) throws {
    let bodies = try BodyWriter(directory: directory, layout: layout)
    let output = try ServiceFile(directory: directory, service: "s3")
    output.json.beginObject()
    output.json.key("buckets")
    output.json.beginObject()
    for bucket in buckets.sorted(by: { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }) {
      output.json.key(bucket.name)
      try write(bucket, bodies: bodies, to: output, progress: progress)
    }
    output.json.endObject()
    output.json.endObject()
    try output.finish()
  }

  private func write(
    _ bucket: ResolvedBucket, bodies: BodyWriter, to output: ServiceFile, progress: (WrittenResource) throws -> Void
  ) throws {
    let objects = try RecordSpool(in: directory, name: RelativePath(".spool-objects"))
    let versions = try RecordSpool(in: directory, name: RelativePath(".spool-versions"))
    var locations = SpecLocations()
    var counter: UInt64 = 0
    try bucket.forEachObject { object in
      let tag = locations.tag(object.location)
      if bucket.versioning == .disabled {
        guard let version = object.versions.last else { return }
        objects.begin(key: object.key, tag: tag)
        try write(version, of: object, id: [], bodies: bodies, to: objects)
      } else {
        counter = max(counter, UInt64(object.versions.count))
        try writeVersions(
          of: object, tag: tag, suspended: bucket.versioning == .suspended, bodies: bodies, to: objects, versions)
      }
      try progress(.object)
    }
    output.json.beginObject()
    output.json.member("name", Array(bucket.name.utf8))
    output.json.member("creationDate", bucket.created.rfc3339)
    output.json.key("objects")
    try output.write(objects) { first, second in
      duplicate(first, second, in: bucket, locations)
    }
    output.json.key("versions")
    try output.write(versions) { first, second in
      duplicate(first, second, in: bucket, locations)
    }
    output.json.member("versioningStatus", Array(bucket.versioning.storedStatus.utf8))
    output.json.key("versionIdcounter")
    output.json.uint(counter)
    if !bucket.settings.contains(where: { $0.name.elementsEqual("eventBridgeEnabled".utf8) }) {
      output.json.key("eventBridgeEnabled")
      output.json.bool(false)
    }
    for setting in bucket.settings {
      output.json.key(setting.name)
      output.json.raw(setting.value.bytes)
    }
    output.json.endObject()
  }

  /// Writes all versions of a key, newest first, and the newest once more as the current object.
  ///
  /// Numbers count within the key, not within the bucket as KUMO counts: KUMO needs them unique only there
  /// (kumo-format.md 2.4 rule 4), and an object that is added to a spec does not change the versions of another.
  /// While versioning is suspended a PUT makes the version `null`, and a DELETE leaves no marker and no current object
  /// (2.2, 2.4 rule 3).
  private func writeVersions(
    of object: ResolvedObject, tag: Int32, suspended: Bool, bodies: BodyWriter, to objects: RecordSpool,
    _ versions: RecordSpool
  ) throws {
    var stored = object.versions
    let deletedWhileSuspended = suspended && stored.last?.content == nil
    if deletedWhileSuspended { stored.removeLast() }
    guard !stored.isEmpty else { return }
    versions.begin(key: object.key, tag: tag)
    try versions.write([UInt8(ascii: "[")])
    for (index, version) in stored.enumerated().reversed() {
      let isNewest = index == stored.count - 1
      let id = suspended && isNewest && !deletedWhileSuspended ? Array("null".utf8) : Array("v\(index + 1)".utf8)
      if !isNewest { try versions.write([UInt8(ascii: ",")]) }
      try write(version, of: object, id: id, bodies: bodies, to: versions)
      if isNewest, !deletedWhileSuspended {
        objects.begin(key: object.key, tag: tag)
        try write(version, of: object, id: id, bodies: bodies, to: objects)
      }
    }
    try versions.write([UInt8(ascii: "]")])
  }

  private func write(
    _ version: ResolvedObjectVersion, of object: ResolvedObject, id: [UInt8], bodies: BodyWriter, to spool: RecordSpool
  ) throws {
    var json = JSONWriter(style: .compact)
    let record: S3ObjectRecord
    let form: S3ObjectRecord.BodyForm
    if let content = version.content {
      form = layout.hasBodies ? .inline : .absent
      S3ObjectRecord.writeHead(key: object.key, body: form, to: &json)
      let stored = try bodies.store(content.body) { text in
        json.stringPiece(text)
        try drain(&json, to: spool)
      }
      record = S3ObjectRecord(
        key: object.key, etag: Array("\"\(stored.md5.hex)\"".utf8), size: stored.size,
        lastModified: version.lastModified.goTime, contentType: content.contentType,
        metadata: metadata(of: content), tags: content.tags.isEmpty ? nil : content.tags.map(NamedText.init),
        versionID: id, bodyRef: layout.hasBlobs && stored.size > 0 ? stored.sha256 : nil)
    } else {
      form = layout.hasBodies ? .null : .absent
      S3ObjectRecord.writeHead(key: object.key, body: form, to: &json)
      record = S3ObjectRecord(
        deleteMarkerFor: object.key, lastModified: version.lastModified.goTime, versionID: id)
    }
    record.writeTail(body: form, to: &json)
    try spool.write(json.bytes)
  }

  private func drain(_ json: inout JSONWriter, to spool: RecordSpool) throws(FilesError) {
    try spool.write(json.bytes)
    json.bytes.removeAll(keepingCapacity: true)
  }

  /// User metadata, and under `Content-Type` the type when the spec gave one, as KUMO keeps a request's header.
  private func metadata(of content: ResolvedObjectContent) -> [NamedText] {
    let given =
      content.contentTypeGiven ? [NamedText(name: Array("Content-Type".utf8), value: content.contentType)] : []
    return given + content.metadata.map(NamedText.init)
  }

  private func duplicate(
    _ first: RecordSpool.Record, _ second: RecordSpool.Record, in bucket: ResolvedBucket, _ locations: SpecLocations
  ) -> SpecError {
    SpecError(
      locations.location(second.tag),
      "bucket '\(bucket.name)' gets two objects with the key \(printable(second.key)): the other one is at "
        + "\(locations.location(first.tag)); give every object a key of its own")
  }
}
