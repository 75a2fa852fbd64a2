import Documents

extension DocumentReader {
  func table(_ node: DocumentNode, _ path: String) -> Table? {
    let known = [
      "name", "key", "billing", "indexes", "ttl", "stream", "tags", "deletion-protection", "class", "items",
    ]
    guard let fields = fields(node, path, known: known, required: ["name", "key"]),
      let name = text(fields["name"], fields.path("name")), let key = key(fields["key"], fields.path("key"))
    else { return nil }
    let indexes = fields["indexes"].flatMap {
      self.fields($0, fields.path("indexes"), known: ["global", "local"])
    }
    return Table(
      name: name, key: key, billing: billing(fields["billing"], fields.path("billing")),
      globalIndexes: list(indexes?["global"], fields.path("indexes.global"), index),
      localIndexes: list(indexes?["local"], fields.path("indexes.local"), index),
      timeToLive: text(fields["ttl"], fields.path("ttl")), stream: choice(fields["stream"], fields.path("stream")),
      tags: members(fields["tags"], fields.path("tags")),
      deletionProtection: bool(fields["deletion-protection"], fields.path("deletion-protection")) ?? false,
      tableClass: choice(fields["class"], fields.path("class")) ?? .standard,
      items: list(fields["items"], fields.path("items")) { item($0, $1, hashKey: key.hash.name) },
      location: node.location)
  }

  /// `{hash: "pk:S", range: "sk:N"}`; S if no type is given.
  private func key(_ node: DocumentNode?, _ path: String) -> TableKey? {
    guard let node, let fields = fields(node, path, known: ["hash", "range"], required: ["hash"]),
      let hash = keyAttribute(fields["hash"], fields.path("hash"))
    else { return nil }
    if fields["range"] == nil { return TableKey(hash: hash) }
    guard let range = keyAttribute(fields["range"], fields.path("range")) else { return nil }
    return TableKey(hash: hash, range: range)
  }

  private func keyAttribute(_ node: DocumentNode?, _ path: String) -> KeyAttribute? {
    guard let node, let text = text(node, path) else { return nil }
    // The type is what follows the last colon: attribute names may hold colons.
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return KeyAttribute(text, .string) }
    let name = String(text[..<colon])
    let type = String(text[text.utf8.index(after: colon)...])
    guard let type = KeyType(rawValue: type), !name.isEmpty else {
      expected("NAME:TYPE with a type of S, N or B, such as \"pk:S\"", node, path)
      return nil
    }
    return KeyAttribute(name, type)
  }

  /// `on-demand`, or `{read: N, write: N}`.
  private func billing(_ node: DocumentNode?, _ path: String) -> TableBilling {
    guard let node else { return .onDemand }
    if plainText(node) == "on-demand" { return .onDemand }
    guard case .map = node.kind else {
      expected("on-demand, or {read: N, write: N} for provisioned capacity", node, path)
      return .onDemand
    }
    guard let fields = fields(node, path, known: ["read", "write"], required: ["read", "write"]) else {
      return .onDemand
    }
    return .provisioned(
      read: integer(fields["read"], fields.path("read")) ?? 1,
      write: integer(fields["write"], fields.path("write")) ?? 1)
  }

  private func index(_ node: DocumentNode, _ path: String) -> TableIndex? {
    guard let fields = fields(node, path, known: ["name", "key", "projection"], required: ["name", "key"]),
      let name = text(fields["name"], fields.path("name")), let key = key(fields["key"], fields.path("key"))
    else { return nil }
    return TableIndex(
      name: name, key: key, projection: projection(fields["projection"], fields.path("projection")),
      location: node.location)
  }

  /// `all`, `keys-only`, or `{include: [names]}`.
  private func projection(_ node: DocumentNode?, _ path: String) -> IndexProjection {
    guard let node else { return .all }
    switch plainText(node) {
    case "all": return .all
    case "keys-only": return .keysOnly
    default: break
    }
    if case .map = node.kind {
      guard let fields = fields(node, path, known: ["include"], required: ["include"]) else { return .all }
      return .include(list(fields["include"], fields.path("include")) { self.text($0, $1) })
    }
    expected("all, keys-only or {include: [names]}", node, path)
    return .all
  }

  /// An entry that has the table's hash key is the item itself. Any other has `item` (with `count`, `for-each`,
  /// `label`) or `from`.
  private func item(_ node: DocumentNode, _ path: String, hashKey: String) -> Item? {
    guard case .map(let members) = node.kind else {
      expected("an item: a map of attributes", node, path)
      return nil
    }
    let has = { (name: String) in members.first { $0.key == Array(name.utf8) } }
    var isEntry = false
    if let item = has("item"), case .map(let inner) = item.value.kind {
      isEntry = hashKey != "item" || inner.contains { $0.key == Array(hashKey.utf8) }
    } else if has("from") != nil, has(hashKey) == nil {
      isEntry = true
    }
    if !isEntry {
      if has(hashKey) == nil, let word = members.first(where: { ["count", "for-each", "label"].contains($0.keyText) }) {
        report(
          word.location, path, "'\(word.keyText)' stands beside attributes, and '\(hashKey)' is missing",
          hint: "put the attributes under item:, as in {\(word.keyText): …, item: {\(hashKey): …}}")
        return nil
      }
      return Item(source: .attributes(self.members(node, path)), location: node.location)
    }
    guard let fields = fields(node, path, known: ["item", "from", "types", "count", "for-each", "label"]) else {
      return nil
    }
    let label = text(fields["label"], fields.path("label"))
    if let item = fields["item"] {
      return Item(
        source: .attributes(self.members(item, fields.path("item"))), repetition: repetition(fields), label: label,
        location: node.location)
    }
    guard let file = file(fields["from"], fields.path("from")) else { return nil }
    for word in ["count", "for-each"] {
      if let node = fields[word] { report(node.location, fields.path(word), "'\(word)' does not go with 'from'") }
    }
    return Item(
      source: .file(file.0, file.1, types: types(fields["types"], fields.path("types"))), label: label,
      location: node.location)
  }

  private func types(_ node: DocumentNode?, _ path: String) -> [FileColumn] {
    guard let node else { return [] }
    guard case .map(let members) = node.kind else {
      expected("a map of columns and types, such as {total: N}", node, path)
      return []
    }
    return members.compactMap { member in
      let type: AttributeType? = choice(member.value, "\(path).\(member.keyText)")
      return type.map { FileColumn(name: member.key, type: $0) }
    }
  }
}
