import Documents

/// A Secrets Manager secret.
public struct Secret: Sendable, Hashable {
  package enum Value: Sendable, Hashable {
    case string(SpecText)
    case json(SpecValue)
    case binary(SpecValue)
  }

  package var name: String
  package var value: Value
  /// Older values, oldest first.
  package var olderValues: [Value]
  package var description: SpecText
  package var tags: [SpecMember]
  package var location: SpecLocation
}

/// An SSM parameter.
public struct Parameter: Sendable, Hashable {
  package var name: String
  package var value: SpecText
  package var type: ParameterType
  package var description: SpecText
  package var tags: [SpecMember]
  package var location: SpecLocation
}

/// An SNS topic. A name that ends with `.fifo` makes it a FIFO topic.
public struct Topic: Sendable, Hashable {
  package var name: String
  package var attributes: [SpecMember]
  package var tags: [SpecMember]
  package var subscriptions: [Subscription]
  package var location: SpecLocation
}

/// A subscription of a topic.
public struct Subscription: Sendable, Hashable {
  package enum Endpoint: Sendable, Hashable {
    case text(SpecText)
    /// A queue of the same spec, by its name without the prefix.
    case queue(String)
  }

  package var subscriptionProtocol: String
  package var endpoint: Endpoint
  package var attributes: [SpecMember]
  package var raw: Bool
  package var location: SpecLocation
}

/// A document for a service file that no section of the spec makes.
package struct RawDocument: Sendable, Hashable {
  package var service: String
  package var value: SpecValue
  package var location: SpecLocation
}
