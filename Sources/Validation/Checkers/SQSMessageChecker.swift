import Digests
import Files
import JSONBytes
import KumoState

/// Checks the messages of queues (kumo-format.md 4.2).
struct SQSMessageChecker {
  private let now: GoTime
  private let hasher: MD5Hasher
  /// 64-bit hashes of the ids of all messages of the file.
  private var ids: Set<Int> = []
  /// The first message of the current queue without a group, and how many there are.
  private var ungrouped: (offset: Int, pointer: JSONPointer, count: Int)?
  /// The greatest sequence number in the current queue.
  private var greatest: (number: UInt64, offset: Int)?

  /// Checks messages against a time, in seconds since 1970.
  init(now: Int64) throws(JSONError) {
    self.now = GoTime(seconds: now)
    do {
      hasher = try MD5Hasher()
    } catch {
      throw JSONError(error)
    }
  }

  /// Starts a queue.
  mutating func begin() {
    ungrouped = nil
    greatest = nil
  }

  /// Checks one message, which is not null.
  mutating func check(
    _ message: JSONNode, in reader: SQSReader, into findings: inout FindingCollector
  ) throws(JSONError) {
    guard message.isObject else { return }
    checkAttributes(message, in: reader, into: &findings)
    try checkBody(message, in: reader, into: &findings)
    checkID(message, in: reader, into: &findings)
    checkDelay(message, in: reader, into: &findings)
    if message.text("MessageGroupID")?.isEmpty ?? false {
      ungrouped = ungrouped.map { ($0.offset, $0.pointer, $0.count + 1) } ?? (reader.offset, reader.pointer, 1)
    }
    if let value = message.field("SequenceNumber"), let text = value.string(), !text.isEmpty {
      checkSequence(text, value, in: reader, into: &findings)
    }
  }

  /// Checks what only the whole queue shows: its description and counter may come after its messages.
  func finish(
    queue: SQSQueueChecker?, counter: UInt64, in reader: SQSReader, into findings: inout FindingCollector
  ) {
    if let ungrouped, queue?.isFIFO ?? false {
      let others = ungrouped.count > 1 ? " (and \(ungrouped.count - 1) more of the queue)" : ""
      findings.add(
        .sqsFIFO, at: ungrouped.offset, pointer: ungrouped.pointer,
        "the message of a FIFO queue has no `MessageGroupID`\(others)")
    }
    if let greatest, greatest.number > counter {
      findings.add(
        .sqsSequence, at: greatest.offset, pointer: reader.pointer, fix: "set `sequenceCounter` to \(greatest.number)",
        "`sequenceCounter` is \(counter), and a message has sequence number \(greatest.number)")
    }
  }

  private func checkAttributes(_ message: JSONNode, in reader: SQSReader, into findings: inout FindingCollector) {
    guard let attributes = message.field("Attributes"), !attributes.isNull else {
      let isNull = message.field("Attributes") != nil
      findings.add(
        .sqsAttributes, at: reader.offset, pointer: reader.pointer, "`Attributes` is \(isNull ? "null" : "missing")")
      return
    }
    guard attributes.isObject else { return }
    let names: [StaticString] = ["SentTimestamp", "ApproximateReceiveCount", "ApproximateFirstReceiveTimestamp"]
    for name in names where attributes[name] == nil {
      findings.add(
        .sqsAttributes, at: attributes.offset, pointer: reader.pointer.appending(key: "Attributes".utf8),
        "`Attributes` has no \(name)")
    }
  }

  private func checkBody(
    _ message: JSONNode, in reader: SQSReader, into findings: inout FindingCollector
  ) throws(JSONError) {
    guard let body = message.text("Body"), let stated = message.text("MD5OfBody") else { return }
    let right: MD5Digest
    do {
      hasher.reset()
      hasher.update(body)
      right = try hasher.finalize()
    } catch {
      throw JSONError(error)
    }
    guard stated != right.hexBytes else { return }
    findings.add(
      .sqsMD5, at: message.field("MD5OfBody")?.offset ?? reader.offset,
      pointer: reader.pointer.appending(key: "MD5OfBody".utf8),
      "`MD5OfBody` is \(DisplayName.quote(stated)), and the body's MD5 is \(right.hex)")
  }

  private mutating func checkID(_ message: JSONNode, in reader: SQSReader, into findings: inout FindingCollector) {
    guard let id = message.text("MessageID") else { return }
    let offset = message.field("MessageID")?.offset ?? reader.offset
    if id.isEmpty {
      findings.add(.sqsMessageID, at: offset, pointer: reader.pointer, "the message has no `MessageID`")
    } else if !ids.insert(id.hashValue).inserted {
      findings.add(
        .sqsMessageID, at: offset, pointer: reader.pointer.appending(key: "MessageID".utf8),
        "an earlier message has the id \(DisplayName.quote(id)), too")
    }
  }

  private func checkDelay(_ message: JSONNode, in reader: SQSReader, into findings: inout FindingCollector) {
    guard let value = message.field("VisibleAt"), value.isString else { return }
    let reading = value.withRawBytes { raw in
      GoTime.parse(UnsafeRawBufferPointer(rebasing: raw.dropFirst().dropLast()))
    }
    guard let time = reading.time, time.seconds > now.seconds else { return }
    findings.add(
      .sqsDelayed, at: value.offset, pointer: reader.pointer.appending(key: "VisibleAt".utf8),
      "the message cannot be received before \(DisplayName.quote(value.string() ?? []))")
  }

  private mutating func checkSequence(
    _ text: [UInt8], _ value: JSONNode, in reader: SQSReader, into findings: inout FindingCollector
  ) {
    guard text.allSatisfy({ (48...57).contains($0) }), let number = UInt64(String(decoding: text, as: UTF8.self)) else {
      findings.add(
        .sqsSequence, at: value.offset, pointer: reader.pointer.appending(key: "SequenceNumber".utf8),
        fix: "write the number of the message as decimal text",
        "`SequenceNumber` is \(DisplayName.quote(text)), not a decimal number")
      return
    }
    if number > greatest?.number ?? 0 { greatest = (number, value.offset) }
  }
}
