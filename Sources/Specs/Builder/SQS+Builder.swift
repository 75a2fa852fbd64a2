import Documents

extension Queue {
  /// A queue with its messages. Durations are seconds, the size is bytes.
  public init(
    _ name: String, visibilityTimeout: Int = 30, messageRetention: Int = 345_600, delay: Int = 0,
    maximumMessageSize: Int = 262_144, receiveWait: Int = 0, contentBasedDeduplication: Bool = false,
    policy: SpecValue? = nil, redrive: Redrive? = nil, tags: KeyValuePairs<String, SpecValue> = [:],
    file: StaticString = #fileID, line: Int = #line, @EntryBuilder<Message> _ messages: () -> [Message] = { [] }
  ) {
    self.init(
      name: name, visibilityTimeout: visibilityTimeout, messageRetention: messageRetention, delay: delay,
      maximumMessageSize: maximumMessageSize, receiveWait: receiveWait,
      contentBasedDeduplication: contentBasedDeduplication, policy: policy, redrive: redrive,
      tags: tags.map { SpecMember($0.key, $0.value) }, messages: messages(), location: SpecLocation(file, line))
  }
}

extension Redrive {
  /// Messages received more than `maximumReceives` times go to another queue of the spec.
  public init(to queue: String, maximumReceives: Int, file: StaticString = #fileID, line: Int = #line) {
    self.init(queue: queue, maximumReceives: maximumReceives, location: SpecLocation(file, line))
  }
}

extension Message {
  /// A message with a text body.
  public init(
    _ body: SpecText, attributes: [MessageAttribute] = [], delay: Int? = nil, group: SpecText? = nil,
    deduplicationID: SpecText? = nil, sent: SpecValue? = nil, label: String? = nil, file: StaticString = #fileID,
    line: Int = #line
  ) {
    self.init(
      body: .text(body), attributes: attributes, delay: delay, group: group, deduplicationID: deduplicationID,
      sent: sent,
      label: label, location: SpecLocation(file, line))
  }

  /// A message whose body is a JSON document.
  public init(
    json: SpecValue, attributes: [MessageAttribute] = [], delay: Int? = nil, group: SpecText? = nil,
    deduplicationID: SpecText? = nil, sent: SpecValue? = nil, label: String? = nil, file: StaticString = #fileID,
    line: Int = #line
  ) {
    self.init(
      body: .json(json), attributes: attributes, delay: delay, group: group, deduplicationID: deduplicationID,
      sent: sent,
      label: label, location: SpecLocation(file, line))
  }

  func repeated(_ repetition: Repetition) -> Message {
    var copy = self
    copy.repetition = repetition
    return copy
  }
}

extension MessageAttribute {
  /// An attribute of type String.
  public static func string(_ name: String, _ value: SpecText) -> MessageAttribute {
    MessageAttribute(name: name, value: .string(value))
  }

  /// An attribute of type Number.
  public static func number(_ name: String, _ value: SpecValue) -> MessageAttribute {
    MessageAttribute(name: name, value: .number(value))
  }

  /// An attribute of type Binary.
  public static func binary(_ name: String, _ value: SpecValue) -> MessageAttribute {
    MessageAttribute(name: name, value: .binary(value))
  }
}

/// Messages that are written once for each row.
public typealias Messages = Repeated<Message>

extension Repeated where Entry == Message {
  /// Messages that are written `count` times.
  public init(count: Int, @EntryBuilder<Message> _ content: (SpecRow) -> [Message]) {
    self.init(entries: content(SpecRow()).map { $0.repeated(.count(count)) })
  }

  /// Messages that are written once for each row of a data set.
  public init(forEach set: DataSet, @EntryBuilder<Message> _ content: (SpecRow) -> [Message]) {
    self.init(entries: content(SpecRow()).map { $0.repeated(.rows(of: set.name)) })
  }
}
