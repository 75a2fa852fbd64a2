import Digests
import Files
import JSONBytes
import KumoState

/// Reads resources that differ again and says in what.
final class Describer {
  let file: ServiceFile
  let scans: [ScannedFile]
  let options: DifferenceOptions
  let form: CanonicalForm
  let tree: SensitiveTree?
  let bodies: [S3BodyHasher]
  /// For each table: its key attributes have names that suggest secrets, so that item keys are not shown.
  private var secretTables: [[UInt8]: Bool]?

  init(
    _ file: ServiceFile, _ scans: [ScannedFile], _ directories: [Directory], _ options: DifferenceOptions,
    _ form: CanonicalForm
  ) throws {
    self.file = file
    self.scans = scans
    self.options = options
    self.form = form
    tree = file.service.map { SensitiveTree(of: $0) }
    bodies = try directories.map { try S3BodyHasher(file.service?.name == "s3" ? $0 : nil) }
  }

  /// A container as it is shown: names of buckets, tables, queues and members are no secrets.
  func containerName(_ side: Side, _ index: Int32) -> String {
    let containers = scans[Int(side.rawValue)].containers
    return containers.indices.contains(Int(index)) ? DisplayName.escape(containers[Int(index)]) : ""
  }

  /// - Throws: the JSON reader's error or `FilesError` when a file is not what it was.
  func describe(_ candidate: Candidate) throws -> ResourceChange {
    var found = Description()
    switch candidate.kind {
    case .bucket: try describeBucket(candidate, &found)
    case .object, .version: try describeObject(candidate, &found)
    case .table: try describeTable(candidate, &found)
    case .item: try describeItem(candidate, &found)
    case .queue: try describeQueue(candidate, &found)
    case .message: try describeMessage(candidate, &found)
    case .versionOrder, .tableTags, .entry: try describeEntry(candidate, &found)
    case .element: try describeElement(candidate, &found)
    case .value: try describeValue(candidate, &found)
    case .messageOrder: found.name = ""
    }
    let side: Side = candidate.second == nil ? .first : .second
    let record = candidate.second ?? candidate.first
    let container = containerName(side, record?.container ?? -1)
    let name = candidate.kind.isContainer ? container : found.name
    return ResourceChange(
      kind: candidate.kind, verb: candidate.verb, container: container, name: name, nameLength: found.nameLength,
      firstOffset: candidate.first.map { Int($0.offset) }, secondOffset: candidate.second.map { Int($0.offset) },
      summary: found.summary, fields: found.fields, omittedFields: found.omitted)
  }

  /// What is found out about one resource.
  struct Description {
    var name: String?
    var nameLength = 0
    var summary: String?
    var fields: [FieldChange] = []
    var omitted = 0

    /// Takes a name that may be shown when it looks harmless.
    mutating func take(name bytes: [UInt8], isSecret: Bool = false) {
      nameLength = bytes.count
      name = !isSecret && HarmlessText.isHarmless(bytes) ? DisplayName.escape(bytes) : nil
    }

    /// Takes a name that is shown in any case.
    mutating func take(openName bytes: [UInt8]) {
      nameLength = bytes.count
      name = DisplayName.escape(bytes)
    }

    mutating func take(_ comparison: NodeComparison) {
      fields = comparison.fields
      omitted = comparison.omitted
    }
  }

  func comparison() -> NodeComparison { NodeComparison(form, tree, limit: options.fieldLimit) }

  /// The position below the file's top that the keys lead to.
  func position(_ keys: [[UInt8]]) -> SensitiveTree.Position? {
    guard let tree else { return nil }
    var position: SensitiveTree.Position? = tree.root
    for key in keys { position = position.flatMap { tree.child(of: $0, key: key) } }
    return position
  }

  /// Opens each side's record.
  func forEachSide(
    _ candidate: Candidate, _ body: (_ side: Int, _ file: ReadableFile, _ offset: Int) throws -> Void
  ) throws {
    for (side, record) in [candidate.first, candidate.second].enumerated() {
      guard let record, let file = scans[side].file else { continue }
      try body(side, file, Int(record.offset))
    }
  }

  /// Whether a table's item keys are kept back: a key attribute's name suggests a secret.
  func hasSecretKeys(_ table: [UInt8], _ file: ReadableFile) throws -> Bool {
    if let known = secretTables { return known[table] ?? false }
    let reader = JSONReader(source: RecordSource(file: file), options: RecordSource.options)
    let tables = try DynamoDBTableHead.collect(reader).mapValues { head in
      head.keys.contains { SensitivePaths.hasSensitiveName($0.name) }
    }
    secretTables = tables
    return tables[table] ?? false
  }
}
