import JSONBytes
import KumoState

/// Makes the changes that a program's answers ask for.
struct RecordChanges {
  private let records: ExecOperation.Records
  private let answers: AnswerSpool
  private let view: DirectoryView
  private let name: String

  init(_ records: ExecOperation.Records, answers: AnswerSpool, view: DirectoryView, name: String) {
    self.records = records
    self.answers = answers
    self.view = view
    self.name = name
  }

  /// Goes through records and answers side by side.
  ///
  /// - Throws: `StepError` when an answer is missing, comes twice or out of order, or is no record.
  func make() throws {
    var sequence = AnswerSequence(answers, word: records.word)
    switch records {
    case .items(let table):
      try view.updateItems(in: table, adding: { try sequence.newRecords { try Self.newItem($0) } }) { item in
        guard let record = try sequence.next() else { return .remove }
        try Self.replace(&item, by: record)
        return .keep
      }
    case .messages(let queue):
      try view.updateMessages(in: queue, adding: { try sequence.newRecords { try Self.newMessage($0) } }) { message in
        guard let record = try sequence.next() else { return .remove }
        try message.take(record)
        return .keep
      }
    case .objects(let bucket, let prefix):
      try view.updateObjects(in: bucket, prefix: prefix) { object in
        guard let record = try sequence.next() else { return .remove }
        try object.take(record)
        return .keep
      }
      _ = try sequence.newRecords { _ in
        throw StepError(
          "the program wrote a new object", hint: "objects can be changed and removed; their bodies are not passed")
      }
    }
    try sequence.checkEnd()
  }

  private static func replace(_ item: inout Item, by record: JSONNode) throws(StepError) {
    // Most programs change few items, and what an item is like is then nobody's business here.
    if item.json == record.rawBytes { return }
    guard let attributes = AttributeValue.item(record) else { throw noItem }
    for name in item.nameBytes where !attributes.contains(where: { $0.name == name }) { item.remove(name) }
    for attribute in attributes where item.value(of: attribute.name) != attribute.value {
      item.set(attribute.name, to: attribute.value)
    }
  }

  private static func newItem(_ record: JSONNode) throws(StepError) -> Item {
    guard let attributes = AttributeValue.item(record) else { throw noItem }
    var item = Item()
    for attribute in attributes { item.set(attribute.name, to: attribute.value) }
    return item
  }

  private static let noItem = StepError(
    "the program wrote an item with an attribute that is none",
    hint: "attributes are objects with one member that names the type, such as {\"S\":\"text\"} or {\"N\":\"1\"}")

  private static func newMessage(_ record: JSONNode) throws(StepError) -> Message {
    guard let id = record["MessageID"]?.string(), let body = record["Body"]?.string(), !id.isEmpty else {
      throw StepError(
        "the program wrote a new message without MessageID or Body", hint: "MessageID is a UUID of your own")
    }
    var message = Message(id: String(decoding: id, as: UTF8.self), body: String(decoding: body, as: UTF8.self))
    message.groupID = String(decoding: record["MessageGroupID"]?.string() ?? [], as: UTF8.self)
    return message
  }
}

/// The answers in the order of the records.
private struct AnswerSequence {
  private let spool: AnswerSpool
  private let word: StaticString
  private var lines: AnswerSpool.Lines
  private var expected = 0

  init(_ spool: AnswerSpool, word: StaticString) {
    self.spool = spool
    self.word = word
    lines = spool.lines()
  }

  /// The answer for the next record; nil when the record goes.
  mutating func next() throws -> JSONNode? {
    while let line = try lines.next() {
      if line.isEmpty { continue }
      let answer = try Answer(line, number: lines.number, word: word)
      guard let id = answer.id else { continue }
      guard id == expected else {
        throw StepError(
          "line \(lines.number) of the program's output answers record \(id), where \(expected) comes next",
          hint: "answer every record once, in the order in which they come")
      }
      expected += 1
      return answer.record
    }
    throw StepError(
      "the program's output ends before record \(expected) is answered",
      hint: "answer every record once; to remove one, answer {\"id\":\(expected),\"\(word)\":null}")
  }

  /// The records without an id, wherever they stand.
  func newRecords<Record>(_ read: (JSONNode) throws -> Record) throws -> [Record] {
    var records: [Record] = []
    var lines = spool.lines()
    while let line = try lines.next() {
      if line.isEmpty { continue }
      let answer = try Answer(line, number: lines.number, word: word)
      if answer.id == nil, let record = answer.record { records.append(try read(record)) }
    }
    return records
  }

  /// Finds answers to records that there are not.
  mutating func checkEnd() throws {
    while let line = try lines.next() {
      if line.isEmpty { continue }
      let answer = try Answer(line, number: lines.number, word: word)
      guard let id = answer.id else { continue }
      throw StepError(
        "line \(lines.number) of the program's output answers record \(id), but there were \(expected)",
        hint: "answer every record once; new ones have no id")
    }
  }
}

extension Message {
  /// Takes over what a program may change: the body, the message attributes and the group.
  fileprivate mutating func take(_ record: JSONNode) throws {
    guard let node else { return }
    for (key, value) in record.members {
      let name = key.string() ?? []
      guard let old = node[name] else { throw Self.notChangeable(name) }
      switch name {
      case Array("Body".utf8):
        guard let text = value.string() else { throw Self.notChangeable(name) }
        bodyBytes = text
      case Array("MD5OfBody".utf8): continue
      case Array("MessageGroupID".utf8): groupID = String(decoding: value.string() ?? [], as: UTF8.self)
      case Array("MessageAttributes".utf8): attributes = Message.attributes(of: value)
      default:
        guard SameValue.check(old, value) else { throw Self.notChangeable(name) }
      }
    }
  }

  private static func notChangeable(_ name: [UInt8]) -> StepError {
    StepError(
      "the program changed or added '\(Printable.text(name))' of a message",
      hint: "Body, MessageAttributes and MessageGroupID can be changed; MD5OfBody follows the body")
  }
}

extension StoredObject {
  /// Takes over what a program may change: key, content type, metadata and tags.
  fileprivate mutating func take(_ record: JSONNode) throws {
    let sent = try JSONTape(parsing: ObjectLine.json(self)).root
    for (key, value) in record.members {
      let name = key.string() ?? []
      guard let old = sent[name] else { throw Self.notChangeable(name) }
      if SameValue.check(old, value) { continue }
      switch (name, value.string()) {
      case (Array("Key".utf8), let text?) where !text.isEmpty: keyBytes = text
      case (Array("ContentType".utf8), let text?): contentType = String(decoding: text, as: UTF8.self)
      case (Array("Metadata".utf8), nil): metadataTexts = try Self.texts(value, name)
      case (Array("Tags".utf8), nil):
        var found: [String: String] = [:]
        for text in try Self.texts(value, name) {
          found[String(decoding: text.name, as: UTF8.self)] = String(decoding: text.value, as: UTF8.self)
        }
        tags = found
      default: throw Self.notChangeable(name)
      }
    }
  }

  private static func texts(_ value: JSONNode, _ name: [UInt8]) throws -> [NamedText] {
    if value.isNull { return [] }
    guard value.isObject else { throw notChangeable(name) }
    return try value.members.map { key, value in
      guard let name = key.string(), let text = value.string() else { throw notChangeable(key.string() ?? []) }
      return NamedText(name: name, value: text)
    }
  }

  private static func notChangeable(_ name: [UInt8]) -> StepError {
    StepError(
      "the program changed or added '\(Printable.text(name))' of an object",
      hint: "Key, ContentType, Metadata and Tags can be changed, each of the type that it has")
  }
}

/// Whether two JSON values say the same, in any spelling and with members in any order.
enum SameValue {
  static func check(_ left: JSONNode, _ right: JSONNode) -> Bool {
    if left.rawBytes == right.rawBytes { return true }
    guard left.kind == right.kind, left.count == right.count else { return false }
    switch left.kind {
    case .string: return left.string() == right.string()
    case .array: return zip(left.elements, right.elements).allSatisfy { check($0, $1) }
    case .object:
      return left.members.allSatisfy { key, value in
        guard let name = key.string(), let other = right[name] else { return false }
        return check(value, other)
      }
    case .number: return left.double() == right.double()
    case .true, .false, .null: return true
    }
  }
}
