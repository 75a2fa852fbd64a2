import Documents
import KumoState

extension StepReader {
  /// `{table: …, name: …, value: …, where: …}`.
  func addAttribute(_ node: DocumentNode, _ path: String, isReplacing: Bool) -> StepOperation.Action? {
    let keys = ["table", "name", "value"]
    guard let fields = document.fields(node, path, known: keys + ["where"], required: ["table", "name"]),
      let name = name(fields["name"], fields.path("name")), let value = valueNode(node, path)
    else { return nil }
    let template = self.value(value, fields.path("value"))
    return items(fields) { template.map { isReplacing ? .set(name.bytes, $0) : .add(name.bytes, $0) } }
  }

  /// The value of `value`, which may be null.
  private func valueNode(_ node: DocumentNode, _ path: String) -> DocumentNode? {
    if case .map(let members) = node.kind, let member = members.first(where: { $0.keyText == "value" }) {
      return member.value
    }
    document.report(node.location, path, "'value' is missing")
    return nil
  }

  /// `{table: …, name: …, where: …}`.
  func removeAttribute(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    guard let fields = document.fields(node, path, known: ["table", "name", "where"], required: ["table", "name"]),
      let name = name(fields["name"], fields.path("name"))
    else { return nil }
    return items(fields) { .remove(name.bytes) }
  }

  /// `{table: …, from: …, to: …, where: …}`.
  func moveAttribute(_ node: DocumentNode, _ path: String, isCopy: Bool) -> StepOperation.Action? {
    let keys = ["table", "from", "to"]
    guard let fields = document.fields(node, path, known: keys + ["where"], required: keys),
      let old = name(fields["from"], fields.path("from")), let new = name(fields["to"], fields.path("to"))
    else { return nil }
    guard old.bytes != new.bytes else {
      document.report(node.location, path, "both names are '\(old)'")
      return nil
    }
    return items(fields) { isCopy ? .copy(old.bytes, to: new.bytes) : .rename(old.bytes, to: new.bytes) }
  }

  /// `{table: …, name: …, from: S, to: N, on-error: fail | keep | remove, where: …}`.
  func retypeAttribute(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    let keys = ["table", "name", "from", "to"]
    guard let fields = document.fields(node, path, known: keys + ["on-error", "where"], required: keys),
      let name = name(fields["name"], fields.path("name")), let from = type(fields["from"], fields.path("from")),
      let to = type(fields["to"], fields.path("to"))
    else { return nil }
    guard (from == .string && to == .number) || (from == .number && to == .string) else {
      document.report(
        node.location, path, "\(from.name) cannot become \(to.name)", hint: "S can become N, and N can become S")
      return nil
    }
    let policy: ItemOperation.ErrorPolicy? = document.choice(fields["on-error"], fields.path("on-error"))
    return items(fields) { .retype(name.bytes, from: from, to: to, onError: policy ?? .fail) }
  }

  /// `{table: …, where: …}`.
  func removeItems(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    guard let fields = document.fields(node, path, known: ["table", "where"], required: ["table"]) else { return nil }
    return items(fields) { .removeItem }
  }

  private func items(
    _ fields: DocumentReader.Fields, _ action: () -> ItemOperation.Action?
  ) -> StepOperation.Action? {
    guard let table = name(fields["table"], fields.path("table")), let action = action() else { return nil }
    let filter = filter(fields["where"], fields.path("where"))
    return .items(ItemOperation(table: table.bytes, filter: filter, action: action))
  }

  // MARK: Filters

  /// `{exists: a, missing: [b], equals: {c: 1}, prefix: {d: x}, type: {e: N}}`; all must hold.
  func filter(_ node: DocumentNode?, _ path: String) -> ItemFilter {
    var filter = ItemFilter()
    guard let node,
      let fields = document.fields(node, path, known: ["exists", "missing", "equals", "prefix", "type"])
    else { return filter }
    for name in attributeNames(fields["exists"], fields.path("exists")) { filter.conditions.append(.exists(name)) }
    for name in attributeNames(fields["missing"], fields.path("missing")) { filter.conditions.append(.missing(name)) }
    for member in members(fields["equals"], fields.path("equals"), "attributes with their values") {
      let place = "\(fields.path("equals")).\(member.keyText)"
      guard let value = value(member.value, place) else { continue }
      guard let constant = value.constant else {
        document.report(member.location, place, "a value to compare with cannot be made of attributes")
        continue
      }
      filter.conditions.append(.equals(member.key, constant))
    }
    for member in members(fields["prefix"], fields.path("prefix"), "attributes with the text that they begin with") {
      guard let text = document.text(member.value, "\(fields.path("prefix")).\(member.keyText)") else { continue }
      filter.conditions.append(.prefix(member.key, text.bytes))
    }
    for member in members(fields["type"], fields.path("type"), "attributes with their types, such as {total: N}") {
      guard let type = type(member.value, "\(fields.path("type")).\(member.keyText)") else { continue }
      filter.conditions.append(.type(member.key, type))
    }
    return filter
  }

  /// One name, or a list of names.
  private func attributeNames(_ node: DocumentNode?, _ path: String) -> [[UInt8]] {
    guard let node else { return [] }
    if case .list = node.kind { return document.list(node, path) { name($0, $1)?.bytes } }
    return name(node, path).map { [$0.bytes] } ?? []
  }

  private func members(_ node: DocumentNode?, _ path: String, _ what: String) -> [DocumentNode.Member] {
    guard let node else { return [] }
    guard case .map(let members) = node.kind else {
      document.expected(what, node, path)
      return []
    }
    return members
  }

  /// `S`, `N`, `B`, `SS`, `NS`, `BS`, `M`, `L`, `BOOL`, `NULL`.
  func type(_ node: DocumentNode?, _ path: String) -> AttributeType? {
    guard let node else { return nil }
    let names = AttributeType.allCases.map(\.name)
    if let text = document.plainText(node), let type = AttributeType.allCases.first(where: { $0.name == text }) {
      return type
    }
    // YAML reads an unquoted NULL as nothing.
    if case .null = node.kind { return .null }
    document.expected("a type: \(names.joined(separator: ", "))", node, path)
    return nil
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}
