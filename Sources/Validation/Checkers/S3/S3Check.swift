import Digests
import Files
import JSONBytes
import KumoState

/// Reads `s3.json` once beside the blobs' table and reports what does not fit.
///
/// Memory: what one object needs, `S3CopyIndex` for one bucket, and 16 bytes for each version of one key.
struct S3Check: S3Visitor {
  let file: ServiceFile
  let bodies: S3BodyDigests
  var findings: FindingCollector
  var blobs: BlobTable
  var layouts = DetectedLayout.Counts()
  /// The names and offsets of all buckets.
  var buckets: [(name: [UInt8], offset: Int)] = []

  /// The bucket being read.
  var bucket: [UInt8] = []
  var copies = S3CopyIndex()
  var greatestVersion: UInt64 = 0

  /// The key whose versions are being read.
  var versionsKey: [UInt8] = []
  var versionsOffset = 0
  var versions = S3VersionList()

  init(file: ServiceFile, findings: FindingCollector, blobs: BlobTable) throws(DigestError) {
    self.file = file
    self.findings = findings
    self.blobs = blobs
    bodies = try S3BodyDigests()
  }

  /// Where an object stands.
  struct Place {
    let bucket: [UInt8]
    let key: [UInt8]
    /// The place in the list of versions; nil for the current object.
    let version: Int?

    var pointer: JSONPointer {
      let map = JSONPointer().appending(key: "buckets".utf8).appending(key: bucket)
      guard let version else { return map.appending(key: "objects".utf8).appending(key: key) }
      return map.appending(key: "versions".utf8).appending(key: key).appending(index: version)
    }

    /// The object in words, with names made printable.
    var words: String {
      let name = "'\(DisplayName.escape(key))' in bucket '\(DisplayName.escape(bucket))'"
      return version == nil ? "object \(name)" : "a version of \(name)"
    }
  }

  mutating func body(_ event: S3ObjectReader.BodyEvent) {
    bodies.take(event)
  }

  mutating func object(_ object: S3StoredObject, key: [UInt8], offset: Int) {
    let place = Place(bucket: bucket, key: key, version: nil)
    let body = check(object, at: place)
    checkKey(key, at: offset, place)
    switch S3VersionID(object.versionID) {
    case .number(let number): greatestVersion = max(greatestVersion, number)
    case .malformed: reportVersionID(object, place)
    case .none, .null: break
    }
    copies.add(S3CopyIndex.Copy(object, body: body, offset: offset), key: key, side: .objects)
  }

  mutating func beginVersions(of key: [UInt8], offset: Int) {
    versionsKey = key
    versionsOffset = offset
    versions = S3VersionList()
  }

  mutating func version(_ object: S3StoredObject, index: Int) {
    let place = Place(bucket: bucket, key: versionsKey, version: index)
    let body = check(object, at: place)
    checkOrder(object, place)
    if index == 0 {
      copies.add(S3CopyIndex.Copy(object, body: body, offset: versionsOffset), key: versionsKey, side: .versions)
    }
  }

  mutating func endVersions() {}
}

/// What must be remembered of the versions of one key to check those that follow.
struct S3VersionList {
  /// The last number seen; the next must be smaller.
  var lastNumber: UInt64?
  /// When the version before was written.
  var lastTime: GoTime?
  var hasNull = false
  var seen: Set<UInt64> = []
}
