import Documents

extension DocumentReader {
  func secret(_ node: DocumentNode, _ path: String) -> Secret? {
    let known = ["name", "string", "json", "binary", "versions", "description", "tags"]
    guard let fields = fields(node, path, known: known, required: ["name"]),
      let name = text(fields["name"], fields.path("name")), let value = secretValue(fields)
    else { return nil }
    let older = list(fields["versions"], fields.path("versions")) { node, path in
      self.fields(node, path, known: ["string", "json", "binary"]).flatMap(secretValue)
    }
    return Secret(
      name: name, value: value, olderValues: older,
      description: template(fields["description"], fields.path("description")) ?? SpecText(),
      tags: members(fields["tags"], fields.path("tags")), location: node.location)
  }

  private func secretValue(_ fields: Fields) -> Secret.Value? {
    let given = ["string", "json", "binary"].filter { fields[$0] != nil }
    guard given.count == 1, let node = fields[given[0]] else {
      report(
        fields.location, fields.path,
        given.isEmpty ? "a secret has no value" : "a secret has \(given.joined(separator: " and "))",
        hint: "give one of string, json, binary")
      return nil
    }
    switch given[0] {
    case "string": return template(node, fields.path("string")).map { .string($0) }
    case "json": return .json(value(node, fields.path("json")))
    default: return .binary(value(node, fields.path("binary")))
    }
  }

  func parameter(_ node: DocumentNode, _ path: String) -> Parameter? {
    let known = ["name", "value", "type", "description", "tags"]
    guard let fields = fields(node, path, known: known, required: ["name", "value"]),
      let name = text(fields["name"], fields.path("name")), let valueNode = fields["value"]
    else { return nil }
    var type: ParameterType? = choice(fields["type"], fields.path("type"))
    let value: SpecText?
    if case .list = valueNode.kind {
      // A list is a StringList.
      let parts = list(valueNode, fields.path("value")) { template($0, $1) }
      var joined = SpecText()
      for (index, part) in parts.enumerated() {
        if index > 0 { joined.append(literal: [UInt8(ascii: ",")]) }
        for piece in part.parts {
          if case .literal(let bytes) = piece { joined.append(literal: bytes) } else { joined.parts.append(piece) }
        }
      }
      if let type, type != .stringList {
        report(valueNode.location, fields.path("value"), "a list is a StringList; the type says \(type.rawValue)")
      }
      type = .stringList
      value = joined
    } else {
      value = template(valueNode, fields.path("value"))
    }
    guard let value else { return nil }
    return Parameter(
      name: name, value: value, type: type ?? .string,
      description: template(fields["description"], fields.path("description")) ?? SpecText(),
      tags: members(fields["tags"], fields.path("tags")), location: node.location)
  }

  func topic(_ node: DocumentNode, _ path: String) -> Topic? {
    guard
      let fields = fields(node, path, known: ["name", "attributes", "tags", "subscriptions"], required: ["name"]),
      let name = text(fields["name"], fields.path("name"))
    else { return nil }
    return Topic(
      name: name, attributes: members(fields["attributes"], fields.path("attributes")),
      tags: members(fields["tags"], fields.path("tags")),
      subscriptions: list(fields["subscriptions"], fields.path("subscriptions"), subscription), location: node.location)
  }

  private func subscription(_ node: DocumentNode, _ path: String) -> Subscription? {
    guard let fields = fields(node, path, known: ["protocol", "endpoint", "queue", "attributes", "raw"]) else {
      return nil
    }
    let attributes = members(fields["attributes"], fields.path("attributes"))
    let raw = bool(fields["raw"], fields.path("raw")) ?? false
    if fields["queue"] != nil {
      if let node = fields["endpoint"] ?? fields["protocol"] {
        report(node.location, path, "a subscription of a queue needs no protocol and no endpoint")
      }
      guard let queue = text(fields["queue"], fields.path("queue")) else { return nil }
      return Subscription(
        subscriptionProtocol: "sqs", endpoint: .queue(queue), attributes: attributes, raw: raw, location: node.location)
    }
    guard let name = text(fields["protocol"], fields.path("protocol")),
      let endpoint = template(fields["endpoint"], fields.path("endpoint"))
    else {
      if fields["protocol"] == nil || fields["endpoint"] == nil {
        report(node.location, path, "a subscription needs a protocol and an endpoint, or a queue")
      }
      return nil
    }
    return Subscription(
      subscriptionProtocol: name, endpoint: .text(endpoint), attributes: attributes, raw: raw, location: node.location)
  }
}
