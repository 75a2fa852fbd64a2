import Documents
import KumoState

/// A table whose programs are ready.
struct CompiledTable: Sendable {
  let table: Table
  let tags: [ProgramMember]
  let items: [CompiledItem]
}

/// An item entry whose programs are ready.
struct CompiledItem: Sendable {
  enum Source: Sendable {
    /// Sorted by bytes of the name, so that items are made in their final order.
    case attributes([ProgramMember])
    case file(RowFile, types: [FileColumn])
  }

  let source: Source
  let repetition: CompiledRepetition
  let location: SpecLocation
}

extension Resolver {
  func compile(_ table: Table, index: Int) -> CompiledTable {
    let site = site(["dynamodb", table.name], table.location, "dynamodb.tables[\(index)]")
    check(table, site)
    let canonical = Canonical(files: [:])
    let keys = [table.key.hash] + (table.key.range.map { [$0] } ?? [])
    let labels = Self.labels(
      table.items.map { item in
        if let label = item.label { return label }
        guard case .attributes(let attributes) = item.source else { return "file" }
        // The key names an item: what stands there does not change when other items are added.
        return keys.map { key in
          attributes.first { $0.name == Array(key.name.utf8) }.map {
            String(decoding: canonical.json($0.value).bytes, as: UTF8.self)
          } ?? ""
        }.joined(separator: "|")
      })
    let items = table.items.enumerated().compactMap { position, item in
      compile(
        item, table,
        self.site(site.place + ["items", labels[position]], item.location, "\(site.path).items[\(position)]"))
    }
    return CompiledTable(table: table, tags: compiler.members(table.tags, site.field("tags")), items: items)
  }

  private func compile(_ item: Item, _ table: Table, _ entry: Compiler.Site) -> CompiledItem? {
    var site = entry
    site.typesAllowed = true
    let repetition = repetition(item.repetition, &site)
    switch item.source {
    case .attributes(let attributes):
      for key in [table.key.hash] + (table.key.range.map { [$0] } ?? [])
      where !attributes.contains(where: { $0.name == Array(key.name.utf8) }) {
        compiler.report(
          site, "the item has no '\(key.name)', which is a key attribute of the table '\(table.name)'",
          hint: NearestName.find(key.name, among: attributes.map(\.nameText)).map { "it has '\($0)'" })
      }
      let programs = compiler.members(attributes, site)
      return CompiledItem(
        source: .attributes(programs.sorted { $0.name.lexicographicallyPrecedes($1.name) }), repetition: repetition,
        location: item.location)
    case .file(let path, let format, let types):
      guard let file = compiler.file(path, site.field("from")) else { return nil }
      return CompiledItem(
        source: .file(RowFile(path: file.path, format: format, location: item.location), types: types),
        repetition: repetition, location: item.location)
    }
  }

  private func check(_ table: Table, _ site: Compiler.Site) {
    var types: [[UInt8]: KeyType] = [:]
    func check(_ key: TableKey, _ site: Compiler.Site) {
      for attribute in [key.hash] + (key.range.map { [$0] } ?? []) {
        if attribute.name.isEmpty || attribute.name.utf8.count > 255 {
          compiler.report(site, "the name of a key attribute is not 1 to 255 bytes long")
        }
        if let other = types.updateValue(attribute.type, forKey: Array(attribute.name.utf8)), other != attribute.type {
          compiler.report(
            site,
            "the attribute '\(attribute.name)' has type \(attribute.type.rawValue) here and \(other.rawValue) in another key"
          )
        }
      }
      if let range = key.range, range.name.utf8.elementsEqual(key.hash.name.utf8) {
        compiler.report(site, "the hash and the range key are the same attribute '\(range.name)'")
      }
    }
    check(table.key, site.field("key"))
    if spec.namespace != nil, spec.namespaceMode == .keys, table.key.hash.type != .string {
      compiler.report(
        site.field("key"),
        "the hash key '\(table.key.hash.name)' is no text, so the namespace cannot be put in front of it",
        hint: "use namespace-mode: names, or a hash key of type S")
    }
    var names: Set<[UInt8]> = []
    for (kind, indexes) in [("global", table.globalIndexes), ("local", table.localIndexes)] {
      for (position, index) in indexes.enumerated() {
        var inner = site.field("indexes.\(kind)[\(position)]")
        inner.location = index.location
        if !NameRule.table.allows(index.name) {
          compiler.report(inner, "the index name '\(index.name)' is not allowed", hint: NameRule.table.words)
        }
        if !names.insert(Array(index.name.utf8)).inserted {
          compiler.report(inner, "two indexes are named '\(index.name)'")
        }
        check(index.key, inner)
        if kind == "local", index.key.hash != table.key.hash || index.key.range == nil {
          compiler.report(
            inner, "a local index has the hash key of its table ('\(table.key.hash.name)') and a range key")
        }
      }
    }
    if case .provisioned(let read, let write) = table.billing, read < 1 || write < 1 {
      compiler.report(site.field("billing"), "capacity units are \(read) and \(write); expected at least 1")
    }
  }

  func finish(_ compiled: CompiledTable) -> ResolvedTable? {
    let environment = environment
    let table = compiled.table
    let tags: [ResolvedTag]
    do {
      tags = try Evaluator(environment: environment, index: 0, row: nil, location: table.location).tags(compiled.tags)
    } catch {
      compiler.problems.append(contentsOf: error.problems)
      return nil
    }
    let keys = KeyCheck(table, prefix: Array(spec.itemKeyPrefix.utf8))
    func resolve(_ index: TableIndex) -> ResolvedIndex {
      ResolvedIndex(name: index.name, hashKey: index.key.hash, rangeKey: index.key.range, projection: index.projection)
    }
    return ResolvedTable(
      name: spec.namePrefix + table.name, hashKey: table.key.hash, rangeKey: table.key.range,
      globalIndexes: table.globalIndexes.map(resolve), localIndexes: table.localIndexes.map(resolve),
      billing: table.billing, tableClass: table.tableClass, deletionProtection: table.deletionProtection,
      timeToLive: table.timeToLive.map { Array($0.utf8) }, stream: table.stream, tags: tags, created: spec.clock,
      location: table.location
    ) { body in
      for item in compiled.items { try item.forEach(environment, keys, body) }
    }
  }
}

extension CompiledItem {
  /// Calls the body with each item of the entry.
  func forEach(_ environment: Environment, _ keys: KeyCheck, _ body: (ResolvedItem) throws -> Void) throws {
    switch source {
    case .attributes(let programs):
      try environment.forEachRow(of: repetition, location: location) { evaluator in
        let values = try evaluator.evaluate(programs)
        guard let attributes = Datum.attributes(values) else {
          throw SpecError(location, "the item holds a whole row; refer to one of its fields")
        }
        let row: Int? = if case .once = repetition { nil } else { evaluator.index }
        try body(ResolvedItem(attributes: try keys.check(attributes, location), location: location, row: row))
      }
    case .file(let file, let types):
      let types = keys.columnTypes(types, format: file.format)
      try file.forEachRow { index, row, place in
        var members: [DatumMember] = []
        members.reserveCapacity(row.count)
        for (name, value) in row {
          // An empty field of a CSV file is no attribute: DynamoDB keys cannot be empty, and nothing else is meant by
          // it.
          if file.format == .csv, case .string([]) = value { continue }
          let datum = Datum(json: value)
          let typed = try types[name].map { type throws(SpecError) in
            Datum.attribute(try type.attribute(from: type.reading(datum), location: place))
          }
          members.append(DatumMember(name: name, value: typed ?? datum))
        }
        guard let attributes = Datum.attributes(members) else { return }
        try body(ResolvedItem(attributes: try keys.check(attributes, place), location: place, row: index))
      }
    }
  }
}

extension AttributeType {
  /// Text of a CSV field as this type reads it.
  func reading(_ datum: Datum) -> Datum {
    guard case .string(let text) = datum else { return datum }
    switch self {
    case .bool: return text == Array("true".utf8) ? .bool(true) : text == Array("false".utf8) ? .bool(false) : datum
    case .null: return .null
    default: return datum
    }
  }
}

/// What the keys of a table and its indexes ask of every item.
struct KeyCheck: Sendable {
  private let required: [(name: [UInt8], type: KeyType)]
  private let optional: [(name: [UInt8], type: KeyType)]
  private let table: String
  private let prefix: [UInt8]

  init(_ table: Table, prefix: [UInt8]) {
    let keys = [table.key.hash] + (table.key.range.map { [$0] } ?? [])
    let further = (table.globalIndexes + table.localIndexes).flatMap {
      [$0.key.hash] + ($0.key.range.map { [$0] } ?? [])
    }
    required = keys.map { (Array($0.name.utf8), $0.type) }
    optional = further.filter { !keys.contains($0) }.map { (Array($0.name.utf8), $0.type) }
    self.table = table.name
    self.prefix = prefix
  }

  /// Types of columns: those that the spec gives, and for a CSV file those of key attributes.
  func columnTypes(_ given: [FileColumn], format: FileFormat) -> [[UInt8]: AttributeType] {
    var types: [[UInt8]: AttributeType] = [:]
    if format == .csv {
      for key in required + optional { types[key.name] = AttributeType(rawValue: key.type.rawValue) }
    }
    for column in given { types[column.name] = column.type }
    return types
  }

  /// The attributes with the namespace in front of the hash key. Throws if a key attribute is missing or of the wrong
  /// type.
  func check(_ attributes: [AttributeMember], _ location: SpecLocation) throws(SpecError) -> [AttributeMember] {
    var attributes = attributes
    for (position, key) in (required + optional).enumerated() {
      let isRequired = position < required.count
      guard let index = attributes.firstIndex(where: { $0.name == key.name }) else {
        if !isRequired { continue }
        throw SpecError(
          location, "the item has no '\(Self.text(key.name))', which is a key attribute of the table '\(table)'")
      }
      let empty: Bool
      switch (key.type, attributes[index].value) {
      case (.string, .s(let text)):
        empty = text.isEmpty
        if position == 0, !prefix.isEmpty {
          attributes[index] = AttributeMember(name: key.name, value: .s(prefix + text))
        }
      case (.number, .n): empty = false
      case (.binary, .b(let bytes)):
        empty = bytes.isEmpty
        // KUMO writes the bytes into a JSON string and loses those that are no UTF-8 (kumo-format.md 3.2).
        if isRequired, String(validating: bytes, as: UTF8.self) == nil {
          throw SpecError(
            location, "the key '\(Self.text(key.name))' holds bytes that are no UTF-8, which KUMO cannot keep in a key",
            hint: "use text, for example hex digits")
        }
      case (_, let value):
        throw SpecError(
          location,
          "'\(Self.text(key.name))' has type \(value.typeName); the table '\(table)' declares \(key.type.rawValue)")
      }
      if empty { throw SpecError(location, "the key '\(Self.text(key.name))' is empty, which DynamoDB refuses") }
    }
    return attributes
  }

  private static func text(_ name: [UInt8]) -> String { DocumentNode.excerpt(name) }
}
