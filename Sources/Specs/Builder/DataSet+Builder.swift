import Documents

extension DataSet {
  /// Rows made by generators: `DataSet("customers", count: 50, fields: ["id": .uuid(), "name": .name()])`.
  /// A field may refer to other fields of its row.
  public init(
    _ name: String, count: Int, fields: KeyValuePairs<String, SpecValue>, file: StaticString = #fileID,
    line: Int = #line
  ) {
    self.init(
      name: name, source: .generated(count: count, fields: fields.map { SpecMember($0.key, $0.value) }),
      location: SpecLocation(file, line))
  }

  /// Rows made by generators whose fields can refer to each other by name: the closure gets the row.
  public init(
    _ name: String, count: Int, file: StaticString = #fileID, line: Int = #line,
    fields: (SpecRow) -> KeyValuePairs<String, SpecValue>
  ) {
    self.init(name, count: count, fields: fields(SpecRow()), file: file, line: line)
  }

  /// Rows written out, or computed by Swift code.
  public init(_ name: String, rows: [SpecValue], file: StaticString = #fileID, line: Int = #line) {
    self.init(name: name, source: .rows(rows), location: SpecLocation(file, line))
  }

  /// Rows of a CSV file (with a header) or an NDJSON file; the path is relative to the directory that the spec is
  /// resolved in.
  public init(_ name: String, path: String, file: StaticString = #fileID, line: Int = #line) {
    self.init(
      name: name, source: .file(path, FileFormat(path: path) ?? .ndjson), location: SpecLocation(file, line))
  }

  /// A row of this set, chosen for each row that is written.
  public func row(_ choice: SpecGenerator.RowChoice = .random) -> SpecValue {
    .generated(.row(set: name, choice: choice))
  }
}

extension FileFormat {
  /// The format that a file name's end tells: `.csv`, or `.ndjson` and `.jsonl`.
  init?(path: String) {
    if path.hasSuffix(".csv") {
      self = .csv
    } else if path.hasSuffix(".ndjson") || path.hasSuffix(".jsonl") {
      self = .ndjson
    } else {
      return nil
    }
  }
}
