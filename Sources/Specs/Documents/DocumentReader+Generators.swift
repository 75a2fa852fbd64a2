import Documents

extension DocumentReader {
  /// Reads the parameters of a generator; nil after a report.
  typealias GeneratorReader = @Sendable (DocumentReader) -> (DocumentNode, String) -> SpecGenerator?

  /// All generators by the name after the dollar.
  static let generators: [String: GeneratorReader] = [
    "seq": { $0.sequence }, "pick": { $0.pick },
    "int": { reader in { reader.range($0, $1).map { .integer($0) } } },
    "decimal": { $0.decimal }, "date": { $0.date },
    "uuid": { reader in
      { node, path in
        if case .null = node.kind { return .uuid(version: 4) }
        return reader.integer(node, path).map { .uuid(version: $0) }
      }
    },
    "ulid": { $0.plain(.ulid) }, "email": { $0.plain(.email) }, "word": { $0.plain(.word) },
    "city": { $0.plain(.city) },
    "company": { $0.plain(.company) },
    "name": { reader in
      { node, path in
        if case .null = node.kind { return .name(.full) }
        return reader.choice(node, path).map { .name($0) }
      }
    },
    "sentence": { reader in { reader.counted($0, $1, "words", 5...12).map { .sentence(words: $0) } } },
    "paragraph": { reader in { reader.counted($0, $1, "sentences", 3...6).map { .paragraph(sentences: $0) } } },
    "hex": { reader in { reader.integer($0, $1).map { .hex(digits: $0) } } },
    "bytes": { reader in { reader.size($0, $1).map { .bytes(count: Int($0)) } } },
    "bool": { reader in
      { node, path in
        if case .null = node.kind { return .bool(probability: 500_000_000) }
        return reader.probability(node, path).map { .bool(probability: $0) }
      }
    },
    "optional": { $0.optional }, "list": { $0.generatedList }, "row": { $0.row },
    "field": { reader in
      { node, path in
        guard let text = reader.text(node, path) else { return nil }
        if let reference = reader.reference(Array(text.utf8)) { return .field(reference) }
        reader.expected("a field such as id or customer.email", node, path)
        return nil
      }
    },
  ]

  /// A generator without parameters.
  private func plain(_ generator: SpecGenerator) -> (DocumentNode, String) -> SpecGenerator? {
    { node, path in
      switch node.kind {
      case .null, .bool(true): return generator
      case .map(let members) where members.isEmpty: return generator
      default:
        self.expected("nothing after the colon, this generator has no parameters", node, path)
        return nil
      }
    }
  }

  private func sequence(_ node: DocumentNode, _ path: String) -> SpecGenerator? {
    if case .null = node.kind { return .sequence(start: 1, step: 1, pad: 0) }
    guard let fields = fields(node, path, known: ["start", "step", "pad"]) else { return nil }
    return .sequence(
      start: Int64(integer(fields["start"], fields.path("start")) ?? 1),
      step: Int64(integer(fields["step"], fields.path("step")) ?? 1),
      pad: integer(fields["pad"], fields.path("pad")) ?? 0)
  }

  private func pick(_ node: DocumentNode, _ path: String) -> SpecGenerator? {
    guard case .list = node.kind else {
      expected("a list of values to pick from", node, path)
      return nil
    }
    return .pick(
      list(node, path) { element, path in
        // {value: …, weight: N} gives a weight.
        guard case .map(let members) = element.kind, members.count == 2,
          let value = members.first(where: { $0.key == Array("value".utf8) }),
          let weight = members.first(where: { $0.key == Array("weight".utf8) })
        else { return WeightedValue(self.value(element, path)) }
        return WeightedValue(
          self.value(value.value, "\(path).value"), weight: Int64(self.integer(weight.value, "\(path).weight") ?? 1))
      })
  }

  private func decimal(_ node: DocumentNode, _ path: String) -> SpecGenerator? {
    guard let fields = fields(node, path, known: ["min", "max", "places"], required: ["min", "max"]),
      let minimum = fields["min"], let maximum = fields["max"]
    else { return nil }
    let bounds = [(minimum, "min"), (maximum, "max")].map { node, name in
      (node, name, plainText(node).flatMap { Decimal($0) })
    }
    let places =
      integer(fields["places"], fields.path("places")) ?? bounds.map { $0.2?.places ?? 0 }.max() ?? 0
    guard (0...18).contains(places) else {
      report(node.location, fields.path("places"), "places is \(places); expected 0 to 18")
      return nil
    }
    var values: [Int64] = []
    for (node, name, decimal) in bounds {
      guard let value = decimal?.unscaled(places: places) else {
        expected("a decimal number with at most \(places) places, such as 9.99", node, fields.path(name))
        return nil
      }
      values.append(value)
    }
    guard values[0] <= values[1] else {
      report(node.location, path, "the range ends before it begins")
      return nil
    }
    return .decimal(values[0]...values[1], places: places)
  }

  private func date(_ node: DocumentNode, _ path: String) -> SpecGenerator? {
    guard let fields = fields(node, path, known: ["from", "to", "format"], required: ["from", "to"]),
      let from = bound(fields["from"], fields.path("from")), let to = bound(fields["to"], fields.path("to"))
    else { return nil }
    return .date(from: from, to: to, format: choice(fields["format"], fields.path("format")) ?? .rfc3339)
  }

  /// `2026-01-02`, RFC 3339, `clock`, `clock-30d`, `clock+2h`.
  private func bound(_ node: DocumentNode?, _ path: String) -> SpecGenerator.DateBound? {
    guard let node else { return nil }
    if let text = plainText(node) {
      if let instant = Instant(text) { return .instant(instant) }
      if text == "clock" { return .clock(offset: 0) }
      if text.hasPrefix("clock+"), let offset = DurationText.seconds(String(text.dropFirst(6))) {
        return .clock(offset: offset)
      }
      if text.hasPrefix("clock-"), let offset = DurationText.seconds(String(text.dropFirst(6))) {
        return .clock(offset: -offset)
      }
    }
    expected("a date such as 2026-01-02, RFC 3339, clock or clock-30d", node, path)
    return nil
  }

  private func counted(
    _ node: DocumentNode, _ path: String, _ name: String, _ normal: ClosedRange<Int64>
  ) -> ClosedRange<Int64>? {
    switch node.kind {
    case .null: return normal
    case .map:
      guard let fields = fields(node, path, known: [name], required: [name]) else { return nil }
      return range(fields[name], fields.path(name))
    default: return range(node, path)
    }
  }

  private func optional(_ node: DocumentNode, _ path: String) -> SpecGenerator? {
    guard let fields = fields(node, path, known: ["value", "probability"], required: ["value"]),
      let value = fields["value"]
    else { return nil }
    return .optional(
      self.value(value, fields.path("value")),
      probability: probability(fields["probability"], fields.path("probability")) ?? 500_000_000)
  }

  private func generatedList(_ node: DocumentNode, _ path: String) -> SpecGenerator? {
    guard let fields = fields(node, path, known: ["count", "of"], required: ["count", "of"]), let of = fields["of"],
      let count = range(fields["count"], fields.path("count"))
    else { return nil }
    return .list(count: count, of: value(of, fields.path("of")))
  }

  private func row(_ node: DocumentNode, _ path: String) -> SpecGenerator? {
    if case .map = node.kind {
      guard let fields = fields(node, path, known: ["of", "choose"], required: ["of"]),
        let set = text(fields["of"], fields.path("of"))
      else { return nil }
      return .row(set: set, choice: choice(fields["choose"], fields.path("choose")) ?? .random)
    }
    return text(node, path).map { .row(set: $0, choice: .random) }
  }

  /// A probability from 0 to 1, in billionths.
  private func probability(_ node: DocumentNode?, _ path: String) -> Int64? {
    guard let node else { return nil }
    if let text = plainText(node), let value = Decimal(text)?.unscaled(places: 9), (0...1_000_000_000).contains(value) {
      return value
    }
    expected("a probability from 0 to 1 with at most 9 places, such as 0.25", node, path)
    return nil
  }
}

/// A decimal number as typed, without an exponent.
struct Decimal {
  private let negative: Bool
  private let digits: [UInt8]
  /// Digits after the point.
  let places: Int

  init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard NumberText(bytes) != nil, !bytes.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) else { return nil }
    negative = bytes.first == UInt8(ascii: "-")
    let parts = bytes.drop { $0 == UInt8(ascii: "-") }.split(separator: UInt8(ascii: "."))
    places = parts.count == 2 ? parts[1].count : 0
    digits = parts.flatMap { $0 }
  }

  /// The number as a multiple of 10^-places; nil if it has more places or is too large for 63 bits.
  func unscaled(places wanted: Int) -> Int64? {
    guard places <= wanted else { return nil }
    let text =
      (negative ? "-" : "") + String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: wanted - places)
    return Int64(text)
  }
}
