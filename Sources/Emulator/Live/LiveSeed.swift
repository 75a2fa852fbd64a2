import Files
import JSONBytes
import KumoState

/// Puts into a running emulator over its API what it does not serve of a data directory: buckets with their current
/// objects, tables with their items, queues with their messages. What is there already stays as it is; messages are
/// sent only to queues that were not there. Memory is the largest single record.
///
/// The API cannot bring everything that files can: times, versions, tags and ACLs of objects, receive counts of
/// messages.
package struct LiveSeed {
  /// What was put in.
  package struct Counts: Sendable, Equatable {
    /// Buckets, tables and queues.
    package var containers = 0
    /// Objects, items and messages.
    package var contents = 0

    /// Whether nothing was missing.
    package var isNothing: Bool { containers == 0 && contents == 0 }
  }

  private let calls: LiveCalls
  private let directory: Directory
  private var counts = Counts()
  private var tape = JSONTape()

  /// Describes a seed: what is in the directory, whose S3 bodies must be inline.
  package init(_ directory: Directory, calls: LiveCalls) {
    self.directory = directory
    self.calls = calls
  }

  /// Puts in what is not there.
  ///
  /// - Throws: `EmulatorError`, `FilesError`, `JSONError`.
  package mutating func run() throws -> Counts {
    if let reader = try reader("s3.json") { try seedBuckets(reader) }
    if let reader = try reader("dynamodb.json") { try seedTables(reader) }
    if let reader = try reader("sqs.json") { try seedQueues(reader) }
    return counts
  }

  private func reader(_ path: RelativePath) throws -> JSONReader? {
    guard try directory.status(path) != nil else { return nil }
    return .rewriting(try directory.open(path))
  }

  // MARK: S3

  private mutating func seedBuckets(_ reader: JSONReader) throws {
    let present = Set(try LiveView(calls).buckets())
    var file = ServiceFileReader(reader)
    while true {
      switch try file.next() {
      case .member where file.isMember("buckets"): _ = file.enter()
      case .entry where file.valueToken == .beginObject:
        try seedObjects(reader, in: file.entryKey, isNew: !present.contains(file.entryKey))
        file.didReadValue()
      case .end: return
      default: continue
      }
    }
  }

  private mutating func seedObjects(_ reader: JSONReader, in bucket: [UInt8], isNew: Bool) throws {
    let path = "/\(HTTPRequest.encode(bucket))"
    if isNew {
      _ = try calls.send(HTTPRequest("PUT", path), service: "s3")
      counts.containers += 1
    }
    while try reader.next() == .key {
      let isObjects = try reader.keyNames("objects")
      guard try reader.next() == .beginObject, isObjects else {
        try reader.skipValue()
        continue
      }
      while try reader.next() == .key {
        let target = "\(path)/\(HTTPRequest.encode(try reader.string()))"
        _ = try reader.next()
        try reader.capture(into: &tape)
        try seedObject(tape.root, at: target, isNew: isNew)
      }
    }
  }

  private mutating func seedObject(_ object: JSONNode, at target: String, isNew: Bool) throws {
    guard object.isObject, object.field("IsDeleteMarker")?.bool() != true else { return }
    if !isNew {
      let head = try calls.send(HTTPRequest("HEAD", target), service: "s3", accepting: [200, 404])
      guard head.status == 404 else { return }
    }
    var request = HTTPRequest("PUT", target)
    request.body = try Base64Decoder.decode(object.text("Body") ?? [])
    if let type = object.text("ContentType"), !type.isEmpty {
      request.headers.append((name: "Content-Type", value: Self.text(type)))
    }
    if let metadata = object.field("Metadata"), metadata.isObject {
      for (key, value) in metadata.members {
        guard let name = key.string(), let value = value.string(), !name.elementsEqual("Content-Type".utf8) else {
          continue
        }
        request.headers.append((name: "x-amz-meta-\(Self.text(name))", value: Self.text(value)))
      }
    }
    _ = try calls.send(request, service: "s3")
    counts.contents += 1
  }

  /// A header's text: what could end the header is left out.
  private static func text(_ bytes: [UInt8]) -> String {
    String(decoding: bytes.filter { $0 >= 0x20 && $0 != 0x7f }, as: UTF8.self)
  }

  // MARK: DynamoDB

  private static let settings = [
    "KeySchema", "AttributeDefinitions", "BillingMode", "ProvisionedThroughput", "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
  ]

  private mutating func seedTables(_ reader: JSONReader) throws {
    let present = Set(try LiveView(calls).tables())
    var names: [[UInt8]] = []
    var records = DynamoDBReader(reader)
    while true {
      switch try records.next() {
      case .description:
        names = (DynamoDBTableHead(records.tape.root)?.keys ?? []).map(\.name)
        guard !present.contains(records.tableName) else { continue }
        try createTable(records.tableName, records.tape.root)
      case .item:
        try seedItem(records.tape.root, names, in: records.tableName, isNew: !present.contains(records.tableName))
      case .end: return
      default: continue
      }
    }
  }

  private mutating func createTable(_ name: [UInt8], _ description: JSONNode) throws {
    let isOnDemand = description.text("BillingMode") == Array("PAY_PER_REQUEST".utf8)
    let body = Self.object { json in
      json.key("TableName")
      json.string(name)
      for setting in Self.settings {
        guard let value = description[Array(setting.utf8)], !value.isNull else { continue }
        if isOnDemand, setting == "ProvisionedThroughput" { continue }
        json.key(setting)
        json.raw(value.rawBytes)
      }
    }
    _ = try calls.call("DynamoDB_20120810.CreateTable", body)
    counts.containers += 1
  }

  private mutating func seedItem(_ item: JSONNode, _ names: [[UInt8]], in table: [UInt8], isNew: Bool) throws {
    guard item.isObject else { return }
    if !isNew {
      let key = Self.object { json in
        json.key("TableName")
        json.string(table)
        json.key("Key")
        json.beginObject()
        for name in names {
          guard let value = item[name] else { continue }
          json.key(name)
          json.raw(value.rawBytes)
        }
        json.endObject()
      }
      let found = try calls.call("DynamoDB_20120810.GetItem", key)["Item"]
      guard found?.isObject != true else { return }
    }
    let body = Self.object { json in
      json.key("TableName")
      json.string(table)
      json.key("Item")
      json.raw(item.rawBytes)
    }
    _ = try calls.call("DynamoDB_20120810.PutItem", body)
    counts.contents += 1
  }

  // MARK: SQS

  private static let numbers = [
    "VisibilityTimeout", "MessageRetentionPeriod", "DelaySeconds", "ReceiveWaitTimeSeconds",
  ]

  private mutating func seedQueues(_ reader: JSONReader) throws {
    let present = Set(try LiveView(calls).queues().map(\.name))
    var url: [UInt8] = []
    var records = SQSReader(reader)
    while true {
      let event = try records.next()
      let slash = records.queueKey.lastIndex(of: UInt8(ascii: "/")) ?? -1
      let name = Array(records.queueKey[(slash + 1)...])
      switch event {
      case .description where !present.contains(name): url = try createQueue(name, records.tape.root)
      case .message where !present.contains(name): try send(records.tape.root, to: url)
      case .end: return
      default: continue
      }
    }
  }

  private mutating func createQueue(_ name: [UInt8], _ queue: JSONNode) throws -> [UInt8] {
    let body = Self.object { json in
      json.key("QueueName")
      json.string(name)
      json.key("Attributes")
      json.beginObject()
      for setting in Self.numbers {
        guard let value = queue[Array(setting.utf8)]?.int64() else { continue }
        json.key(setting)
        json.string(String(value))
      }
      if let size = queue.field("MaxMessageSize")?.int64() {
        json.key("MaximumMessageSize")
        json.string(String(size))
      }
      if queue.field("FifoQueue")?.bool() == true {
        json.key("FifoQueue")
        json.string("true")
        json.key("ContentBasedDeduplication")
        json.string(queue.field("ContentBasedDeduplication")?.bool() == true ? "true" : "false")
      }
      if let policy = queue.text("RedrivePolicy"), !policy.isEmpty {
        json.key("RedrivePolicy")
        json.string(policy)
      }
      json.endObject()
    }
    let url = try calls.call("AmazonSQS.CreateQueue", body)["QueueUrl"]?.string()
    counts.containers += 1
    return url ?? SQSQueue(name: name, created: GoTime.zero).url
  }

  private mutating func send(_ message: JSONNode, to url: [UInt8]) throws {
    guard message.isObject else { return }
    let body = Self.object { json in
      json.key("QueueUrl")
      json.string(url)
      json.key("MessageBody")
      json.string(message.text("Body") ?? [])
      if let attributes = message.field("MessageAttributes"), attributes.isObject {
        json.key("MessageAttributes")
        json.raw(attributes.rawBytes)
      }
      for (field, name) in [("MessageGroupID", "MessageGroupId"), ("MessageDeduplicationID", "MessageDeduplicationId")]
      {
        guard let value = message[Array(field.utf8)]?.string(), !value.isEmpty else { continue }
        json.key(name)
        json.string(value)
      }
    }
    _ = try calls.call("AmazonSQS.SendMessage", body)
    counts.contents += 1
  }

  private static func object(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter(style: .compact)
    json.beginObject()
    body(&json)
    json.endObject()
    return json.bytes
  }
}
