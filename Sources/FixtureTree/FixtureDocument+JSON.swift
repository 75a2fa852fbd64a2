import Files
import JSONBytes

extension FixtureDocument {
  /// The largest `fixture.json` that is read, in bytes: a ledger of ten thousand steps is far smaller.
  package static let sizeLimit = 16 * 1024 * 1024

  /// The canonical bytes: members sorted, two spaces, one final newline.
  package var bytes: [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    if let appVersion { json.text("appVersion", appVersion) }
    json.number("format", format)
    if let lastMigration { json.text("lastMigration", lastMigration) }
    json.text("layout", layout)
    json.key("ledger")
    json.beginArray()
    for row in ledger { row.write(to: &json) }
    json.endArray()
    json.text("name", name)
    json.text("origin", origin.rawValue)
    if let redaction { redaction.write(to: &json) }
    json.texts("services", services)
    if let spec { spec.write(to: &json) }
    json.number("version", version)
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// Puts the document into a directory in one step.
  ///
  /// - Throws: `FilesError`.
  package func write(to directory: Directory, mode: UInt32) throws(FilesError) {
    try directory.replace(FixtureNames.document, with: bytes, mode: mode)
  }

  /// The document of a directory; nil when it has none.
  ///
  /// - Throws: `FilesError`, or `FixtureTreeError` with `.badDocument` or `.newerDocument`.
  package static func read(from directory: Directory) throws -> FixtureDocument? {
    guard try directory.status(FixtureNames.document) != nil else { return nil }
    return try FixtureDocument(parsing: directory.read(FixtureNames.document, limit: sizeLimit))
  }

  /// Reads a document.
  ///
  /// - Throws: `FixtureTreeError` with `.badDocument`, or `.newerDocument` for a format that this tool does not know.
  package init(parsing bytes: [UInt8]) throws(FixtureTreeError) {
    var tape = JSONTape()
    do {
      let reader = JSONReader(bytes: bytes)
      _ = try reader.next()
      try reader.capture(into: &tape)
      guard try reader.next() == .end else {
        throw FixtureTreeError(.badDocument, "fixture.json has more than one value")
      }
    } catch let error as JSONError {
      throw FixtureTreeError(.badDocument, "fixture.json is not valid JSON: \(error.message)", line: error.line)
    } catch let error as FixtureTreeError {
      throw error
    } catch {
      throw FixtureTreeError(.badDocument, "fixture.json cannot be read: \(error)")
    }
    let root = DocumentNode(tape.root, name: "fixture.json")
    let format = try root.integer("format")
    guard format <= FixtureDocument.currentFormat else {
      throw FixtureTreeError(
        .newerDocument,
        "fixture.json has format \(format), this tool knows up to \(FixtureDocument.currentFormat)")
    }
    let origin = try root.text("origin")
    guard let known = Origin(rawValue: origin) else {
      throw FixtureTreeError(.badDocument, "fixture.json: 'origin' is '\(origin)', expected 'generated' or 'adopted'")
    }
    self.init(
      name: try root.text("name"), version: try root.integer("version"),
      appVersion: try root.optionalText("appVersion"),
      origin: known, layout: try root.text("layout"), services: try root.texts("services"),
      spec: try root.optionalObject("spec").map { (spec) throws(FixtureTreeError) in try SpecRecord(spec) },
      ledger: try root.objects("ledger").map { (row) throws(FixtureTreeError) in try LedgerRow(row) },
      lastMigration: try root.optionalText("lastMigration"))
    redaction = try root.optionalObject("redaction").map { (node) throws(FixtureTreeError) in
      try RedactionRecord(node)
    }
  }
}

extension RedactionRecord {
  fileprivate init(_ node: DocumentNode) throws(FixtureTreeError) {
    self.init(
      toolVersion: try node.text("toolVersion"), hasStablePseudonyms: try node.text("pseudonyms") == "stable",
      counts: try node.objects("replaced").map { (row) throws(FixtureTreeError) in
        Count(kind: try row.text("class"), place: try row.text("place"), count: try row.integer("count"))
      },
      removedWhole: try node.integer("removedWhole"))
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.key("redaction")
    json.beginObject()
    json.text("pseudonyms", hasStablePseudonyms ? "stable" : "random")
    json.number("removedWhole", removedWhole)
    json.key("replaced")
    json.beginArray()
    for count in counts {
      json.beginObject()
      json.text("class", count.kind)
      json.number("count", count.count)
      json.text("place", count.place)
      json.endObject()
    }
    json.endArray()
    json.text("toolVersion", toolVersion)
    json.endObject()
  }
}

extension FixtureDocument.SpecRecord {
  fileprivate init(_ node: DocumentNode) throws(FixtureTreeError) {
    self.init(
      digest: try node.text("digest"), seed: try node.text("seed"), clock: try node.text("clock"),
      namespace: try node.text("namespace"), generators: try node.texts("generators"))
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.key("spec")
    json.beginObject()
    json.text("clock", clock)
    json.text("digest", digest)
    json.texts("generators", generators)
    json.text("namespace", namespace)
    json.text("seed", seed)
    json.endObject()
  }
}

extension LedgerRow {
  /// The members that this tool knows.
  private static let known: Set<String> = [
    "appliedAt", "contentDigestAfter", "digest", "from", "id", "kind", "outOfOrder", "stepKind", "supersedes", "title",
    "to",
    "toolVersion", "treeDigestBefore",
  ]

  /// Members that it does not know are kept as they are: a newer tool may have added them.
  fileprivate init(_ node: DocumentNode) throws(FixtureTreeError) {
    self.init(
      id: try node.text("id"), kind: Kind(rawValue: try node.optionalText("kind") ?? Kind.applied.rawValue),
      stepKind: try node.optionalText("stepKind") ?? "swift", title: try node.optionalText("title") ?? "",
      from: try node.optionalInteger("from") ?? 0, to: try node.optionalInteger("to") ?? 0,
      digest: try node.text("digest"), appliedAt: try node.text("appliedAt"),
      toolVersion: try node.text("toolVersion"), treeDigestBefore: try node.text("treeDigestBefore"),
      contentDigestAfter: try node.text("contentDigestAfter"),
      isOutOfOrder: try node.optionalFlag("outOfOrder") ?? false,
      supersedes: try node.optionalTexts("supersedes") ?? [])
    unknown = node.members(besides: Self.known)
  }

  fileprivate func write(to json: inout JSONWriter) {
    var members: [(name: String, write: (inout JSONWriter) -> Void)] = [
      ("appliedAt", { $0.string(appliedAt) }), ("contentDigestAfter", { $0.string(contentDigestAfter) }),
      ("digest", { $0.string(digest) }), ("from", { $0.int(Int64(from)) }), ("id", { $0.string(id) }),
      ("kind", { $0.string(kind.rawValue) }), ("stepKind", { $0.string(stepKind) }), ("title", { $0.string(title) }),
      ("to", { $0.int(Int64(to)) }), ("toolVersion", { $0.string(toolVersion) }),
      ("treeDigestBefore", { $0.string(treeDigestBefore) }),
    ]
    if isOutOfOrder { members.append(("outOfOrder", { $0.bool(true) })) }
    if !supersedes.isEmpty { members.append(("supersedes", { $0.list(supersedes) })) }
    for (name, value) in unknown { members.append((name, { $0.raw(value) })) }
    members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    json.beginObject()
    for member in members {
      json.key(member.name)
      member.write(&json)
    }
    json.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func text(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  fileprivate mutating func number(_ name: StaticString, _ value: Int) {
    key(name)
    int(Int64(value))
  }

  fileprivate mutating func texts(_ name: StaticString, _ values: [String]) {
    key(name)
    list(values)
  }

  fileprivate mutating func list(_ values: [String]) {
    beginArray()
    for value in values { string(value) }
    endArray()
  }
}
