import Documents
import KumoState

/// Runs programs for one row.
struct Evaluator {
  let environment: Environment
  /// The index of the row within its entry.
  let index: Int
  /// The row of the data set that the entry is written for.
  let row: RowHandle?
  /// Where the entry stands, for errors.
  let location: SpecLocation
  /// Indexes of the generated lists around the value.
  var lanes: [Int] = []
  /// How many rows lead to this one; ends references that go round in circles.
  var depth = 0

  /// The value of a program. Throws `SpecError` for a reference that leads nowhere or a value of the wrong type.
  func evaluate(_ program: Program) throws(SpecError) -> Datum {
    switch program {
    case .constant(let constant):
      switch constant {
      case .null: return .null
      case .bool(let value): return .bool(value)
      case .number(let text): return .number(text)
      case .string(let text): return .string(text)
      case .bytes(let bytes): return .bytes(bytes)
      }
    case .template(let parts): return .string(try text(parts))
    case .list(let elements):
      var result: [Datum] = []
      result.reserveCapacity(elements.count)
      for element in elements { result.append(try evaluate(element)) }
      return .list(result)
    case .map(let members): return .map(try evaluate(members))
    case .generate(let generator, let key):
      var stream = stream(key)
      return generator.make(from: &stream, index: index, clock: environment.clock)
    case .pick(let choices, let sums, let key):
      var stream = stream(key)
      let drawn = Int64(stream.next(below: UInt64(sums[sums.count - 1])))
      let choice = sums.firstIndex { drawn < $0 } ?? 0
      return try evaluate(choices[choice])
    case .optional(let value, let probability, let key):
      var stream = stream(key)
      return Int64(stream.next(below: 1_000_000_000)) < probability ? try evaluate(value) : .absent
    case .repeated(let value, let count, let key):
      var stream = stream(key)
      var inner = self
      var result: [Datum] = []
      for element in 0..<Int(stream.next(in: count)) {
        inner.lanes = lanes + [element]
        result.append(try inner.evaluate(value))
      }
      return .list(result)
    case .row(let set, let choice, let key): return try drawRow(set, choice, key)
    case .lookup(let lookup): return try look(lookup)
    case .typed(let type, let value):
      return .attribute(try type.attribute(from: try evaluate(value), location: location))
    }
  }

  /// The values of named programs, in their order.
  func evaluate(_ members: [ProgramMember]) throws(SpecError) -> [DatumMember] {
    var result: [DatumMember] = []
    result.reserveCapacity(members.count)
    for member in members {
      result.append(DatumMember(name: member.name, value: try evaluate(member.program)))
    }
    return result
  }

  /// The text of a program. Throws `SpecError` if it has none.
  func text(of program: Program, what: String) throws(SpecError) -> [UInt8] {
    if case .constant(.string(let text)) = program { return text }
    let datum = try evaluate(program)
    guard let text = datum.text else {
      throw SpecError(location, "\(what) is \(datum.kind); expected text")
    }
    return text
  }

  private func text(_ parts: [Program.Part]) throws(SpecError) -> [UInt8] {
    var result: [UInt8] = []
    for part in parts {
      switch part {
      case .literal(let bytes): result.append(contentsOf: bytes)
      case .lookup(let lookup, let pad):
        let datum = try look(lookup)
        guard let text = datum.text else {
          throw SpecError(
            location, "'\(lookup.source)' is \(datum.kind); text can only hold text, numbers and booleans")
        }
        for _ in 0..<max(0, pad - text.count) { result.append(UInt8(ascii: "0")) }
        result.append(contentsOf: text)
      }
    }
    return result
  }

  private func stream(_ key: StreamKey) -> ByteStream {
    ByteStream(key: lanes.reduce(key) { $0.element($1) }, row: UInt64(index))
  }

  private func drawRow(_ set: Int, _ choice: SpecGenerator.RowChoice, _ key: StreamKey) throws(SpecError) -> Datum {
    let compiled = environment.sets[set]
    let count: Int
    switch compiled.source {
    case .generated(let rows, _): count = rows
    case .rows(let rows): count = rows.count
    case .file: count = environment.loaded[set]?.count ?? 0
    }
    if count == 0 { throw SpecError(location, "the data set '\(compiled.name)' has no rows to choose from") }
    var stream = stream(key)
    let index = choice == .cycle ? self.index % count : Int(stream.next(below: UInt64(count)))
    return .row(try environment.row(index, of: set))
  }

  private func look(_ lookup: Lookup) throws(SpecError) -> Datum {
    switch lookup {
    case .index: return .number(Array(String(index).utf8))
    case .constant(let text): return .string(text)
    case .field(let field, let rest, let source):
      guard let row else { throw SpecError(location, "'\(source)' has no row to look in") }
      return try follow(try value(of: field, in: row, source: source), rest[...], source: source)
    case .name(let name, let rest, let source):
      guard let row else { throw SpecError(location, "'\(source)' has no row to look in") }
      return try follow(try value(named: name, in: row, source: source), rest[...], source: source)
    }
  }

  private func follow(_ datum: Datum, _ names: ArraySlice<[UInt8]>, source: String) throws(SpecError) -> Datum {
    guard let name = names.first else { return datum }
    let next: Datum
    switch datum {
    case .row(let row): next = try value(named: name, in: row, source: source)
    case .map(let members):
      guard let member = members.first(where: { $0.name == name }) else {
        throw missing(name, of: members.map(\.name), source: source)
      }
      next = member.value
    case .list(let elements):
      guard let index = Int(String(decoding: name, as: UTF8.self)), elements.indices.contains(index) else {
        throw SpecError(location, "'\(source)': the list has no element '\(String(decoding: name, as: UTF8.self))'")
      }
      next = elements[index]
    case .absent, .null: return .absent
    default:
      throw SpecError(
        location,
        "'\(source)': '\(String(decoding: name, as: UTF8.self))' is asked of \(datum.kind), which has no fields")
    }
    return try follow(next, names.dropFirst(), source: source)
  }

  private func value(named name: [UInt8], in row: RowHandle, source: String) throws(SpecError) -> Datum {
    let set = environment.sets[row.set]
    if case .generated(_, let fields) = set.source {
      guard let field = set.fields[name] else { throw missing(name, of: fields.map(\.name), source: source) }
      return try value(of: field, in: row, source: source)
    }
    guard let member = row.members.first(where: { $0.name == name }) else {
      throw missing(name, of: row.members.map(\.name), source: source)
    }
    return member.value
  }

  private func value(of field: Int, in row: RowHandle, source: String) throws(SpecError) -> Datum {
    if let known = row.cache[field] { return known }
    guard case .generated(_, let fields) = environment.sets[row.set].source else { return .absent }
    if row.evaluating[field] || depth > 32 {
      throw SpecError(location, "'\(source)' refers to itself through other fields")
    }
    row.evaluating[field] = true
    defer { row.evaluating[field] = false }
    let inner = Evaluator(
      environment: environment, index: row.index, row: row, location: environment.sets[row.set].location,
      depth: depth + 1)
    let result = try inner.evaluate(fields[field].program)
    row.cache[field] = result
    return result
  }

  private func missing(_ name: [UInt8], of names: [[UInt8]], source: String) -> SpecError {
    let text = String(decoding: name, as: UTF8.self)
    return SpecError(
      location, "'\(source)': the row has no field '\(text)'",
      hint: NearestName.hint(for: text, among: names.map { String(decoding: $0, as: UTF8.self) }))
  }
}

extension Lookup {
  /// The reference as written, for messages.
  var source: String {
    switch self {
    case .index: "${index}"
    case .constant(let text): String(decoding: text, as: UTF8.self)
    case .field(_, _, let source), .name(_, _, let source): source
    }
  }
}

extension Environment {
  /// A row of a set that can be reached by index.
  func row(_ index: Int, of set: Int) throws(SpecError) -> RowHandle {
    let compiled = sets[set]
    switch compiled.source {
    case .generated(_, let fields): return RowHandle(set: set, index: index, fields: fields.count)
    case .rows(let rows):
      let evaluator = Evaluator(environment: self, index: index, row: nil, location: compiled.location)
      return RowHandle(set: set, index: index, fields: 0, members: try evaluator.evaluate(rows[index]))
    case .file:
      let members = loaded[set]?[index] ?? []
      return RowHandle(
        set: set, index: index, fields: 0,
        members: members.map { DatumMember(name: $0.name, value: Datum(json: $0.value)) })
    }
  }
}

extension Datum {
  /// A value read from a row file.
  init(json: JSONValue) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let text): self = .number(text)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .list(elements.map { Datum(json: $0) })
    case .object(let members): self = .map(members.map { DatumMember(name: $0.name, value: Datum(json: $0.value)) })
    }
  }
}
