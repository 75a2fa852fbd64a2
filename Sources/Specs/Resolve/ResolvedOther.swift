import Documents

/// A Secrets Manager secret.
package struct ResolvedSecret: Sendable {
  /// Name with the prefix.
  package let name: String
  package let description: [UInt8]
  /// Six hex digits, derived, for the end of the ARN.
  package let arnSuffix: String
  /// Oldest first, at least one; the last is AWSCURRENT, the one before it AWSPREVIOUS.
  package let versions: [ResolvedSecretVersion]
  package let tags: [ResolvedTag]
  package let created: Instant
  package let location: SpecLocation
}

/// One version of a secret.
package struct ResolvedSecretVersion: Sendable {
  /// What the version holds.
  package enum Value: Sendable, Hashable {
    case string([UInt8])
    case binary([UInt8])
  }

  /// UUID version 4, derived.
  package let id: String
  package let value: Value
  package let created: Instant
}

/// An SSM parameter.
package struct ResolvedParameter: Sendable {
  /// Name with the prefix.
  package let name: String
  package let value: [UInt8]
  package let type: ParameterType
  package let description: [UInt8]
  package let tags: [ResolvedTag]
  package let lastModified: Instant
  package let location: SpecLocation
}

/// An SNS topic.
package struct ResolvedTopic: Sendable {
  /// Name with the prefix; ends with `.fifo` for a FIFO topic.
  package let name: String
  /// Further attributes, in the spec's order.
  package let attributes: [ResolvedTag]
  package let tags: [ResolvedTag]
  package let subscriptions: [ResolvedSubscription]
  package let created: Instant
  package let location: SpecLocation

  /// True for a FIFO topic.
  package var isFIFO: Bool { name.utf8.suffix(5).elementsEqual(".fifo".utf8) }
}

/// A subscription of a topic.
package struct ResolvedSubscription: Sendable {
  /// Where messages go.
  package enum Endpoint: Sendable, Hashable {
    case text([UInt8])
    /// A queue of this fixture: its name with the prefix. The endpoint is its ARN.
    case queue(String)
  }

  /// UUID version 4, derived: the last part of the subscription's ARN.
  package let id: String
  /// `sqs`, `https`, `email`, …
  package let subscriptionProtocol: String
  package let endpoint: Endpoint
  package let attributes: [ResolvedTag]
  /// RawMessageDelivery.
  package let raw: Bool
  package let location: SpecLocation
}
