import Files
import JSONBytes
import KumoState

/// Checks `sqs.json` (kumo-format.md 4): queues, redrives, messages.
///
/// Memory is one record at a time, a few hundred bytes for each queue, and 16 bytes for each message (a 64-bit hash of
/// its id).
struct SQSChecker: FileRuleChecker {
  let service = "sqs"

  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError) {
    var reader = SQSReader(try file.reader())
    var queues = SQSQueueIndex()
    var messages = try SQSMessageChecker(now: file.now)
    var queue: SQSQueueChecker?
    var hasDescription = false
    var counter: UInt64 = 0
    while true {
      switch try reader.next() {
      case .beginQueue:
        queues.add(path: reader.queueKey, in: reader, into: &findings)
        messages.begin()
        (queue, hasDescription, counter) = (nil, false, 0)
      case .noQueue(let isNull):
        if isNull { reportNull("the queue is null", in: reader, into: &findings) }
      case .description:
        hasDescription = true
        if reader.tape.root.isNull { reportNull("`queue` is null", in: reader, into: &findings) }
        queue = SQSQueueChecker(reader.tape.root, mapKey: reader.queueKey, pointer: reader.pointer)
        queue?.check(into: &findings)
        if let queue { queues.add(queue) }
      case .message:
        if reader.tape.root.isNull {
          reportNull("message \(reader.messageIndex) is null", in: reader, into: &findings)
        } else {
          try messages.check(reader.tape.root, in: reader, into: &findings)
        }
      case .sequenceCounter:
        counter = reader.sequenceCounter ?? 0
      case .noMessages:
        continue
      case .endQueue:
        if !hasDescription { reportNull("the entry has no `queue`", in: reader, into: &findings) }
        messages.finish(queue: queue, counter: counter, in: reader, into: &findings)
        checkRestored(reader, file, into: &findings)
      case .end:
        queues.checkTargets(into: &findings)
        return
      }
    }
  }

  /// v0.18 and v0.19 cannot deliver from a queue that was loaded (kumo-format.md 4.2). Where nobody asked for them, one
  /// note for the file says so.
  private func checkRestored(_ reader: SQSReader, _ file: ServiceFile, into findings: inout FindingCollector) {
    guard reader.messageIndex >= 0, file.targetsAreExplicit || !findings.has(.sqsRestored),
      let target = file.targets.last(where: { $0.persists && !$0.has(.restoredQueuesWork) })
    else { return }
    let count = reader.messageIndex + 1
    findings.add(
      .sqsRestored, at: reader.offset, pointer: reader.pointer, severity: file.targetsAreExplicit ? nil : .note,
      "the queue holds \(count == 1 ? "a message" : "\(count) messages"), and \(target) panics on every receive from it"
    )
  }

  private func reportNull(_ what: String, in reader: SQSReader, into findings: inout FindingCollector) {
    findings.add(
      .nullEntry, at: reader.offset, pointer: reader.pointer,
      "\(what) (\(DisplayName.quote(reader.queueKey))): every request that meets it panics")
  }
}

/// What has to be known of all queues together.
struct SQSQueueIndex {
  private var paths: [[UInt8]: Int] = [:]
  private var arns: Set<[UInt8]> = []
  private var redrives: [SQSQueueChecker] = []

  /// Notes a queue's URL, and reports it when an earlier one has the same path: KUMO looks up by path alone.
  mutating func add(path url: [UInt8], in reader: SQSReader, into findings: inout FindingCollector) {
    let path = SQSQueueIndex.path(ofURL: url)
    if let other = paths.updateValue(reader.offset, forKey: path) {
      paths[path] = other
      findings.add(
        .sqsQueuePath, at: reader.offset, pointer: reader.pointer,
        "the URL path \(DisplayName.quote(path)) is that of the queue at byte \(other), too")
    }
  }

  /// Notes a queue's ARN and redrive.
  mutating func add(_ queue: SQSQueueChecker) {
    if let arn = queue.arn { arns.insert(arn) }
    if queue.target != nil { redrives.append(queue) }
  }

  /// Reports redrives whose target is not in the file.
  func checkTargets(into findings: inout FindingCollector) {
    for queue in redrives {
      guard let target = queue.target, !arns.contains(target) else { continue }
      findings.add(
        .sqsRedriveTarget, at: queue.targetOffset,
        pointer: queue.pointer.appending(key: "DeadLetterTargetArn".utf8),
        "no queue of the file has the ARN \(DisplayName.quote(target))")
    }
  }

  /// What follows scheme and host.
  static func path(ofURL url: [UInt8]) -> [UInt8] {
    let slash = UInt8(ascii: "/")
    guard let colon = url.firstIndex(of: UInt8(ascii: ":")), url[colon...].starts(with: "://".utf8) else { return url }
    let host = url[(colon + 3)...]
    return Array(host[(host.firstIndex(of: slash) ?? host.endIndex)...])
  }
}
