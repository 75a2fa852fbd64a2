import Files
import JSONBytes
import KumoState

/// Finds what a release would drop of a directory, service by service, by the types that were read of v0.18.0 and
/// v0.25.3 (kumo-format.md 6; the catalogue in `Schema` knows for each field in which of the two it is).
///
/// Memory: one value without names inside, and a number for each kind of field.
enum ReleaseLosses {
  /// - Throws: the JSON reader's error, `FilesError`, and what `checkpoint` throws.
  static func find(
    in directory: Directory, for release: KumoRelease, checkpoint: () throws -> Void
  ) throws -> [LayoutLoss] {
    var losses: [LayoutLoss] = []
    for service in ServiceCatalogue.all {
      try checkpoint()
      guard let path = try? RelativePath(text: service.fileName), try directory.status(path) != nil else { continue }
      let file = try directory.open(path)
      if release < service.since {
        if try holdsSomething(.rewriting(file)) {
          losses.append(
            LayoutLoss(
              service: service.name, path: "", count: 1, isCertain: true,
              consequence: "\(release) has no such service; its file is left alone and not read"))
        }
        continue
      }
      if let schema = Schema(of: service), var scan = FieldLosses(schema, release) {
        try scan.run(.rewriting(file))
        losses += scan.losses(of: service)
      }
      if service.name == "sqs", !release.has(.restoredQueuesWork) {
        losses += try unusableQueues(file, release)
      }
    }
    return losses
  }

  /// 4.2: every receive from a restored queue panics before v0.20.
  private static func unusableQueues(_ file: ReadableFile, _ release: KumoRelease) throws -> [LayoutLoss] {
    let queues = try SQSInspection(.rewriting(file)).queues.filter { $0.messageCount > 0 }
    guard !queues.isEmpty else { return [] }
    return [
      LayoutLoss(
        service: "sqs", path: "queues{}.messages", count: queues.reduce(0) { $0 + $1.messageCount }, isCertain: true,
        consequence:
          "\(release) cannot receive from a queue that it read from disk: every request for these messages fails")
    ]
  }

  /// Whether any top-level member has an entry.
  private static func holdsSomething(_ reader: JSONReader) throws(JSONError) -> Bool {
    var file = ServiceFileReader(reader)
    var holds = false
    while true {
      switch try file.next() {
      case .member: if try file.countMembers() > 0 { holds = true }
      case .end: return holds
      default: continue
      }
    }
  }
}

/// Counts the fields of one file that a release does not have and that hold something.
private struct FieldLosses {
  private let schema: Schema
  private let release: KumoRelease
  /// For each node: whether a field that the release lacks is anywhere below.
  private let leads: [Bool]
  /// By the path of the field.
  private var counts: [String: (count: Int, presence: SchemaField.Presence)] = [:]

  /// Nil when the release has everything.
  init?(_ schema: Schema, _ release: KumoRelease) {
    self.schema = schema
    self.release = release
    var leads = [Bool](repeating: false, count: schema.nodes.count)
    var isChanging = true
    while isChanging {
      isChanging = false
      for (index, node) in schema.nodes.enumerated() where !leads[index] {
        let fields = node.kind == .structure ? Array(node.fields) : []
        let reaches = fields.contains {
          Self.lacks(release, schema.fields[$0].presence) || leads[schema.fields[$0].node]
        }
        let below = node.element >= 0 && leads[node.element]
        guard reaches || below else { continue }
        leads[index] = true
        isChanging = true
      }
    }
    self.leads = leads
    if !leads[schema.root] { return nil }
  }

  /// Which fields a release lacks, or may lack.
  private static func lacks(_ release: KumoRelease, _ presence: SchemaField.Presence) -> Bool {
    switch presence {
    case .always: false
    case .added: release < .v25p3
    case .newest: release <= .v29
    case .gone: release > .v18
    }
  }

  mutating func run(_ reader: JSONReader) throws(JSONError) {
    _ = try reader.next()
    try walk(reader, schema.root, "", depth: 0)
    _ = try reader.next()
  }

  private mutating func walk(_ reader: JSONReader, _ node: Int, _ path: String, depth: Int) throws(JSONError) {
    // Types that hold themselves (filters, configurations) are followed as far as KUMO's own code would nest them.
    guard leads[node], depth < 64 else { return try reader.skipValue() }
    let type = schema.nodes[node]
    switch (reader.token, type.kind) {
    case (.beginObject, .structure):
      while try reader.next() == .key {
        let name = try reader.string()
        guard let index = schema.field(named: name, of: node) else {
          _ = try reader.next()
          try reader.skipValue()
          continue
        }
        let field = schema.fields[index]
        let place = path + (path.isEmpty ? "" : ".") + String(decoding: field.name, as: UTF8.self)
        _ = try reader.next()
        // Where a body is kept is what the conversion changes.
        if Self.lacks(release, field.presence), !field.name.elementsEqual("bodyRef".utf8) {
          if try holdsSomething(reader) { counts[place, default: (0, field.presence)].count += 1 }
        } else {
          try walk(reader, field.node, place, depth: depth + 1)
        }
      }
    case (.beginObject, .map), (.beginObject, .numberedMap):
      while try reader.next() == .key {
        _ = try reader.next()
        try walk(reader, type.element, path + "{}", depth: depth + 1)
      }
    case (.beginArray, .array):
      while try reader.next() != .endArray { try walk(reader, type.element, path + "[]", depth: depth + 1) }
    default: try reader.skipValue()
    }
  }

  /// Whether a value is more than KUMO's zero; reads it to its end.
  private func holdsSomething(_ reader: JSONReader) throws(JSONError) -> Bool {
    let holds: Bool
    switch reader.token {
    case .null, .false: holds = false
    case .string: holds = !reader.tokenEquals("") && !reader.tokenEquals("0001-01-01T00:00:00Z")
    case .number: holds = reader.integer() != 0
    case .beginObject, .beginArray:
      // An object of zero fields is what KUMO writes for none: something inside must be more than zero.
      let outside = reader.depth - 1
      var found = false
      repeat {
        switch try reader.next() {
        case .true: found = true
        case .string: found = found || !reader.tokenEquals("")
        case .number: found = found || reader.integer() != 0
        default: break
        }
      } while reader.depth > outside
      return found
    default: holds = true
    }
    try reader.skipValue()
    return holds
  }

  func losses(of service: KumoService) -> [LayoutLoss] {
    counts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { path, found in
      // Of the releases between those that were read only the first and the last are certain.
      let isCertain = found.presence != .added || release <= .v18
      let verb = isCertain ? "does not read it and drops it" : "may not read it, and would then drop it"
      return LayoutLoss(
        service: service.name, path: path, count: found.count, isCertain: isCertain,
        consequence: "\(release) \(verb) at its next save")
    }
  }
}
