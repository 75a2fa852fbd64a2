import Documents
import Files
import JSONBytes
import KumoState

/// Writes `dynamodb.json`.
struct DynamoDBWriter {
  let directory: Directory
  let region: String

  /// Writes the tables sorted by name.
  func write(_ tables: [ResolvedTable], progress: (WrittenResource) throws -> Void) throws {
    let output = try ServiceFile(directory: directory, service: "dynamodb")
    output.json.beginObject()
    output.json.key("tables")
    output.json.beginObject()
    let sorted = tables.sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    for table in sorted {
      output.json.key(table.name)
      try write(table, to: output, progress: progress)
    }
    output.json.endObject()
    writeTags(of: sorted, to: output)
    output.json.endObject()
    try output.finish()
  }

  private func write(
    _ table: ResolvedTable, to output: ServiceFile, progress: (WrittenResource) throws -> Void
  ) throws {
    let items = try RecordSpool(in: directory, name: RelativePath(".spool-items"))
    let keyNames = ([table.hashKey] + (table.rangeKey.map { [$0] } ?? [])).map { Array($0.name.utf8) }
    var locations = SpecLocations()
    try table.forEachItem { item in
      let key = ItemKey(keyNames.map { name in item.attributes.first { $0.name == name }.map(Self.keyValue) })
      guard key.isPersistable else {
        throw SpecError(
          item.location,
          "table '\(table.name)' gets an item with \(key.trouble?.rawValue ?? "a key that does not persist"); "
            + "use a string or number key")
      }
      var json = JSONWriter(style: .compact)
      item.attributes.write(to: &json)
      try items.append(key: key.bytes, tag: locations.tag(item.location), json.bytes)
      try progress(.item)
    }
    output.json.beginObject()
    output.json.key("table")
    record(table).write(to: &output.json, itemCount: items.count)
    output.json.key("items")
    try output.write(items) { first, second in
      SpecError(
        locations.location(second.tag),
        "table '\(table.name)' gets two items with the primary key \(printable(second.key)): the other one is at "
          + "\(locations.location(first.tag)); give every item a key of its own")
    }
    output.json.endObject()
  }

  private static func keyValue(_ member: AttributeMember) -> ItemKeyValue {
    switch member.value {
    case .s(let text): .string(text)
    case .n(let text): .number(text)
    case .b(let bytes): .binary(bytes)
    default: .other
    }
  }

  private func record(_ table: ResolvedTable) -> DynamoDBTable {
    let keys = [table.hashKey] + (table.rangeKey.map { [$0] } ?? [])
    var record = DynamoDBTable(
      name: Array(table.name.utf8), keys: keys.map(DynamoDBTable.KeyAttribute.init), created: table.created.goTime,
      region: Array(region.utf8))
    record.globalIndexes = table.globalIndexes.map(index)
    record.localIndexes = table.localIndexes.map(index)
    if case .provisioned(let read, let write) = table.billing {
      record.provisioned = DynamoDBTable.Throughput(read: Int64(read), write: Int64(write))
    }
    record.timeToLiveAttribute = table.timeToLive
    record.stream = table.stream.map(DynamoDBTable.StreamView.init)
    record.deletionProtection = table.deletionProtection
    if table.tableClass == .infrequentAccess { record.tableClass = Array("STANDARD_INFREQUENT_ACCESS".utf8) }
    return record
  }

  private func index(_ index: ResolvedIndex) -> DynamoDBTable.Index {
    let keys = [index.hashKey] + (index.rangeKey.map { [$0] } ?? [])
    let projection: DynamoDBTable.Projection =
      switch index.projection {
      case .all: .all
      case .keysOnly: .keysOnly
      case .include(let names): .include(names.map { Array($0.utf8) })
      }
    return DynamoDBTable.Index(
      name: Array(index.name.utf8), keys: keys.map(DynamoDBTable.KeyAttribute.init), projection: projection)
  }

  /// Tags of all tables by ARN; KUMO omits the member when there are none (kumo-format.md 3).
  private func writeTags(of tables: [ResolvedTable], to output: ServiceFile) {
    let tagged = tables.filter { !$0.tags.isEmpty }
    guard !tagged.isEmpty else { return }
    output.json.key("tags")
    output.json.beginObject()
    for table in tagged {
      output.json.key(record(table).arn)
      output.json.tagList(table.tags.map(NamedText.init))
    }
    output.json.endObject()
  }
}
