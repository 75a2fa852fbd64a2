import Files
import JSONBytes
import KumoState

/// A queue without its messages.
public struct QueueInfo: Sendable, Equatable {
  /// The queue's name.
  public let name: String
  /// Whether it is a FIFO queue.
  public let isFIFO: Bool
}

extension DirectoryView {
  /// The queues, in the order of the file. Empty when there is no `sqs.json`.
  public func queues() throws -> [QueueInfo] {
    guard try directory.status(Self.queuesFile) != nil else { return [] }
    return try queueNames().map { QueueInfo(name: String(decoding: $0, as: UTF8.self), isFIFO: Self.isFIFO($0)) }
  }

  /// Hands out the messages of a queue in the order in which KUMO delivers them.
  ///
  /// - Throws: `StepError` when there is no such queue; what the closure throws.
  public func forEachMessage(in queue: String, _ body: (Message) throws -> Void) throws {
    let wanted = Array(queue.utf8)
    var names: [[UInt8]] = []
    try read(Self.queuesFile) { reader in
      var records = SQSReader(reader)
      while true {
        switch try records.next() {
        case .end: return
        case .beginQueue: names.append(Self.name(ofQueueAt: records.queueKey))
        case .message where Self.name(ofQueueAt: records.queueKey) == wanted && records.tape.root.isObject:
          try checkpoint()
          try body(Message(node: records.tape.root))
        default: continue
        }
      }
    }
    if !names.contains(wanted) { throw Self.absent("queue", wanted, among: names) }
  }

  /// Hands out the messages of a queue to be changed or removed.
  ///
  /// - Parameter adding: called after the last message for messages to be added. They count as sent when the queue
  ///   was made, so that nothing in the directory depends on today's date; in a FIFO queue they get the next sequence
  ///   numbers.
  /// - Throws: `StepError` when there is no such queue; what the closures throw.
  public func updateMessages(
    in queue: String, adding: () throws -> [Message] = { [] }, _ body: (inout Message) throws -> RecordFate
  ) throws {
    let wanted = Array(queue.utf8)
    var names: [[UInt8]] = []
    var counter: UInt64 = 0
    var added: UInt64 = 0
    var created = GoTime.parse(Array("2000-01-01T00:00:00Z".utf8)).time
    if Self.isFIFO(wanted) { counter = try sequenceCounter(of: wanted) }
    try rewrite(Self.queuesFile) { source, target in
      try SQSRewriter.rewrite(source: source, target: target) { key, record in
        guard Self.name(ofQueueAt: key) == wanted else {
          if case .queue(let other) = record { names.append(Self.name(ofQueueAt: other)) }
          return .keep
        }
        switch record {
        case .queue: names.append(wanted)
        case .description(let node):
          if let text = node.text("CreatedTimestamp"), let time = GoTime.parse(text).time { created = time }
        case .message(let node, _) where node.isObject:
          try self.checkpoint()
          var message = Message(node: node)
          if try body(&message) == .remove { return .remove }
          if let json = try message.changed() { return .replace(key: nil, value: json) }
        case .endOfMessages:
          guard let created else { return .keep }
          return .append(
            try adding().map {
              added += 1
              let number = Self.isFIFO(wanted) ? counter + added : nil
              return RewriteEntry(key: [], value: try $0.written(sent: created, sequenceNumber: number))
            })
        case .sequenceCounter where added > 0 && Self.isFIFO(wanted):
          return .replace(key: nil, value: Array(String(counter + added).utf8))
        default: break
        }
        return .keep
      }
    }
    if !names.contains(wanted) { throw Self.absent("queue", wanted, among: names) }
    touched.merge("sqs", [wanted])
  }

  /// Adds messages at the end of a queue.
  ///
  /// - Throws: as `updateMessages`.
  public func addMessages(to queue: String, _ messages: [Message]) throws {
    try updateMessages(in: queue, adding: { messages }) { _ in .keep }
  }

  // MARK: Names

  /// A queue's name: the last part of its URL.
  static func name(ofQueueAt url: [UInt8]) -> [UInt8] {
    url.lastIndex(of: UInt8(ascii: "/")).map { Array(url[($0 + 1)...]) } ?? url
  }

  static func isFIFO(_ name: [UInt8]) -> Bool { name.suffix(5).elementsEqual(".fifo".utf8) }

  func queueNames() throws -> [[UInt8]] {
    try read(Self.queuesFile) { reader in
      var records = SQSReader(reader)
      var names: [[UInt8]] = []
      while true {
        switch try records.next() {
        case .end: return names
        case .beginQueue: names.append(Self.name(ofQueueAt: records.queueKey))
        default: continue
        }
      }
    }
  }

  /// The greatest sequence number that a queue has given out.
  private func sequenceCounter(of queue: [UInt8]) throws -> UInt64 {
    try read(Self.queuesFile) { reader in
      var records = SQSReader(reader)
      var greatest: UInt64 = 0
      while true {
        switch try records.next() {
        case .end: return greatest
        case .sequenceCounter where Self.name(ofQueueAt: records.queueKey) == queue:
          greatest = max(greatest, records.sequenceCounter ?? 0)
        default: continue
        }
      }
    }
  }
}
