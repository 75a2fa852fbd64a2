import Documents
import Files
import JSONBytes
import KumoState

/// Writes `sqs.json`.
struct SQSWriter {
  let directory: Directory

  /// Writes the queues sorted by URL, each with its messages in delivery order.
  func write(_ queues: [ResolvedQueue], progress: (WrittenResource) throws -> Void) throws {
    let output = try ServiceFile(directory: directory, service: "sqs")
    output.json.beginObject()
    output.json.key("queues")
    output.json.beginObject()
    for queue in queues.sorted(by: { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }) {
      let record = record(queue)
      output.json.key(record.url)
      output.json.beginObject()
      output.json.key("queue")
      record.write(to: &output.json)
      output.json.key("messages")
      output.json.beginArray()
      var sequence: UInt64 = 0
      try queue.forEachMessage { message in
        if queue.isFIFO { sequence += 1 }
        try self.record(message, sequence: sequence, isFIFO: queue.isFIFO).write(to: &output.json)
        if output.json.bytes.count > 256 * 1024 { try output.drain() }
        try progress(.message)
      }
      output.json.endArray()
      output.json.key("sequenceCounter")
      output.json.uint(sequence)
      output.json.endObject()
    }
    output.json.endObject()
    output.json.endObject()
    try output.finish()
  }

  private func record(_ queue: ResolvedQueue) -> SQSQueue {
    var record = SQSQueue(name: Array(queue.name.utf8), created: queue.created.goTime)
    record.tags = queue.tags.isEmpty ? nil : queue.tags.map(NamedText.init)
    record.visibilityTimeout = queue.visibilityTimeout
    record.messageRetentionPeriod = queue.messageRetention
    record.delaySeconds = queue.delay
    record.maxMessageSize = queue.maximumMessageSize
    record.receiveWaitTimeSeconds = queue.receiveWait
    record.contentBasedDeduplication = queue.contentBasedDeduplication
    record.policy = queue.policy
    record.redrive = queue.redrive.map {
      SQSQueue.Redrive(deadLetterQueue: Array($0.queue.utf8), maxReceiveCount: $0.maximumReceives)
    }
    return record
  }

  private func record(_ message: ResolvedMessage, sequence: UInt64, isFIFO: Bool) -> SQSMessage {
    var record = SQSMessage(id: Array(message.id.utf8), body: message.body, sent: message.sent.goTime)
    record.visible = message.sent.adding(seconds: Int64(message.delay)).goTime
    record.attributes = message.attributes.map { attribute in
      let content: SQSMessage.AttributeContent =
        switch attribute.value {
        case .string(let text), .number(let text): .text(text)
        case .binary(let bytes): .binary(bytes)
        }
      return SQSMessage.Attribute(
        name: attribute.name, dataType: Array(attribute.dataType.utf8), content: content)
    }
    record.groupID = message.group ?? []
    record.deduplicationID = message.deduplicationID ?? []
    if isFIFO { record.sequenceNumber = Array(String(sequence).utf8) }
    return record
  }
}
