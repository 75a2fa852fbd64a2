import Documents
import KumoState

/// A queue whose programs are ready.
struct CompiledQueue: Sendable {
  let queue: Queue
  let policy: Program?
  let tags: [ProgramMember]
  let messages: [CompiledMessage]
}

/// A message entry whose programs are ready.
struct CompiledMessage: Sendable {
  enum Body: Sendable {
    case text(Program)
    case json(Program)
  }

  struct Attribute: Sendable {
    enum Kind: Sendable {
      case string, number, binary
    }

    let name: [UInt8]
    let kind: Kind
    let program: Program
  }

  let id: StreamKey
  let body: Body
  let attributes: [Attribute]
  let delay: Int?
  let group: Program?
  let deduplicationID: Program?
  let sent: Program?
  let repetition: CompiledRepetition
  let location: SpecLocation
}

extension Queue {
  var isFIFO: Bool { name.utf8.suffix(5).elementsEqual(".fifo".utf8) }
}

extension Resolver {
  func compile(_ queue: Queue, index: Int) -> CompiledQueue {
    let site = site(["sqs", queue.name], queue.location, "sqs.queues[\(index)]")
    check(queue, site)
    let labels = Self.labels(queue.messages.enumerated().map { $0.element.label ?? "[\($0.offset)]" })
    let messages = queue.messages.enumerated().map { position, message in
      compile(
        message, queue,
        self.site(site.place + ["messages", labels[position]], message.location, "\(site.path).messages[\(position)]"))
    }
    return CompiledQueue(
      queue: queue, policy: queue.policy.map { compiler.program($0, site.field("policy")) },
      tags: compiler.members(queue.tags, site.field("tags")), messages: messages)
  }

  private func check(_ queue: Queue, _ site: Compiler.Site) {
    // Ranges: the SQS API reference, SetQueueAttributes.
    func range(_ value: Int, _ allowed: ClosedRange<Int>, _ name: String, _ unit: String) {
      if !allowed.contains(value) {
        compiler.report(
          site.field(name), "\(name) is \(value) \(unit); expected \(allowed.lowerBound) to \(allowed.upperBound)")
      }
    }
    range(queue.visibilityTimeout, 0...43_200, "visibility-timeout", "seconds")
    range(queue.messageRetention, 60...1_209_600, "retention", "seconds")
    range(queue.delay, 0...900, "delay", "seconds")
    range(queue.maximumMessageSize, 1024...1_048_576, "max-message-size", "bytes")
    range(queue.receiveWait, 0...20, "receive-wait", "seconds")
    if queue.contentBasedDeduplication, !queue.isFIFO {
      compiler.report(
        site.field("content-based-deduplication"), "only FIFO queues have deduplication",
        hint: "a FIFO queue's name ends with .fifo")
    }
    guard let redrive = queue.redrive else { return }
    var inner = site.field("redrive")
    inner.location = redrive.location
    if !(1...1000).contains(redrive.maximumReceives) {
      compiler.report(inner, "max-receives is \(redrive.maximumReceives); expected 1 to 1000")
    }
    guard let target = spec.queues.first(where: { $0.name.utf8.elementsEqual(redrive.queue.utf8) }) else {
      compiler.report(
        inner, "there is no queue '\(redrive.queue)' in this spec; KUMO would discard the messages",
        hint: NearestName.hint(for: redrive.queue, among: spec.queues.map(\.name).filter { $0 != queue.name }))
      return
    }
    if target.name.utf8.elementsEqual(queue.name.utf8) {
      compiler.report(inner, "the queue '\(queue.name)' cannot be its own dead-letter queue")
    }
    if target.isFIFO != queue.isFIFO {
      compiler.report(inner, "the dead-letter queue of a \(queue.isFIFO ? "FIFO" : "standard") queue must be one, too")
    }
  }

  private func compile(_ message: Message, _ queue: Queue, _ entry: Compiler.Site) -> CompiledMessage {
    var site = entry
    let repetition = repetition(message.repetition, &site)
    check(message, queue, site)
    let body: CompiledMessage.Body =
      switch message.body {
      case .text(let text): .text(compiler.program(text, site.field("body")))
      case .json(let value): .json(compiler.program(value, site.field("body")))
      }
    let attributes = message.attributes.map { attribute in
      let inner = site.field("attributes.\(attribute.name)")
      let name = Array(attribute.name.utf8)
      return switch attribute.value {
      case .string(let text):
        CompiledMessage.Attribute(name: name, kind: .string, program: compiler.program(text, inner))
      case .number(let value):
        CompiledMessage.Attribute(name: name, kind: .number, program: compiler.program(value, inner))
      case .binary(let value):
        CompiledMessage.Attribute(name: name, kind: .binary, program: compiler.program(value, inner))
      }
    }
    return CompiledMessage(
      id: compiler.key("message-id/1", site.field("id")), body: body,
      attributes: attributes.sorted { $0.name.lexicographicallyPrecedes($1.name) }, delay: message.delay,
      group: message.group.map { compiler.program($0, site.field("group")) },
      deduplicationID: message.deduplicationID.map { compiler.program($0, site.field("deduplication-id")) },
      sent: message.sent.map { compiler.program($0, site.field("sent")) }, repetition: repetition,
      location: message.location)
  }

  private func check(_ message: Message, _ queue: Queue, _ site: Compiler.Site) {
    if message.attributes.count > 10 {
      compiler.report(site.field("attributes"), "a message has \(message.attributes.count) attributes; SQS takes 10")
    }
    var names: Set<[UInt8]> = []
    for attribute in message.attributes where !names.insert(Array(attribute.name.utf8)).inserted {
      compiler.report(site.field("attributes.\(attribute.name)"), "an attribute is given twice")
    }
    if let delay = message.delay, !(0...900).contains(delay) {
      compiler.report(site.field("delay"), "delay is \(delay) seconds; expected 0 to 900")
    }
    if queue.isFIFO {
      if message.group == nil {
        compiler.report(
          site, "a message of the FIFO queue '\(queue.name)' has no group", hint: "add group: some-name")
      }
      if message.deduplicationID == nil, !queue.contentBasedDeduplication {
        compiler.report(
          site, "a message of the FIFO queue '\(queue.name)' has no deduplication-id",
          hint: "add one, or content-based-deduplication: true to the queue")
      }
      if message.delay != nil {
        compiler.report(
          site.field("delay"), "messages of FIFO queues have no delay of their own", hint: "give the queue one")
      }
    } else {
      if message.group != nil || message.deduplicationID != nil {
        compiler.report(
          site, "'\(queue.name)' is a standard queue, whose messages have no group and no deduplication-id",
          hint: "a FIFO queue's name ends with .fifo")
      }
    }
  }

  func finish(_ compiled: CompiledQueue) -> ResolvedQueue? {
    let environment = environment
    let queue = compiled.queue
    let prefix = Array(spec.itemKeyPrefix.utf8)
    let tags: [ResolvedTag]
    let policy: [UInt8]
    do {
      let evaluator = Evaluator(environment: environment, index: 0, row: nil, location: queue.location)
      tags = try evaluator.tags(compiled.tags)
      policy = try evaluator.documentText(compiled.policy, what: "policy")
    } catch {
      compiler.problems.append(contentsOf: error.problems)
      return nil
    }
    return ResolvedQueue(
      name: spec.namePrefix + queue.name, isFIFO: queue.isFIFO, visibilityTimeout: queue.visibilityTimeout,
      messageRetention: queue.messageRetention, delay: queue.delay, maximumMessageSize: queue.maximumMessageSize,
      receiveWait: queue.receiveWait, contentBasedDeduplication: queue.contentBasedDeduplication, policy: policy,
      redrive: queue.redrive.map {
        ResolvedRedrive(queue: spec.namePrefix + $0.queue, maximumReceives: $0.maximumReceives)
      }, tags: tags, created: spec.clock, location: queue.location
    ) { body in
      for message in compiled.messages {
        try environment.forEachRow(of: message.repetition, location: message.location) { evaluator in
          try body(try message.resolve(evaluator, queue, prefix: prefix))
        }
      }
    }
  }
}

extension CompiledMessage {
  /// The message of a row.
  func resolve(_ evaluator: Evaluator, _ queue: Queue, prefix: [UInt8]) throws(SpecError) -> ResolvedMessage {
    let body: [UInt8] =
      switch self.body {
      case .text(let program): try evaluator.text(of: program, what: "the body")
      case .json(let program): try evaluator.json(of: program, what: "the body").plainBytes
      }
    if body.isEmpty { throw SpecError(location, "a message has an empty body, which SQS refuses") }
    if body.count > queue.maximumMessageSize {
      throw SpecError(
        location, "a message is \(body.count) bytes long; the queue '\(queue.name)' takes \(queue.maximumMessageSize)")
    }
    var resolved: [ResolvedMessageAttribute] = []
    for attribute in attributes {
      if let value = try attribute.resolve(evaluator) {
        resolved.append(ResolvedMessageAttribute(name: attribute.name, value: value))
      }
    }
    let group = try self.group.map { program throws(SpecError) in
      prefix + (try evaluator.text(of: program, what: "the group"))
    }
    let deduplicationID = try self.deduplicationID.map { program throws(SpecError) in
      prefix + (try evaluator.text(of: program, what: "the deduplication id"))
    }
    for (name, id) in [("group", group), ("deduplication-id", deduplicationID)] {
      if let id, !(1...128).contains(id.count) || !id.allSatisfy({ (0x21...0x7E).contains($0) }) {
        throw SpecError(
          location,
          "the \(name) '\(DocumentNode.excerpt(id))' is not allowed; expected 1 to 128 ASCII characters without spaces")
      }
    }
    var stream = ByteStream(key: id, row: UInt64(evaluator.index))
    return ResolvedMessage(
      id: stream.nextUUID(), body: body, attributes: resolved,
      sent: try sent.map { program throws(SpecError) in try evaluator.instant(of: program, what: "sent") }
        ?? evaluator.environment.clock, delay: delay ?? queue.delay, group: group, deduplicationID: deduplicationID,
      location: location)
  }
}

extension CompiledMessage.Attribute {
  /// The value, nil if it is left out in this row.
  func resolve(_ evaluator: Evaluator) throws(SpecError) -> ResolvedMessageAttribute.Value? {
    let datum = try evaluator.evaluate(program)
    if case .absent = datum { return nil }
    let name = DocumentNode.excerpt(name)
    switch kind {
    case .string:
      if let text = datum.text, !text.isEmpty { return .string(text) }
    case .number:
      if let text = datum.text { return .number(try AttributeType.number(text, location: evaluator.location)) }
    case .binary:
      if case .attribute(.b(let bytes)) = datum { return .binary(bytes) }
      if case .bytes(let bytes) = datum, !bytes.isEmpty { return .binary(bytes) }
      if case .string(let text) = datum, let bytes = Base64.decode(text), !bytes.isEmpty { return .binary(bytes) }
    }
    throw SpecError(
      evaluator.location, "the message attribute '\(name)' is \(datum.kind) or empty; expected a value for \(kind)")
  }
}

extension ByteStream {
  /// A UUID of version 4.
  mutating func nextUUID() -> String {
    let high = next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    return String(decoding: SpecGenerator.uuidText(high, low), as: UTF8.self)
  }
}

extension Evaluator {
  /// A document given as text or as a value that is written as JSON; empty if there is none.
  func documentText(_ program: Program?, what: String) throws(SpecError) -> [UInt8] {
    guard let program else { return [] }
    let datum = try evaluate(program)
    if case .string(let text) = datum { return text }
    guard let json = datum.json else { throw SpecError(location, "\(what) is \(datum.kind), which JSON does not have") }
    return json.plainBytes
  }
}
