import Files
import JSONBytes
import KumoState
import Runs

/// What of a data directory belongs to a namespace. Memory grows with what belongs to it: 32 bytes for each body.
struct NamespaceSurvey {
  /// The parts of buckets, tables and queues, in the order of the files.
  var resources: [NamespaceReport.Resource] = []
  /// Names of blobs that objects of the namespace refer to.
  var blobs: Set<[UInt8]> = []
  /// Tables that go, and the names of the key attributes of the others.
  var tables: [[UInt8]: DynamoDBTableHead] = [:]
  /// Queues of the namespace that are the dead-letter queues of queues that stay; with one of those.
  var neededQueues: [[UInt8]: [UInt8]] = [:]
  /// Files that could not be read.
  var problems: [NamespaceReport.Failure] = []

  static let s3: RelativePath = "s3.json"
  static let dynamoDB: RelativePath = "dynamodb.json"
  static let sqs: RelativePath = "sqs.json"

  /// Looks at the three services' files; one that is not there holds nothing.
  init(_ directory: Directory, _ members: NamespaceMembers) {
    read(Self.s3, in: directory) { survey, file in
      var visitor = ObjectSurvey(members: members)
      try S3DocumentReader.read(.rewriting(file), &visitor)
      survey.resources += visitor.resources
      survey.blobs = visitor.blobs
    }
    read(Self.dynamoDB, in: directory) { survey, file in
      survey.tables = try DynamoDBTableHead.collect(.rewriting(file))
      try survey.readTables(.rewriting(file), members)
    }
    read(Self.sqs, in: directory) { survey, file in
      try survey.readTargets(.rewriting(file), members)
      try survey.readQueues(.rewriting(file), members)
    }
  }

  private mutating func read(
    _ path: RelativePath, in directory: Directory, _ body: (inout NamespaceSurvey, ReadableFile) throws -> Void
  ) {
    do {
      guard try directory.status(path) != nil else { return }
      try body(&self, directory.open(path))
    } catch {
      let message = (error as? JSONError).map { "line \($0.line): \($0.message)" } ?? String(describing: error)
      problems.append(.init(subject: path.description, message: "\(message); nothing was changed"))
    }
  }

  /// Whether an item of a table belongs to the namespace although the table does not.
  func owns(_ item: JSONNode, of table: [UInt8], _ members: NamespaceMembers) -> Bool {
    (tables[table]?.keys ?? []).contains { key in
      item[key.name]?["S"]?.string().map { members.owns(itemKey: $0) } ?? false
    }
  }

  private mutating func readTables(_ json: JSONReader, _ members: NamespaceMembers) throws(JSONError) {
    var reader = DynamoDBReader(json)
    var count = 0
    while true {
      switch try reader.next() {
      case .beginTable: count = 0
      case .item:
        let isOwn = members.owns(container: reader.tableName) || owns(reader.tape.root, of: reader.tableName, members)
        count += isOwn ? 1 : 0
      case .endTable, .noTable:
        let isWhole = members.owns(container: reader.tableName)
        if isWhole || count > 0 {
          resources.append(.init(kind: .table, name: reader.tableName, isWhole: isWhole, count: count))
        }
        count = 0
      case .end: return
      default: break
      }
    }
  }

  /// Finds the queues that others, which stay, send their failed messages to: without them KUMO throws those messages
  /// away (kumo-format.md 4.2).
  private mutating func readTargets(_ json: JSONReader, _ members: NamespaceMembers) throws(JSONError) {
    for queue in try SQSInspection(json).queues where !members.owns(queue: Self.name(ofQueue: queue.url)) {
      guard let target = queue.deadLetterTarget, let colon = target.lastIndex(of: UInt8(ascii: ":")) else { continue }
      let name = Array(target[(colon + 1)...])
      if members.owns(queue: name) { neededQueues[name] = Self.name(ofQueue: queue.url) }
    }
  }

  private mutating func readQueues(_ json: JSONReader, _ members: NamespaceMembers) throws(JSONError) {
    var reader = SQSReader(json)
    var count = 0
    while true {
      switch try reader.next() {
      case .beginQueue: count = 0
      case .message:
        let isOwn =
          members.owns(queue: Self.name(ofQueue: reader.queueKey)) || members.owns(message: reader.tape.root)
        count += isOwn ? 1 : 0
      case .endQueue, .noQueue:
        let name = Self.name(ofQueue: reader.queueKey)
        let isWhole = members.owns(queue: name)
        if isWhole || count > 0 { resources.append(.init(kind: .queue, name: name, isWhole: isWhole, count: count)) }
        count = 0
      case .end: return
      default: break
      }
    }
  }

  /// What follows the last slash of a queue's URL.
  static func name(ofQueue url: [UInt8]) -> [UInt8] {
    Array(url[(url.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...])
  }
}

/// Counts the objects of a namespace. Of an object with versions each version and delete marker counts, as a listing
/// over the API has them.
private struct ObjectSurvey: S3Visitor {
  let members: NamespaceMembers
  var resources: [NamespaceReport.Resource] = []
  var blobs: Set<[UInt8]> = []
  private var count = 0
  private var isWhole = false
  private var listIsOwn = false

  init(members: NamespaceMembers) { self.members = members }

  mutating func beginBucket(_ key: [UInt8]) {
    isWhole = members.owns(container: key)
    count = 0
  }

  mutating func body(_ event: S3ObjectReader.BodyEvent) {}

  mutating func object(_ object: S3StoredObject, key: [UInt8], offset: Int) {
    guard isWhole || members.owns(objectKey: key) else { return }
    // One with a version stands in the list of versions, too.
    if object.versionID.isEmpty { count += 1 }
    note(object)
  }

  mutating func beginVersions(of key: [UInt8], offset: Int) { listIsOwn = isWhole || members.owns(objectKey: key) }

  mutating func version(_ object: S3StoredObject, index: Int) {
    guard listIsOwn else { return }
    count += 1
    note(object)
  }

  mutating func endVersions() {}

  mutating func endBucket(_ bucket: S3StoredBucket) {
    guard isWhole || count > 0 else { return }
    resources.append(.init(kind: .bucket, name: bucket.mapKey, isWhole: isWhole, count: count))
  }

  private mutating func note(_ object: S3StoredObject) {
    if !object.bodyRef.isEmpty { blobs.insert(object.bodyRef) }
  }
}
