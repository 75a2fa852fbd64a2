import Documents

extension DocumentReader {
  /// Reads a whole spec; nil if so much is missing that there is none. Problems are in `problems`.
  func spec(_ root: DocumentNode) -> FixtureSpec? {
    let known = [
      "format", "fixture", "version", "app-version", "description", "seed", "clock", "namespace", "namespace-mode",
      "region", "data", "s3", "dynamodb", "sqs", "secretsmanager", "ssm", "sns", "raw",
    ]
    guard let fields = fields(root, "", known: known, required: ["fixture", "version"]) else { return nil }
    if let node = fields["format"], integer(node, "format") != 1 {
      report(
        node.location, "format",
        "the document has format \(plainText(node) ?? "?"); this version of the tool reads format 1",
        hint: "update kumo-fixtures")
    }
    guard let name = text(fields["fixture"], "fixture"), let version = integer(fields["version"], "version") else {
      return nil
    }
    var spec = FixtureSpec(name: name, version: version, location: root.location)
    spec.appVersion = text(fields["app-version"], "app-version")
    spec.description = text(fields["description"], "description")
    spec.seed = text(fields["seed"], "seed") ?? name
    if let node = fields["clock"], let text = text(node, "clock") {
      if let clock = Instant(text) {
        spec.clock = clock
      } else {
        problems.append(.notAnInstant(text, location: node.location, path: "clock"))
      }
    }
    spec.namespace = text(fields["namespace"], "namespace")
    spec.namespaceMode = choice(fields["namespace-mode"], "namespace-mode") ?? .names
    spec.region = text(fields["region"], "region") ?? FixtureSpec.defaultRegion
    spec.dataSets = namedNodes(fields["data"], "data").compactMap { dataSet($0, $1, $2) }
    spec.buckets = section(fields["s3"], "s3", "buckets", bucket)
    spec.tables = section(fields["dynamodb"], "dynamodb", "tables", table)
    spec.queues = section(fields["sqs"], "sqs", "queues", queue)
    spec.secrets = section(fields["secretsmanager"], "secretsmanager", "secrets", secret)
    spec.parameters = section(fields["ssm"], "ssm", "parameters", parameter)
    spec.topics = section(fields["sns"], "sns", "topics", topic)
    spec.rawDocuments = namedNodes(fields["raw"], "raw").map { name, node, path in
      RawDocument(service: name, value: value(node, path), location: node.location)
    }
    return spec
  }

  /// `s3: {buckets: […]}` and its like.
  private func section<Resource>(
    _ node: DocumentNode?, _ name: String, _ list: String, _ read: (DocumentNode, String) -> Resource?
  ) -> [Resource] {
    guard let node, let fields = fields(node, name, known: [list]) else { return [] }
    return self.list(fields[list], fields.path(list), read)
  }

  /// Names and what stands under them.
  private func namedNodes(_ node: DocumentNode?, _ path: String) -> [(String, DocumentNode, String)] {
    guard let node else { return [] }
    guard case .map(let members) = node.kind else {
      expected("a map of names", node, path)
      return []
    }
    return members.map { member in
      // The key's position is where the entry begins.
      (member.keyText, DocumentNode(kind: member.value.kind, location: member.location), "\(path).\(member.keyText)")
    }
  }

  private func dataSet(_ name: String, _ node: DocumentNode, _ path: String) -> DataSet? {
    guard let fields = fields(node, path, known: ["count", "fields", "file", "rows"]) else { return nil }
    let given = ["fields", "file", "rows"].filter { fields[$0] != nil }
    guard given.count == 1 else {
      report(
        node.location, path,
        given.isEmpty ? "a data set has no rows" : "a data set has \(given.joined(separator: " and "))",
        hint: "give one of: count with fields, file, rows")
      return nil
    }
    if given != ["fields"], let count = fields["count"] {
      report(count.location, fields.path("count"), "count goes with fields; a file and rows have as many as they hold")
    }
    let source: DataSet.Source
    switch given[0] {
    case "fields":
      guard fields["count"] != nil else {
        report(node.location, path, "'count' is missing")
        return nil
      }
      source = .generated(
        count: integer(fields["count"], fields.path("count")) ?? 0,
        fields: members(fields["fields"], fields.path("fields")))
    case "file":
      guard let file = file(fields["file"], fields.path("file")) else { return nil }
      source = .file(file.0, file.1)
    default: source = .rows(list(fields["rows"], fields.path("rows"), value))
    }
    return DataSet(name: name, source: source, location: node.location)
  }

  /// The path of a row file.
  func file(_ node: DocumentNode?, _ path: String) -> (String, FileFormat)? {
    guard let node, let text = text(node, path) else { return nil }
    guard let format = FileFormat(path: text) else {
      expected("a file name that ends with .csv, .ndjson or .jsonl", node, path)
      return nil
    }
    return (text, format)
  }

  /// `count: N` or `for-each: SET`.
  func repetition(_ fields: Fields) -> Repetition {
    if fields["count"] != nil, let node = fields["for-each"] {
      report(node.location, fields.path, "an entry has both count and for-each", hint: "keep one of the two")
    }
    if let node = fields["for-each"] { return text(node, fields.path("for-each")).map { .rows(of: $0) } ?? .once }
    return integer(fields["count"], fields.path("count")).map { .count($0) } ?? .once
  }
}
