import Documents

/// The canonical form of a spec: what its digest covers. Comments, layout, order of keys with fixed names and the
/// front door do not matter; every value, and the order of everything that is written in order, does.
struct Canonical {
  /// Digests of the files that the spec reads, by path.
  let files: [String: String]

  /// The whole model.
  func json(_ spec: FixtureSpec) -> JSONValue {
    .object(
      members([
        ("model", .string(Array("kumo-fixtures/spec/1".utf8))), ("name", text(spec.name)),
        ("version", int(spec.version)),
        ("app-version", optional(spec.appVersion)), ("description", optional(spec.description)),
        ("seed", text(spec.seed)),
        ("clock", int(Int(spec.clock.seconds))), ("namespace", optional(spec.namespace)),
        ("namespace-mode", text(spec.namespaceMode.rawValue)), ("region", text(spec.region)),
        ("data", .array(spec.dataSets.map(json))), ("buckets", .array(spec.buckets.map(json))),
        ("tables", .array(spec.tables.map(json))), ("queues", .array(spec.queues.map(json))),
        ("secrets", .array(spec.secrets.map(json))), ("parameters", .array(spec.parameters.map(json))),
        ("topics", .array(spec.topics.map(json))),
        ("raw", .array(spec.rawDocuments.map { .array([text($0.service), json($0.value)]) })),
      ]))
  }

  /// A value: a tag for its kind, then its parts.
  func json(_ value: SpecValue) -> JSONValue {
    switch value {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let number): .array([text("n"), text(number)])
    case .text(let template): .string(template.sourceBytes)
    case .bytes(let bytes): .array([text("b"), .string(Base64.encode(bytes))])
    case .list(let elements): .array([text("l"), .array(elements.map(json))])
    case .map(let values): .array([text("m"), json(values)])
    case .generated(let generator): .array([text("g"), text(generator.algorithm), json(generator)])
    case .typed(let type, let value): .array([text("t"), text(type.rawValue), json(value)])
    }
  }

  private func json(_ generator: SpecGenerator) -> JSONValue {
    switch generator {
    case .sequence(let start, let step, let pad): .array([int(Int(start)), int(Int(step)), int(pad)])
    case .pick(let choices): .array(choices.map { .array([int(Int($0.weight)), json($0.value)]) })
    case .integer(let range): json(range)
    case .decimal(let range, let places): .array([json(range), int(places)])
    case .date(let from, let to, let format): .array([json(from), json(to), text(format.rawValue)])
    case .uuid(let version): int(version)
    case .ulid, .email, .word, .city, .company: .null
    case .name(let part): text(part.rawValue)
    case .sentence(let range), .paragraph(let range): json(range)
    case .hex(let count), .bytes(let count): int(count)
    case .bool(let probability): int(Int(probability))
    case .optional(let value, let probability): .array([json(value), int(Int(probability))])
    case .list(let count, let value): .array([json(count), json(value)])
    case .row(let set, let choice): .array([text(set), text(choice.rawValue)])
    case .field(let reference): text(reference.source)
    }
  }

  private func json(_ bound: SpecGenerator.DateBound) -> JSONValue {
    switch bound {
    case .instant(let instant): .array([text("at"), int(Int(instant.seconds))])
    case .clock(let offset): .array([text("clock"), int(Int(offset))])
    }
  }

  private func json(_ set: DataSet) -> JSONValue {
    let source: JSONValue =
      switch set.source {
      case .generated(let count, let fields): .array([text("generated"), int(count), json(fields)])
      case .rows(let rows): .array([text("rows"), .array(rows.map(json))])
      case .file(let path, let format): .array([text("file"), file(path), text(format.rawValue)])
      }
    return .array([text(set.name), source])
  }

  private func json(_ bucket: Bucket) -> JSONValue {
    .array([
      text(bucket.name), text(bucket.versioning.rawValue), json(bucket.settings), .array(bucket.objects.map(json)),
    ])
  }

  private func json(_ object: Object) -> JSONValue {
    .array([
      json(.text(object.key)), .array(object.versions.map(json)), optional(object.contentType), json(object.metadata),
      json(object.tags), object.modified.map(json) ?? .null, json(object.repetition), optional(object.label),
    ])
  }

  private func json(_ version: ObjectVersion) -> JSONValue {
    let body: JSONValue =
      switch version.body {
      case nil: .null
      case .text(let template)?: .array([text("text"), json(.text(template))])
      case .json(let value)?: .array([text("json"), json(value)])
      case .data(let bytes)?: .array([text("data"), .string(Base64.encode(bytes))])
      case .file(let path)?: .array([text("file"), file(path)])
      case .bytes(let range)?: .array([text("bytes"), json(range)])
      }
    return .array([
      body, optional(version.contentType), version.metadata.map(json) ?? .null, version.tags.map(json) ?? .null,
    ])
  }

  private func json(_ table: Table) -> JSONValue {
    let billing: JSONValue =
      switch table.billing {
      case .onDemand: .null
      case .provisioned(let read, let write): .array([int(read), int(write)])
      }
    return .array([
      text(table.name), json(table.key), billing, .array(table.globalIndexes.map(json)),
      .array(table.localIndexes.map(json)), optional(table.timeToLive), optional(table.stream?.rawValue),
      json(table.tags), .bool(table.deletionProtection), text(table.tableClass.rawValue), .array(table.items.map(json)),
    ])
  }

  private func json(_ key: TableKey) -> JSONValue {
    .array(([key.hash] + (key.range.map { [$0] } ?? [])).map { text("\($0.name):\($0.type.rawValue)") })
  }

  private func json(_ index: TableIndex) -> JSONValue {
    let projection: JSONValue =
      switch index.projection {
      case .all: text("all")
      case .keysOnly: text("keys-only")
      case .include(let names): .array(names.map(text))
      }
    return .array([text(index.name), json(index.key), projection])
  }

  private func json(_ item: Item) -> JSONValue {
    let source: JSONValue =
      switch item.source {
      case .attributes(let attributes): json(attributes)
      case .file(let path, let format, let types):
        .array([
          file(path), text(format.rawValue), .array(types.map { .array([.string($0.name), text($0.type.rawValue)]) }),
        ])
      }
    return .array([source, json(item.repetition), optional(item.label)])
  }

  private func json(_ queue: Queue) -> JSONValue {
    .array([
      text(queue.name), int(queue.visibilityTimeout), int(queue.messageRetention), int(queue.delay),
      int(queue.maximumMessageSize), int(queue.receiveWait), .bool(queue.contentBasedDeduplication),
      queue.policy.map(json) ?? .null,
      queue.redrive.map { .array([text($0.queue), int($0.maximumReceives)]) } ?? .null, json(queue.tags),
      .array(queue.messages.map(json)),
    ])
  }

  private func json(_ message: Message) -> JSONValue {
    let body: JSONValue =
      switch message.body {
      case .text(let template): .array([text("text"), json(.text(template))])
      case .json(let value): .array([text("json"), json(value)])
      }
    let attributes: [JSONValue] = message.attributes.map {
      switch $0.value {
      case .string(let value): .array([text($0.name), text("string"), json(.text(value))])
      case .number(let value): .array([text($0.name), text("number"), json(value)])
      case .binary(let value): .array([text($0.name), text("binary"), json(value)])
      }
    }
    return .array([
      body, .array(attributes), message.delay.map(int) ?? .null, optional(message.group),
      optional(message.deduplicationID),
      message.sent.map(json) ?? .null, json(message.repetition), optional(message.label),
    ])
  }

  private func json(_ secret: Secret) -> JSONValue {
    .array([
      text(secret.name), json(secret.value), .array(secret.olderValues.map(json)), json(.text(secret.description)),
      json(secret.tags),
    ])
  }

  private func json(_ value: Secret.Value) -> JSONValue {
    switch value {
    case .string(let template): .array([text("string"), json(.text(template))])
    case .json(let value): .array([text("json"), json(value)])
    case .binary(let value): .array([text("binary"), json(value)])
    }
  }

  private func json(_ parameter: Parameter) -> JSONValue {
    .array([
      text(parameter.name), json(.text(parameter.value)), text(parameter.type.rawValue),
      json(.text(parameter.description)),
      json(parameter.tags),
    ])
  }

  private func json(_ topic: Topic) -> JSONValue {
    let subscriptions: [JSONValue] = topic.subscriptions.map {
      let endpoint: JSONValue =
        switch $0.endpoint {
        case .text(let template): json(.text(template))
        case .queue(let name): .array([text(name)])
        }
      return .array([text($0.subscriptionProtocol), endpoint, json($0.attributes), .bool($0.raw)])
    }
    return .array([text(topic.name), json(topic.attributes), json(topic.tags), .array(subscriptions)])
  }

  private func json(_ repetition: Repetition) -> JSONValue {
    switch repetition {
    case .once: .null
    case .count(let count): int(count)
    case .rows(let set): text(set)
    }
  }

  private func json(_ values: [SpecMember]) -> JSONValue {
    .object(values.map { JSONMember(name: $0.name, value: json($0.value)) })
  }

  private func json(_ range: ClosedRange<Int64>) -> JSONValue {
    .array([int(Int(range.lowerBound)), int(Int(range.upperBound))])
  }

  /// A file counts by its content and not by its name.
  private func file(_ path: String) -> JSONValue { text(files[path] ?? "") }

  private func text(_ value: String) -> JSONValue { .string(Array(value.utf8)) }
  private func int(_ value: Int) -> JSONValue { .number(Array(String(value).utf8)) }
  private func optional(_ value: String?) -> JSONValue { value.map(text) ?? .null }
  private func optional(_ value: SpecText?) -> JSONValue { value.map { json(.text($0)) } ?? .null }

  private func members(_ values: [(String, JSONValue)]) -> [JSONMember] {
    values.map { JSONMember(name: Array($0.0.utf8), value: $0.1) }
  }
}
