import Documents

/// An SQS queue. A name that ends with `.fifo` makes it a FIFO queue.
public struct Queue: Sendable, Hashable {
  package var name: String
  package var visibilityTimeout = 30
  package var messageRetention = 345_600
  package var delay = 0
  package var maximumMessageSize = 262_144
  package var receiveWait = 0
  package var contentBasedDeduplication = false
  package var policy: SpecValue?
  package var redrive: Redrive?
  package var tags: [SpecMember] = []
  package var messages: [Message] = []
  package var location: SpecLocation
}

/// Where messages go that were received too often.
public struct Redrive: Sendable, Hashable {
  package var queue: String
  package var maximumReceives: Int
  package var location: SpecLocation
}

/// An SQS message, or many of them if the entry is repeated.
public struct Message: Sendable, Hashable {
  package enum Body: Sendable, Hashable {
    case text(SpecText)
    case json(SpecValue)
  }

  package var body: Body
  package var attributes: [MessageAttribute] = []
  /// Seconds; nil: the queue's.
  package var delay: Int?
  package var group: SpecText?
  package var deduplicationID: SpecText?
  /// When it was sent; nil: at the clock.
  package var sent: SpecValue?
  package var repetition: Repetition = .once
  package var label: String?
  package var location: SpecLocation
}

/// An attribute of a message.
public struct MessageAttribute: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case string(SpecText)
    case number(SpecValue)
    case binary(SpecValue)
  }

  package var name: String
  package var value: Value
}
