import Documents
import KumoState

extension Resolver {
  /// Evaluates what needs no row. Before everything is known to be right, only compiles, and gives nil.
  private func evaluate<Value>(
    _ site: Compiler.Site, _ ready: Bool, _ body: (Evaluator) throws(SpecError) -> Value
  ) -> Value? {
    if !ready { return nil }
    do {
      return try body(Evaluator(environment: environment, index: 0, row: nil, location: site.location))
    } catch {
      compiler.problems.append(contentsOf: error.problems)
      return nil
    }
  }

  func secret(_ secret: Secret, index: Int, ready: Bool) -> ResolvedSecret? {
    let site = site(["secretsmanager", secret.name], secret.location, "secretsmanager.secrets[\(index)]")
    let values = (secret.olderValues + [secret.value]).enumerated().map { position, value in
      // Counted from the current value: a further old value does not change the others.
      let inner = site.field("versions[\(secret.olderValues.count - position)]")
      let program =
        switch value {
        case .string(let text): compiler.program(text, inner)
        case .json(let value), .binary(let value): compiler.program(value, inner)
        }
      return (value, program, compiler.key("secret-id/1", inner.field("id")))
    }
    let suffix = compiler.key("secret-arn/1", site.field("arn"))
    let description = compiler.program(secret.description, site.field("description"))
    let tags = compiler.members(secret.tags, site.field("tags"))
    return evaluate(site, ready) { evaluator throws(SpecError) in
      var versions: [ResolvedSecretVersion] = []
      for (position, (value, program, key)) in values.enumerated() {
        var stream = ByteStream(key: key, row: 0)
        versions.append(
          ResolvedSecretVersion(
            id: stream.nextUUID(), value: try evaluator.secretValue(value, program),
            created: spec.clock.adding(seconds: Int64(position))))
      }
      let hex = ByteStream(key: suffix, row: 0).bytes(count: 3)
      return ResolvedSecret(
        name: prefixed(secret.name), description: try evaluator.text(of: description, what: "description"),
        arnSuffix: hex.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(), versions: versions,
        tags: try evaluator.tags(tags), created: spec.clock, location: secret.location)
    }
  }

  func parameter(_ parameter: Parameter, index: Int, ready: Bool) -> ResolvedParameter? {
    let site = site(["ssm", parameter.name], parameter.location, "ssm.parameters[\(index)]")
    let value = compiler.program(parameter.value, site.field("value"))
    let description = compiler.program(parameter.description, site.field("description"))
    let tags = compiler.members(parameter.tags, site.field("tags"))
    return evaluate(site, ready) { evaluator throws(SpecError) in
      let text = try evaluator.text(of: value, what: "the value")
      if text.isEmpty || text.count > 8192 {
        throw SpecError(
          parameter.location, "the value of '\(parameter.name)' is \(text.count) bytes long; expected 1 to 8192")
      }
      return ResolvedParameter(
        name: prefixed(parameter.name), value: text, type: parameter.type,
        description: try evaluator.text(of: description, what: "description"), tags: try evaluator.tags(tags),
        lastModified: spec.clock, location: parameter.location)
    }
  }

  func topic(_ topic: Topic, index: Int, ready: Bool) -> ResolvedTopic? {
    let site = site(["sns", topic.name], topic.location, "sns.topics[\(index)]")
    let attributes = compiler.members(topic.attributes, site.field("attributes"))
    let tags = compiler.members(topic.tags, site.field("tags"))
    let labels = Self.labels(
      topic.subscriptions.map { subscription in
        switch subscription.endpoint {
        case .text(let text): "\(subscription.subscriptionProtocol) \(text.source)"
        case .queue(let name): "queue \(name)"
        }
      })
    let subscriptions = topic.subscriptions.enumerated().map { position, subscription in
      var inner = self.site(
        site.place + ["subscriptions", labels[position]], subscription.location,
        "\(site.path).subscriptions[\(position)]")
      var endpoint: Program?
      switch subscription.endpoint {
      case .text(let text): endpoint = compiler.program(text, inner.field("endpoint"))
      case .queue(let name):
        if !spec.queues.contains(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
          inner.path += ".queue"
          compiler.report(
            inner, "there is no queue '\(name)' in this spec",
            hint: NearestName.hint(for: name, among: spec.queues.map(\.name)))
        }
      }
      let known = ["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"]
      if !known.contains(subscription.subscriptionProtocol) {
        compiler.report(
          inner, "'\(subscription.subscriptionProtocol)' is not a protocol of SNS",
          hint: NearestName.hint(for: subscription.subscriptionProtocol, among: known))
      }
      return (
        subscription, endpoint, compiler.members(subscription.attributes, inner.field("attributes")),
        compiler.key("subscription-id/1", inner.field("id"))
      )
    }
    return evaluate(site, ready) { evaluator throws(SpecError) in
      var resolved: [ResolvedSubscription] = []
      for (subscription, endpoint, attributes, key) in subscriptions {
        var stream = ByteStream(key: key, row: 0)
        let target: ResolvedSubscription.Endpoint
        switch (subscription.endpoint, endpoint) {
        case (.queue(let name), _): target = .queue(spec.namePrefix + name)
        case (.text, let program?): target = .text(try evaluator.text(of: program, what: "the endpoint"))
        case (.text, nil): target = .text([])
        }
        resolved.append(
          ResolvedSubscription(
            id: stream.nextUUID(), subscriptionProtocol: subscription.subscriptionProtocol, endpoint: target,
            attributes: try evaluator.tags(attributes), raw: subscription.raw, location: subscription.location))
      }
      return ResolvedTopic(
        name: prefixed(topic.name), attributes: try evaluator.tags(attributes), tags: try evaluator.tags(tags),
        subscriptions: resolved, created: spec.clock, location: topic.location)
    }
  }

  func rawDocument(_ raw: RawDocument, index _: Int, ready: Bool) -> ResolvedRawDocument? {
    let site = site(["raw", raw.service], raw.location, "raw.\(raw.service)")
    let program = compiler.program(raw.value, site)
    let names = ServiceCatalogue.all.map(\.name)
    if !names.contains(raw.service) {
      compiler.report(
        site, "KUMO has no service file '\(raw.service).json'", hint: NearestName.hint(for: raw.service, among: names))
    }
    let made = [
      ("s3", !spec.buckets.isEmpty), ("dynamodb", !spec.tables.isEmpty), ("sqs", !spec.queues.isEmpty),
      ("secretsmanager", !spec.secrets.isEmpty), ("ssm", !spec.parameters.isEmpty), ("sns", !spec.topics.isEmpty),
    ]
    if made.contains(where: { $0.0 == raw.service && $0.1 }) {
      compiler.report(
        site, "\(raw.service).json is made by the section '\(raw.service)' of this spec already",
        hint: "keep one of the two")
    }
    guard case .map = raw.value else {
      compiler.report(site, "a raw document is not a map; every service file of KUMO is one JSON object")
      return nil
    }
    return evaluate(site, ready) { evaluator throws(SpecError) in
      ResolvedRawDocument(
        service: raw.service, value: try evaluator.json(of: program, what: "the document"), location: raw.location)
    }
  }

  /// A name with the namespace in front: `NS-name`, and `/NS/name` for names that are paths.
  func prefixed(_ name: String) -> String {
    guard let namespace = spec.namespace, spec.namespaceMode == .names else { return name }
    return name.utf8.first == UInt8(ascii: "/") ? "/\(namespace)\(name)" : "\(namespace)-\(name)"
  }

  /// Reports names that are not allowed with their prefix, and names that are given twice.
  func checkNames() {
    check("bucket", "s3.buckets", .bucket, spec.buckets.map { ($0.name, $0.location) })
    check("table", "dynamodb.tables", .table, spec.tables.map { ($0.name, $0.location) })
    check("queue", "sqs.queues", .queue, spec.queues.map { ($0.name, $0.location) })
    check("secret", "secretsmanager.secrets", .secret, spec.secrets.map { ($0.name, $0.location) })
    check("parameter", "ssm.parameters", .parameter, spec.parameters.map { ($0.name, $0.location) })
    check("topic", "sns.topics", .topic, spec.topics.map { ($0.name, $0.location) })
    check("raw document", "raw", nil, spec.rawDocuments.map { ($0.service, $0.location) })
  }

  private func check(_ what: String, _ path: String, _ rule: NameRule?, _ names: [(String, SpecLocation)]) {
    var seen: [[UInt8]: SpecLocation] = [:]
    for (index, (name, location)) in names.enumerated() {
      let site = site([], location, "\(path)[\(index)]")
      let full = prefixed(name)
      if let rule, !rule.allows(full) {
        let shown = DocumentNode.excerpt(Array(full.utf8))
        compiler.report(
          site,
          "the \(what) name '\(shown)'\(full == name ? "" : " (with the namespace) of \(full.utf8.count) bytes") is not allowed",
          hint: "expected " + rule.words)
      }
      if let other = seen[Array(full.utf8)] {
        compiler.report(site, "two \(what)s are named '\(name)'; the other one is at \(other)")
      }
      seen[Array(full.utf8)] = location
    }
  }
}

extension Evaluator {
  func secretValue(_ value: Secret.Value, _ program: Program) throws(SpecError) -> ResolvedSecretVersion.Value {
    switch value {
    case .string: return .string(try text(of: program, what: "the secret"))
    case .json: return .string(try json(of: program, what: "the secret").plainBytes)
    case .binary:
      let datum = try evaluate(program)
      if case .bytes(let bytes) = datum { return .binary(bytes) }
      if case .string(let text) = datum, let bytes = Base64.decode(text) { return .binary(bytes) }
      throw SpecError(location, "a binary secret is \(datum.kind); expected base64 or $bytes")
    }
  }
}
