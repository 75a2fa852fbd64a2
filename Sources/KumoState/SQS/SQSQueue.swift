import JSONBytes

/// A queue of `sqs.json` without its messages (kumo-format.md 4.1).
package struct SQSQueue: Sendable, Equatable {
  /// Where KUMO moves a message that was received too often.
  package struct Redrive: Sendable, Equatable {
    /// The dead-letter queue's name.
    package var deadLetterQueue: [UInt8]
    /// After how many receives.
    package var maxReceiveCount: Int

    /// Describes a redrive.
    package init(deadLetterQueue: [UInt8], maxReceiveCount: Int) {
      self.deadLetterQueue = deadLetterQueue
      self.maxReceiveCount = maxReceiveCount
    }
  }

  /// The queue's name; a FIFO queue's ends with `.fifo`.
  package var name: [UInt8]
  /// Tags, written sorted by bytes; nil writes `null` as KUMO does for a queue without tags.
  package var tags: [NamedText]?
  /// When the queue was made.
  package var created: GoTime
  /// Seconds for which a received message is hidden.
  package var visibilityTimeout = 30
  /// Seconds for which AWS would keep a message; KUMO never enforces it.
  package var messageRetentionPeriod = 345_600
  /// Seconds by which a new message is delayed.
  package var delaySeconds = 0
  /// Bytes that a message may have.
  package var maxMessageSize = 262_144
  /// Seconds for which a receive waits.
  package var receiveWaitTimeSeconds = 0
  /// Whether equal bodies are one message within five minutes (FIFO).
  package var contentBasedDeduplication = false
  /// The access policy's JSON text.
  package var policy: [UInt8] = []
  /// Where failed messages go.
  package var redrive: Redrive?

  /// Describes a queue; everything that has a default is a variable.
  package init(name: [UInt8], created: GoTime) {
    self.name = name
    self.created = created
  }

  /// Queue URLs start with this constant in every release, whatever port the server has (kumo-format.md 4).
  package static let urlBase: StaticString = "http://localhost:4566/000000000000/"
  /// The region in a queue's ARN is fixed.
  package static let arnBase: StaticString = "arn:aws:sqs:us-east-1:000000000000:"

  /// The queue's URL, which is also its key in the file.
  package var url: [UInt8] { Self.bytes(of: Self.urlBase) + name }
  /// The queue's ARN.
  package var arn: [UInt8] { Self.arn(ofQueueNamed: name) }
  /// Whether the name makes it a FIFO queue.
  package var isFIFO: Bool { name.suffix(5).elementsEqual(".fifo".utf8) }

  /// The ARN of the queue of that name.
  package static func arn(ofQueueNamed name: [UInt8]) -> [UInt8] { bytes(of: arnBase) + name }

  private static func bytes(of text: StaticString) -> [UInt8] { text.withUTF8Buffer { Array($0) } }
}

extension SQSQueue {
  /// Writes the `queue` object with every field, in KUMO's order.
  ///
  /// `maxReceiveCount` is written as text inside `RedrivePolicy`: v0.18 reads only that (kumo-format.md 4.1).
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("Name", name)
    writer.member("URL", url)
    writer.member("ARN", arn)
    writer.key("Tags")
    writer.stringMap(tags)
    writer.member("CreatedTimestamp", created.formatted)
    writer.member("LastModifiedTimestamp", created.formatted)
    for (key, value) in [
      ("VisibilityTimeout", visibilityTimeout), ("MessageRetentionPeriod", messageRetentionPeriod),
      ("DelaySeconds", delaySeconds), ("MaxMessageSize", maxMessageSize),
      ("ReceiveWaitTimeSeconds", receiveWaitTimeSeconds),
    ] as [(StaticString, Int)] {
      writer.key(key)
      writer.int(Int64(value))
    }
    writer.key("FifoQueue")
    writer.bool(isFIFO)
    writer.key("ContentBasedDeduplication")
    writer.bool(contentBasedDeduplication)
    writer.member("Policy", policy)
    writer.member("RedrivePolicy", redrivePolicy)
    writer.key("MaxReceiveCount")
    writer.int(Int64(redrive?.maxReceiveCount ?? 0))
    writer.member("DeadLetterTargetArn", redrive.map { Self.arn(ofQueueNamed: $0.deadLetterQueue) } ?? [])
    writer.endObject()
  }

  private var redrivePolicy: [UInt8] {
    guard let redrive else { return [] }
    var policy = JSONWriter(style: .compact)
    policy.beginObject()
    policy.member("deadLetterTargetArn", Self.arn(ofQueueNamed: redrive.deadLetterQueue))
    policy.member("maxReceiveCount", Array(String(redrive.maxReceiveCount).utf8))
    policy.endObject()
    return policy.bytes
  }
}
