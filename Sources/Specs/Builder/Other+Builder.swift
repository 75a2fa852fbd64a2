import Documents

extension Secret {
  /// A secret whose value is text. `olderValues` come before it, oldest first.
  public init(
    _ name: String, string: SpecText, olderValues: [SpecText] = [], description: SpecText = "",
    tags: KeyValuePairs<String, SpecValue> = [:], file: StaticString = #fileID, line: Int = #line
  ) {
    self.init(
      name: name, value: .string(string), olderValues: olderValues.map { .string($0) }, description: description,
      tags: tags.map { SpecMember($0.key, $0.value) }, location: SpecLocation(file, line))
  }

  /// A secret whose value is a JSON document.
  public init(
    _ name: String, json: SpecValue, olderValues: [SpecValue] = [], description: SpecText = "",
    tags: KeyValuePairs<String, SpecValue> = [:], file: StaticString = #fileID, line: Int = #line
  ) {
    self.init(
      name: name, value: .json(json), olderValues: olderValues.map { .json($0) }, description: description,
      tags: tags.map { SpecMember($0.key, $0.value) }, location: SpecLocation(file, line))
  }

  /// A secret whose value is bytes.
  public init(
    _ name: String, binary: SpecValue, olderValues: [SpecValue] = [], description: SpecText = "",
    tags: KeyValuePairs<String, SpecValue> = [:], file: StaticString = #fileID, line: Int = #line
  ) {
    self.init(
      name: name, value: .binary(binary), olderValues: olderValues.map { .binary($0) }, description: description,
      tags: tags.map { SpecMember($0.key, $0.value) }, location: SpecLocation(file, line))
  }
}

extension Parameter {
  /// A parameter.
  public init(
    _ name: String, value: SpecText, type: ParameterType = .string, description: SpecText = "",
    tags: KeyValuePairs<String, SpecValue> = [:], file: StaticString = #fileID, line: Int = #line
  ) {
    self.init(
      name: name, value: value, type: type, description: description, tags: tags.map { SpecMember($0.key, $0.value) },
      location: SpecLocation(file, line))
  }
}

extension Topic {
  /// A topic with its subscriptions.
  public init(
    _ name: String, attributes: KeyValuePairs<String, SpecValue> = [:], tags: KeyValuePairs<String, SpecValue> = [:],
    file: StaticString = #fileID, line: Int = #line,
    @EntryBuilder<Subscription> _ subscriptions: () -> [Subscription] = { [] }
  ) {
    self.init(
      name: name, attributes: attributes.map { SpecMember($0.key, $0.value) },
      tags: tags.map { SpecMember($0.key, $0.value) }, subscriptions: subscriptions(),
      location: SpecLocation(file, line))
  }
}

extension Subscription {
  /// A subscription of an endpoint: a URL, an address, an ARN.
  public init(
    _ subscriptionProtocol: String, endpoint: SpecText, attributes: KeyValuePairs<String, SpecValue> = [:],
    raw: Bool = false, file: StaticString = #fileID, line: Int = #line
  ) {
    self.init(
      subscriptionProtocol: subscriptionProtocol, endpoint: .text(endpoint),
      attributes: attributes.map { SpecMember($0.key, $0.value) }, raw: raw, location: SpecLocation(file, line))
  }

  /// A subscription of a queue of the same spec.
  public init(
    queue: String, attributes: KeyValuePairs<String, SpecValue> = [:], raw: Bool = false, file: StaticString = #fileID,
    line: Int = #line
  ) {
    self.init(
      subscriptionProtocol: "sqs", endpoint: .queue(queue), attributes: attributes.map { SpecMember($0.key, $0.value) },
      raw: raw, location: SpecLocation(file, line))
  }
}

/// A document for a service file that no other part makes: `Raw("kms", ["keys": [:], "aliases": [:]])`.
public struct Raw: Sendable {
  let document: RawDocument

  /// The document of `SERVICE.json`, written as given.
  public init(_ service: String, _ value: SpecValue, file: StaticString = #fileID, line: Int = #line) {
    document = RawDocument(service: service, value: value, location: SpecLocation(file, line))
  }
}
