import Files
import JSONBytes
import KumoState

/// The attributes of a queue that a step can change. Nil leaves one as it is.
public struct QueueChange: Sendable, Equatable {
  /// Seconds for which a received message is hidden.
  public var visibilityTimeout: Int?
  /// Seconds for which AWS would keep a message; KUMO never enforces it.
  public var messageRetentionPeriod: Int?
  /// Seconds by which a new message is delayed.
  public var delaySeconds: Int?
  /// Bytes that a message may have.
  public var maxMessageSize: Int?
  /// Seconds for which a receive waits.
  public var receiveWaitTimeSeconds: Int?
  /// Whether equal bodies are one message, in a FIFO queue.
  public var contentBasedDeduplication: Bool?
  /// Where failed messages go.
  public var redrive: Redrive?

  /// Where failed messages go.
  public enum Redrive: Sendable, Equatable {
    /// Nowhere.
    case off
    /// Into a queue of the same file, after so many receives.
    case to(queue: String, maxReceiveCount: Int)
  }

  /// Changes nothing.
  public init() {}
}

extension DirectoryView {
  /// Changes the attributes of a queue.
  ///
  /// - Parameter old: what they must be now.
  /// - Throws: `StepError` when there is no such queue, no such dead-letter queue, or an attribute is not what it
  ///   must be.
  public func updateQueue(_ name: String, _ change: QueueChange, expecting old: QueueChange = QueueChange()) throws {
    let wanted = Array(name.utf8)
    let names = try queueNames()
    guard names.contains(wanted) else { throw Self.absent("queue", wanted, among: names) }
    if case .to(let target, _) = change.redrive, !names.contains(Array(target.utf8)) {
      throw Self.absent("queue", Array(target.utf8), among: names)
    }
    try rewrite(Self.queuesFile) { source, target in
      try SQSRewriter.rewrite(source: source, target: target) { key, record in
        guard Self.name(ofQueueAt: key) == wanted, case .description(let node) = record else { return .keep }
        // The policy's text is the client's own and may say the same in other words.
        for (field, value) in old.fields where field.utf8CodeUnitCount != "RedrivePolicy".utf8.count {
          guard node.field(field)?.rawBytes != value else { continue }
          throw StepError(
            "\(field) of queue '\(Printable.text(wanted))' is not \(String(decoding: value, as: UTF8.self)), as the step expects",
            hint: "look at it with: inspect DIR; correct 'from' in the step")
        }
        var edit = ObjectEdit()
        for (field, value) in change.fields { edit.set(node.actualName(of: field), to: value) }
        return edit.isEmpty ? .keep : .replace(key: nil, value: edit.apply(to: node))
      }
    }
    touched.merge("sqs", [wanted])
  }

  /// Gives a queue another name: its map key, `URL`, `Name` and `ARN`, and what other queues say of it in their
  /// redrive, change together, and, unless told otherwise, references to it in other services.
  ///
  /// - Throws: `StepError` when there is no such queue, the new name is taken, or only one of the names ends with
  ///   `.fifo`.
  public func renameQueue(_ name: String, to newName: String, references: ReferencePolicy = .rewrite) throws {
    let old = Array(name.utf8)
    let new = Array(newName.utf8)
    let names = try queueNames()
    guard names.contains(old) else { throw Self.absent("queue", old, among: names) }
    guard !names.contains(new) else {
      throw StepError(
        "there is a queue '\(Printable.text(new))' already, so '\(Printable.text(old))' cannot be called so")
    }
    guard Self.isFIFO(old) == Self.isFIFO(new) else {
      throw StepError(
        "'\(Printable.text(old))' cannot be called '\(Printable.text(new))': names that end with .fifo, and only they, are those "
          + "of FIFO queues")
    }
    var renamed: [Reference] = [Reference(from: SQSQueue.arn(ofQueueNamed: old), to: SQSQueue.arn(ofQueueNamed: new))]
    var changed: Set<[UInt8]> = [old, new]
    try rewrite(Self.queuesFile) { source, target in
      try SQSRewriter.rewrite(source: source, target: target) { key, record in
        let isRenamed = Self.name(ofQueueAt: key) == old
        switch record {
        case .queue(let key) where isRenamed:
          let url = Array(key.dropLast(old.count)) + new
          renamed.append(Reference(from: key, to: url))
          return .replace(key: url, value: nil)
        case .description(let node):
          var edit = ObjectEdit()
          if isRenamed {
            edit.set(node.actualName(of: "Name"), to: JSONText.string(new))
            edit.set(node.actualName(of: "URL"), to: JSONText.string(Array(key.dropLast(old.count)) + new))
            edit.set(node.actualName(of: "ARN"), to: JSONText.string(renamed[0].to))
          }
          Self.renameRedrive(of: node, renamed[0], in: &edit)
          if edit.isEmpty { return .keep }
          changed.insert(Self.name(ofQueueAt: key))
          return .replace(key: nil, value: edit.apply(to: node))
        default: return .keep
        }
      }
    }
    touched.merge("sqs", changed)
    try rewriteReferences(renamed, references)
  }

  /// KUMO's redrive goes by `DeadLetterTargetArn`; `RedrivePolicy` echoes the client's text and must agree
  /// (kumo-format.md 4.1).
  private static func renameRedrive(of node: JSONNode, _ reference: Reference, in edit: inout ObjectEdit) {
    guard let arn = node.text("DeadLetterTargetArn"), arn == reference.from else { return }
    edit.set(node.actualName(of: "DeadLetterTargetArn"), to: JSONText.string(reference.to))
    guard let policy = node.text("RedrivePolicy"),
      let target = (try? JSONTape(parsing: policy))?.root["deadLetterTargetArn"], target.stringEquals(reference.from)
    else { return }
    let range = target.range
    let text = policy[..<range.lowerBound] + JSONText.string(reference.to) + policy[range.upperBound...]
    edit.set(node.actualName(of: "RedrivePolicy"), to: JSONText.string(Array(text)))
  }
}

extension QueueChange {
  /// The fields of the description that change, as JSON.
  fileprivate var fields: [(field: StaticString, json: [UInt8])] {
    var fields: [(field: StaticString, json: [UInt8])] = []
    for (field, value) in [
      ("VisibilityTimeout", visibilityTimeout), ("MessageRetentionPeriod", messageRetentionPeriod),
      ("DelaySeconds", delaySeconds), ("MaxMessageSize", maxMessageSize),
      ("ReceiveWaitTimeSeconds", receiveWaitTimeSeconds),
    ] as [(StaticString, Int?)] {
      if let value { fields.append((field, Array(String(value).utf8))) }
    }
    if let flag = contentBasedDeduplication {
      fields.append(("ContentBasedDeduplication", Array((flag ? "true" : "false").utf8)))
    }
    switch redrive {
    case nil: break
    case .off:
      fields += [
        ("RedrivePolicy", Array("\"\"".utf8)), ("MaxReceiveCount", Array("0".utf8)),
        ("DeadLetterTargetArn", Array("\"\"".utf8)),
      ]
    case .to(let queue, let count):
      let arn = SQSQueue.arn(ofQueueNamed: Array(queue.utf8))
      var policy = JSONWriter(style: .compact)
      policy.beginObject()
      policy.member("deadLetterTargetArn", arn)
      // As text: v0.18 reads no number there.
      policy.member("maxReceiveCount", Array(String(count).utf8))
      policy.endObject()
      fields += [
        ("RedrivePolicy", JSONText.string(policy.bytes)), ("MaxReceiveCount", Array(String(count).utf8)),
        ("DeadLetterTargetArn", JSONText.string(arn)),
      ]
    }
    return fields
  }
}
