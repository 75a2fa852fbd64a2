import Documents

extension DocumentReader {
  func queue(_ node: DocumentNode, _ path: String) -> Queue? {
    let known = [
      "name", "visibility-timeout", "retention", "delay", "max-message-size", "receive-wait",
      "content-based-deduplication", "policy", "redrive", "tags", "messages",
    ]
    guard let fields = fields(node, path, known: known, required: ["name"]),
      let name = text(fields["name"], fields.path("name"))
    else { return nil }
    var queue = Queue(name: name, location: node.location)
    if let value = seconds(fields["visibility-timeout"], fields.path("visibility-timeout")) {
      queue.visibilityTimeout = value
    }
    if let value = seconds(fields["retention"], fields.path("retention")) { queue.messageRetention = value }
    if let value = seconds(fields["delay"], fields.path("delay")) { queue.delay = value }
    if let value = size(fields["max-message-size"], fields.path("max-message-size")) {
      queue.maximumMessageSize = Int(value)
    }
    if let value = seconds(fields["receive-wait"], fields.path("receive-wait")) { queue.receiveWait = value }
    if let value = bool(fields["content-based-deduplication"], fields.path("content-based-deduplication")) {
      queue.contentBasedDeduplication = value
    }
    queue.policy = fields["policy"].map { value($0, fields.path("policy")) }
    queue.redrive = fields["redrive"].flatMap { redrive($0, fields.path("redrive")) }
    queue.tags = members(fields["tags"], fields.path("tags"))
    queue.messages = list(fields["messages"], fields.path("messages"), message)
    return queue
  }

  private func redrive(_ node: DocumentNode, _ path: String) -> Redrive? {
    guard let fields = fields(node, path, known: ["to", "max-receives"], required: ["to", "max-receives"]),
      let queue = text(fields["to"], fields.path("to")),
      let count = integer(fields["max-receives"], fields.path("max-receives"))
    else { return nil }
    return Redrive(queue: queue, maximumReceives: count, location: node.location)
  }

  private func message(_ node: DocumentNode, _ path: String) -> Message? {
    let known = [
      "body", "attributes", "delay", "group", "deduplication-id", "sent", "count", "for-each", "label",
    ]
    guard let fields = fields(node, path, known: known, required: ["body"]), let bodyNode = fields["body"],
      let body = messageBody(bodyNode, fields.path("body"))
    else { return nil }
    var attributes: [MessageAttribute] = []
    if let list = fields["attributes"] {
      if case .map(let members) = list.kind {
        attributes = members.compactMap { attribute($0, "\(fields.path("attributes")).\($0.keyText)") }
      } else {
        expected("a map of attributes", list, fields.path("attributes"))
      }
    }
    return Message(
      body: body, attributes: attributes, delay: seconds(fields["delay"], fields.path("delay")),
      group: template(fields["group"], fields.path("group")),
      deduplicationID: template(fields["deduplication-id"], fields.path("deduplication-id")),
      sent: fields["sent"].map { value($0, fields.path("sent")) }, repetition: repetition(fields),
      label: text(fields["label"], fields.path("label")), location: node.location)
  }

  private func messageBody(_ node: DocumentNode, _ path: String) -> Message.Body? {
    if plainText(node) != nil { return template(node, path).map { .text($0) } }
    guard case .map = node.kind else {
      expected("text or {json: …}", node, path)
      return nil
    }
    guard let fields = fields(node, path, known: ["text", "json"]) else { return nil }
    if let json = fields["json"] { return .json(value(json, fields.path("json"))) }
    if let text = fields["text"] { return template(text, fields.path("text")).map { .text($0) } }
    expected("text or {json: …}", node, path)
    return nil
  }

  /// Text, or `{string: …}`, `{number: …}`, `{binary: base64}`. A plain number is a Number.
  private func attribute(_ member: DocumentNode.Member, _ path: String) -> MessageAttribute? {
    switch member.value.kind {
    case .string(let text):
      return .string(member.keyText, template(text, member.location, path))
    case .number(let text): return .number(member.keyText, .number(String(decoding: text, as: UTF8.self)))
    default: break
    }
    guard let fields = fields(member.value, path, known: ["string", "number", "binary"]) else { return nil }
    if let node = fields["string"] {
      return template(node, fields.path("string")).map { .string(member.keyText, $0) }
    }
    if let node = fields["number"] { return .number(member.keyText, value(node, fields.path("number"))) }
    if let node = fields["binary"] { return .binary(member.keyText, value(node, fields.path("binary"))) }
    expected("{string: …}, {number: …} or {binary: base64}", member.value, path)
    return nil
  }
}
