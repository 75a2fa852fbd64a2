import Documents

extension Table {
  /// A table with its items.
  public init(
    _ name: String, key: TableKey, billing: TableBilling = .onDemand, globalIndexes: [TableIndex] = [],
    localIndexes: [TableIndex] = [], timeToLive: String? = nil, stream: StreamView? = nil,
    tags: KeyValuePairs<String, SpecValue> = [:], deletionProtection: Bool = false, tableClass: TableClass = .standard,
    file: StaticString = #fileID, line: Int = #line, @EntryBuilder<Item> _ items: () -> [Item] = { [] }
  ) {
    self.init(
      name: name, key: key, billing: billing, globalIndexes: globalIndexes, localIndexes: localIndexes,
      timeToLive: timeToLive, stream: stream, tags: tags.map { SpecMember($0.key, $0.value) },
      deletionProtection: deletionProtection, tableClass: tableClass, items: items(), location: SpecLocation(file, line)
    )
  }
}

extension TableIndex {
  /// A secondary index.
  public init(
    _ name: String, key: TableKey, projection: IndexProjection = .all, file: StaticString = #fileID, line: Int = #line
  ) {
    self.init(name: name, key: key, projection: projection, location: SpecLocation(file, line))
  }
}

extension Item {
  /// An item: names and values. Text becomes S, a number N, true and false BOOL, a list L, a map M; other types by
  /// `.typed(.stringSet, ["a", "b"])`.
  public init(
    _ attributes: KeyValuePairs<String, SpecValue>, label: String? = nil, file: StaticString = #fileID,
    line: Int = #line
  ) {
    self.init(
      source: .attributes(attributes.map { SpecMember($0.key, $0.value) }), label: label,
      location: SpecLocation(file, line))
  }

  /// The rows of a CSV or NDJSON file as items. `types` says what is not text in a CSV file.
  public init(
    path: String, types: KeyValuePairs<String, AttributeType> = [:], label: String? = nil, file: StaticString = #fileID,
    line: Int = #line
  ) {
    self.init(
      source: .file(
        path, FileFormat(path: path) ?? .ndjson,
        types: types.map { FileColumn(name: Array($0.key.utf8), type: $0.value) }),
      label: label, location: SpecLocation(file, line))
  }

  func repeated(_ repetition: Repetition) -> Item {
    var copy = self
    copy.repetition = repetition
    return copy
  }
}

/// Items that are written once for each row.
public typealias Items = Repeated<Item>

extension Repeated where Entry == Item {
  /// Items that are written `count` times.
  public init(count: Int, @EntryBuilder<Item> _ content: (SpecRow) -> [Item]) {
    self.init(entries: content(SpecRow()).map { $0.repeated(.count(count)) })
  }

  /// Items that are written once for each row of a data set.
  public init(forEach set: DataSet, @EntryBuilder<Item> _ content: (SpecRow) -> [Item]) {
    self.init(entries: content(SpecRow()).map { $0.repeated(.rows(of: set.name)) })
  }
}
