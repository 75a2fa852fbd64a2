import Files
import JSONBytes
import KumoState

/// Checks what a queue's description says about itself (kumo-format.md 4, 4.1).
struct SQSQueueChecker {
  private static let urlBase = Array("http://localhost:4566/000000000000/".utf8)
  private static let arnBase = Array("arn:aws:sqs:us-east-1:000000000000:".utf8)

  private let node: JSONNode
  private let mapKey: [UInt8]
  private let name: [UInt8]
  /// The description's place.
  let pointer: JSONPointer
  /// `ARN`, nil when it is no string.
  let arn: [UInt8]?
  /// Whether `FifoQueue` is true.
  let isFIFO: Bool
  /// `DeadLetterTargetArn`; nil when it is empty.
  let target: [UInt8]?
  /// Byte offset of `DeadLetterTargetArn`.
  let targetOffset: Int

  /// Reads a queue's `queue` member; nil when it is not an object.
  init?(_ node: JSONNode, mapKey: [UInt8], pointer: JSONPointer) {
    guard node.isObject else { return nil }
    self.node = node
    self.mapKey = mapKey
    self.pointer = pointer
    name = node.text("Name") ?? []
    arn = node.field("ARN")?.string()
    isFIFO = node.field("FifoQueue")?.bool() ?? false
    let target = node.text("DeadLetterTargetArn") ?? []
    self.target = target.isEmpty ? nil : target
    targetOffset = node.field("DeadLetterTargetArn")?.offset ?? node.offset
  }

  /// Checks everything that needs no other queue.
  func check(into findings: inout FindingCollector) {
    checkNames(into: &findings)
    checkVisibility(into: &findings)
    let hasSuffix = name.hasSuffix(Array(".fifo".utf8))
    if hasSuffix != isFIFO {
      report(
        .sqsFIFO, "FifoQueue", &findings,
        "`FifoQueue` is \(isFIFO), and the name \(DisplayName.quote(name)) \(hasSuffix ? "ends" : "does not end") in .fifo"
      )
    }
    checkRedrive(into: &findings)
  }

  private func checkNames(into findings: inout FindingCollector) {
    let url = SQSQueueChecker.urlBase + name
    if mapKey != url {
      report(
        .sqsQueueURL, "Name", &findings,
        "queue \(DisplayName.quote(name)) stands under \(DisplayName.quote(mapKey)), not \(DisplayName.quote(url))")
    } else if let found = node.text("URL"), found != mapKey {
      report(.sqsQueueURL, "URL", &findings, "`URL` is \(DisplayName.quote(found)), not the queue's map key")
    }
    let right = SQSQueueChecker.arnBase + name
    if let found = node.text("ARN"), found != right {
      report(
        .sqsQueueARN, "ARN", &findings, "`ARN` is \(DisplayName.quote(found)), not \(DisplayName.quote(right))")
    }
  }

  private func checkVisibility(into findings: inout FindingCollector) {
    guard let value = node.field("VisibilityTimeout"), !value.isNull else {
      report(.sqsVisibility, "VisibilityTimeout", &findings, "`VisibilityTimeout` is missing, which means 0")
      return
    }
    guard let seconds = value.int64(), seconds <= 0 else { return }
    report(.sqsVisibility, "VisibilityTimeout", &findings, "`VisibilityTimeout` is \(seconds)")
  }

  private func checkRedrive(into findings: inout FindingCollector) {
    guard let policy = node.text("RedrivePolicy") else { return }
    let count = node.field("MaxReceiveCount")?.int64() ?? 0
    guard !policy.isEmpty else {
      guard target != nil || count != 0 else { return }
      report(
        .sqsRedrive, "RedrivePolicy", &findings,
        "`RedrivePolicy` is empty, and `MaxReceiveCount` and `DeadLetterTargetArn` name a redrive that KUMO acts on")
      return
    }
    guard let wanted = RedrivePolicy(policy) else {
      report(.sqsRedrive, "RedrivePolicy", &findings, "`RedrivePolicy` is not a JSON object that names a redrive")
      return
    }
    if wanted.target == target ?? [], wanted.count == count { return }
    // v0.18 itself leaves both fields empty when a client sent the count as a number.
    let isLeftOff = wanted.isNumeric && target == nil && count == 0
    report(
      .sqsRedrive, "RedrivePolicy", &findings, severity: isLeftOff ? .warning : nil,
      isLeftOff
        ? "`RedrivePolicy` names a redrive that is off: `MaxReceiveCount` and `DeadLetterTargetArn` are empty"
        : "`RedrivePolicy` says \(wanted.count) receives and \(DisplayName.quote(wanted.target)), the fields KUMO acts on "
          + "say \(count) and \(DisplayName.quote(target ?? []))")
  }

  private func report(
    _ rule: Rule, _ field: StaticString, _ findings: inout FindingCollector, severity: Severity? = nil,
    _ what: @autoclosure () -> String
  ) {
    let name = field.withUTF8Buffer { Array($0) }
    let value = node.field(field)
    findings.add(
      rule, at: value?.offset ?? node.offset, pointer: value == nil ? pointer : pointer.appending(key: name),
      severity: severity, what())
  }
}

/// What the JSON text of a `RedrivePolicy` says (kumo-format.md 4.1).
struct RedrivePolicy {
  /// `deadLetterTargetArn`.
  let target: [UInt8]
  /// `maxReceiveCount`; 0 when it is missing.
  let count: Int64
  /// Whether the count is a JSON number, which v0.18 does not read.
  let isNumeric: Bool

  /// Reads the text as KUMO does; nil when KUMO cannot.
  init?(_ text: [UInt8]) {
    var options = JSONReader.Options()
    options.duplicateKeys = .allow
    guard let tape = try? JSONTape(parsing: text, options: options), tape.root.isObject else { return nil }
    target = tape.root.text("deadLetterTargetArn") ?? []
    let value = tape.root.field("maxReceiveCount")
    isNumeric = value?.isNumber ?? false
    if let value, !value.isNull {
      guard let number = value.int64() ?? value.string().flatMap(GoInteger.parse) else { return nil }
      count = number
    } else {
      count = 0
    }
  }
}
