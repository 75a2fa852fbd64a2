import Files
import JSONBytes
import KumoState

/// A bucket without its objects.
public struct BucketInfo: Sendable, Equatable {
  /// The bucket's name.
  public let name: String
}

extension DirectoryView {
  /// The buckets, in the order of the file. Empty when there is no `s3.json`.
  public func buckets() throws -> [BucketInfo] {
    guard try directory.status(Self.bucketsFile) != nil else { return [] }
    return try bucketNames().map { BucketInfo(name: String(decoding: $0, as: UTF8.self)) }
  }

  /// Hands out the current objects of a bucket whose keys begin with a prefix.
  ///
  /// - Throws: `StepError` when there is no such bucket; what the closure throws.
  public func forEachObject(
    in bucket: String, prefix: String = "", _ body: (StoredObject) throws -> Void
  ) throws {
    try rewriteObjects(in: Array(bucket.utf8), prefix: Array(prefix.utf8), isReading: true) { object in
      try body(object)
      return .keep
    }
  }

  /// Hands out the current objects of a bucket to be changed or removed. What is changed changes in the list of
  /// versions, too; an object that is removed goes with all its versions. Blobs that no object names any more are
  /// removed.
  ///
  /// Memory: about 100 bytes for each key that is changed or removed, and 500 for each changed object of a versioned
  /// bucket.
  ///
  /// - Throws: `StepError` when there is no such bucket, when two objects would have one key; what the closure throws.
  public func updateObjects(
    in bucket: String, prefix: String = "", _ body: (inout StoredObject) throws -> RecordFate
  ) throws {
    try rewriteObjects(in: Array(bucket.utf8), prefix: Array(prefix.utf8), isReading: false, body)
  }

  /// As `updateObjects`; `isReading` writes nothing.
  func rewriteObjects(
    in bucket: [UInt8], prefix: [UInt8], isReading: Bool, _ body: (inout StoredObject) throws -> RecordFate
  ) throws {
    try withoutActuallyEscaping(body) { body in
      let source = try openBuckets()
      let bodies = try ObjectBodies(directory: directory, source: source)
      var visitor = ObjectVisitor(bucket: bucket, prefix: prefix, bodies: bodies, view: self, body: body)
      defer { try? bodies.finish() }
      try rewrite(Self.bucketsFile, check: { try ObjectKeyCheck.run($0) }) { source, target in
        var outcome = try S3Rewriter.rewrite(source: source, target: target, visitor: &visitor)
        if isReading { outcome = RewriteOutcome() }
        return outcome
      }
      guard visitor.names.contains(bucket) else { throw Self.absent("bucket", bucket, among: visitor.names) }
      guard !isReading else { return }
      touched.merge("s3", [bucket])
      try bodies.finish()
      try ObjectBodies.sweep(visitor.dropped, in: self)
    }
  }

  func openBuckets() throws -> ReadableFile {
    guard try directory.status(Self.bucketsFile) != nil else {
      throw StepError(
        "there is no s3.json in the directory, so the step finds nothing to change", hint: "see: inspect DIR")
    }
    return try directory.open(Self.bucketsFile)
  }

  func bucketNames() throws -> [[UInt8]] {
    try read(Self.bucketsFile) { reader in
      var file = ServiceFileReader(reader)
      var names: [[UInt8]] = []
      while true {
        switch try file.next() {
        case .member where file.isMember("buckets"): _ = file.enter()
        case .entry: names.append(file.entryKey)
        case .end: return names
        default: continue
        }
      }
    }
  }
}

/// Hands objects to a step and makes its changes in every place where KUMO keeps them.
private struct ObjectVisitor: S3Rewriter.Visitor {
  let bucket: [UInt8]
  let prefix: [UInt8]
  let bodies: ObjectBodies
  let view: DirectoryView
  let body: (inout StoredObject) throws -> RecordFate
  /// Buckets that were seen.
  var names: [[UInt8]] = []
  /// Blobs that lost a reference.
  var dropped: Set<[UInt8]> = []
  /// New keys by old key; nil for objects that go.
  private var keys: [[UInt8]: [UInt8]?] = [:]
  /// Changes to be made again in the lists of versions, by key.
  private var changes: [[UInt8]: (version: [UInt8], change: S3Change)] = [:]
  private var hasSeenVersions = false

  init(
    bucket: [UInt8], prefix: [UInt8], bodies: ObjectBodies, view: DirectoryView,
    body: @escaping (inout StoredObject) throws -> RecordFate
  ) {
    self.bucket = bucket
    self.prefix = prefix
    self.bodies = bodies
    self.view = view
    self.body = body
  }

  mutating func bucket(_ name: [UInt8]) throws -> RewriteVerdict {
    names.append(name)
    hasSeenVersions = false
    return .keep
  }

  mutating func object(_ entry: S3Entry, in bucket: [UInt8]) throws -> S3Verdict {
    guard bucket == self.bucket, entry.mapKey.starts(with: prefix) else { return .keep }
    try view.checkpoint()
    var object = StoredObject(entry, bucket: bucket, bodies: bodies)
    let fate = try body(&object)
    if fate == .remove {
      try refuseVersionsFirst()
      keys[entry.mapKey] = .some(nil)
      if !entry.bodyRef.isEmpty { dropped.insert(entry.bodyRef) }
      return .remove
    }
    guard let change = object.change() else { return .keep }
    if let new = object.newBody {
      try bodies.publish(new, hasInlineCopy: entry.range(of: .body) != nil)
      if !entry.bodyRef.isEmpty { dropped.insert(entry.bodyRef) }
    }
    if let key = change.key {
      try refuseVersionsFirst()
      keys[entry.mapKey] = key
    }
    if !entry.versionID.isEmpty {
      try refuseVersionsFirst()
      changes[entry.mapKey] = (entry.versionID, change)
    }
    return .change(change)
  }

  mutating func versionList(of key: [UInt8], in bucket: [UInt8]) throws -> [UInt8]? {
    guard bucket == self.bucket else { return nil }
    hasSeenVersions = true
    return keys[key] ?? nil
  }

  mutating func version(_ entry: S3Entry, index: Int, in bucket: [UInt8]) throws -> S3Verdict {
    guard bucket == self.bucket else { return .keep }
    if case .some(nil) = keys[entry.mapKey] {
      if !entry.bodyRef.isEmpty { dropped.insert(entry.bodyRef) }
      return .remove
    }
    guard let found = changes[entry.mapKey], found.version == entry.versionID else { return .keep }
    return .change(found.change)
  }

  mutating func setting(_ name: [UInt8], _ value: JSONNode, of bucket: [UInt8]) throws -> RewriteVerdict {
    guard bucket == self.bucket, !keys.isEmpty, KeyedSettings.contains(name) else { return .keep }
    var edit = ObjectEdit()
    for (key, _) in value.members {
      guard let key = key.string(), let new = keys[key] else { continue }
      if let new { edit.rename(key, to: new) } else { edit.remove(key) }
    }
    return edit.isEmpty ? .keep : .replace(key: nil, value: edit.apply(to: value))
  }

  private func refuseVersionsFirst() throws(StepError) {
    guard hasSeenVersions else { return }
    throw StepError(
      "in s3.json the versions of bucket '\(Printable.text(bucket))' stand before its objects, as KUMO never writes them",
      hint: "start and stop KUMO on the directory once; it then writes the file anew")
  }
}

/// The settings of a bucket that are maps by object key (kumo-format.md 2.1).
enum KeyedSettings {
  static func contains(_ name: [UInt8]) -> Bool {
    let folded = GoText.foldedKey(name)
    return folded == Array("objectacls".utf8) || folded == Array("objectrestores".utf8)
  }
}

/// Finds two buckets, or two objects of one bucket, with one key. Memory: 8 bytes and the set's slack for each object
/// of one bucket.
struct ObjectKeyCheck: S3Visitor {
  private var bucket: [UInt8] = []
  private var buckets: Set<[UInt8]> = []
  private var objects: Set<Int> = []
  private var lists: Set<Int> = []
  private var problem: StepError?

  /// Throws `StepError` naming bucket and key.
  static func run(_ file: ReadableFile) throws {
    var check = ObjectKeyCheck()
    try S3DocumentReader.read(.rewriting(file), &check)
    if let problem = check.problem { throw problem }
  }

  mutating func beginBucket(_ key: [UInt8]) {
    bucket = key
    objects.removeAll(keepingCapacity: true)
    lists.removeAll(keepingCapacity: true)
    guard buckets.insert(key).inserted else {
      problem = StepError("two buckets would be called '\(Printable.text(key))'", hint: "choose a name that is free")
      return
    }
  }

  mutating func object(_ object: S3StoredObject, key: [UInt8], offset: Int) {
    if !objects.insert(key.hashValue).inserted { note(key) }
  }

  mutating func beginVersions(of key: [UInt8], offset: Int) {
    if !lists.insert(key.hashValue).inserted { note(key) }
  }

  private mutating func note(_ key: [UInt8]) {
    problem = StepError(
      "two objects of bucket '\(Printable.text(bucket))' would have the key '\(Printable.text(key))'",
      hint: "make the new keys differ, or remove one of the objects first")
  }

  mutating func body(_ event: S3ObjectReader.BodyEvent) {}
  mutating func version(_ object: S3StoredObject, index: Int) {}
  mutating func endVersions() {}
  mutating func endBucket(_ bucket: S3StoredBucket) {}
}
