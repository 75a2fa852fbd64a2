import Documents

/// A queue and its messages.
package struct ResolvedQueue: Sendable {
  /// Name with the prefix, checked: 1-80 of a-z A-Z 0-9 _ -, and `.fifo` at the end of a FIFO queue's.
  package let name: String
  package let isFIFO: Bool
  /// Seconds, as all durations here.
  package let visibilityTimeout: Int
  package let messageRetention: Int
  package let delay: Int
  /// Bytes.
  package let maximumMessageSize: Int
  package let receiveWait: Int
  package let contentBasedDeduplication: Bool
  /// JSON text, empty if there is none.
  package let policy: [UInt8]
  /// Where messages go that were received too often. The queue exists in this fixture.
  package let redrive: ResolvedRedrive?
  package let tags: [ResolvedTag]
  package let created: Instant
  package let location: SpecLocation
  /// Walks the messages; see `forEachMessage`.
  package let messages: @Sendable (_ body: (ResolvedMessage) throws -> Void) throws -> Void

  /// Calls the body with each message in delivery order. Throws `SpecError` for a FIFO message without a group or a
  /// message that is too long, and whatever the body throws.
  package func forEachMessage(_ body: (ResolvedMessage) throws -> Void) throws {
    try messages(body)
  }
}

/// A redrive policy.
package struct ResolvedRedrive: Sendable {
  /// Name of the dead-letter queue with the prefix.
  package let queue: String
  package let maximumReceives: Int
}

/// One message.
package struct ResolvedMessage: Sendable {
  /// UUID version 4, derived.
  package let id: String
  package let body: [UInt8]
  /// Sorted by bytes of the name.
  package let attributes: [ResolvedMessageAttribute]
  package let sent: Instant
  /// Seconds after `sent` at which the message becomes visible; the queue's delay where the message gives none.
  package let delay: Int
  /// FIFO only.
  package let group: [UInt8]?
  /// FIFO only. Nil if the spec gives none, which the queue's content-based deduplication allows.
  package let deduplicationID: [UInt8]?
  package let location: SpecLocation
}

/// A message attribute.
package struct ResolvedMessageAttribute: Sendable, Hashable {
  /// What the attribute holds.
  package enum Value: Sendable, Hashable {
    case string([UInt8])
    /// Number text, data type `Number`.
    case number([UInt8])
    case binary([UInt8])
  }

  package let name: [UInt8]
  package let value: Value

  /// `String`, `Number` or `Binary`.
  package var dataType: String {
    switch value {
    case .string: "String"
    case .number: "Number"
    case .binary: "Binary"
    }
  }
}
