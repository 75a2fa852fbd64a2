import JSONBytes

/// What an `sqs.json` holds, in numbers (kumo-format.md 4). Messages that were in flight are in no file.
package struct SQSInspection: Sendable, Equatable {
  /// One queue.
  package struct Queue: Sendable, Equatable {
    /// The queue's map key, its URL.
    package let url: [UInt8]
    /// `Name`; what follows the last slash of the URL where it is missing.
    package var name: [UInt8]
    /// Messages: what `ApproximateNumberOfMessages` says after a start.
    package var messageCount = 0
    /// `FifoQueue`.
    package var isFIFO = false
    /// `VisibilityTimeout`, in seconds.
    package var visibilityTimeout: Int64 = 0
    /// `DeadLetterTargetArn`; nil when the queue has no redrive.
    package var deadLetterTarget: [UInt8]?
    /// `MaxReceiveCount`.
    package var maxReceiveCount: Int64 = 0
    /// `RedrivePolicy`, the client's JSON text; empty when there is none.
    package var redrivePolicy: [UInt8] = []
  }

  /// The queues in the order of the file, which KUMO sorts by the bytes of their URLs.
  package private(set) var queues: [Queue] = []
  /// What shows which releases can have written the file.
  package private(set) var evidence = WriterEvidence()

  /// Counts the document that `reader` is at the start of; messages are passed over, never held.
  /// - Throws: the JSON reader's error.
  package init(_ reader: JSONReader) throws(JSONError) {
    var file = ServiceFileReader(reader)
    var tape = JSONTape()
    while true {
      switch try file.next() {
      case .member where file.isMember("queues"):
        _ = file.enter()
      case .entry where file.valueToken == .beginObject:
        try readQueue(file.entryKey, reader, &tape)
        file.didReadValue()
      case .end:
        return
      default:
        continue
      }
    }
  }

  private mutating func readQueue(
    _ url: [UInt8], _ reader: JSONReader, _ tape: inout JSONTape
  ) throws(JSONError) {
    let start = url.lastIndex(of: UInt8(ascii: "/")).map { url.index(after: $0) } ?? url.startIndex
    var queue = Queue(url: url, name: Array(url[start...]))
    while try reader.next() == .key {
      let isDescription = try reader.keyNames("queue")
      let isMessages = try reader.keyNames("messages")
      let token = try reader.next()
      if isDescription {
        try reader.capture(into: &tape)
        describe(&queue, tape.root)
      } else if isMessages, token == .beginArray {
        while try reader.next() != .endArray {
          try reader.skipValue()
          queue.messageCount += 1
        }
      } else {
        try reader.skipValue()
      }
    }
    queues.append(queue)
  }

  private mutating func describe(_ queue: inout Queue, _ node: JSONNode) {
    guard node.isObject else { return }
    if let name = node.field("Name")?.string() { queue.name = name }
    queue.isFIFO = node.field("FifoQueue")?.bool() ?? false
    queue.visibilityTimeout = node.field("VisibilityTimeout")?.int64() ?? 0
    queue.maxReceiveCount = node.field("MaxReceiveCount")?.int64() ?? 0
    queue.redrivePolicy = node.text("RedrivePolicy") ?? []
    let target = node.text("DeadLetterTargetArn") ?? []
    queue.deadLetterTarget = target.isEmpty ? nil : target
    evidence.looks(for: .queuePolicy, present: node.field("Policy") != nil)
  }
}
