import Digests
import Files
import JSONBytes
import KumoState

/// Tables, items, queues, messages, and the entries of other services.
extension Describer {
  func describeTable(_ candidate: Candidate, _ found: inout Description) throws {
    let types = TableTypes(form.schema)
    var sides: [JSONTape?] = [nil, nil]
    var hasItems = [false, false]
    try forEachSide(candidate) { side, file, offset in
      let (reader, _) = try RecordReader.member(of: file, at: offset)
      try reader.forEachMember { name, _ in
        if GoText.foldedKey(name).elementsEqual("table".utf8) {
          var tape = JSONTape()
          try reader.capture(into: &tape)
          sides[side] = tape
        } else {
          if GoText.foldedKey(name).elementsEqual("items".utf8) { hasItems[side] = reader.token == .beginObject }
          try reader.skipValue()
        }
      }
    }
    guard candidate.verb == .changed else { return }
    var comparison = comparison()
    let table = position([Array("tables".utf8), [], Array("table".utf8)])
    comparison.compare(
      sides[0]?.root, sides[1]?.root, at: .init(path: FieldPath(), type: types.description, position: table))
    if hasItems[0] != hasItems[1] {
      comparison.add("items", hasItems[0] ? nil : .text("null"), hasItems[1] ? nil : .text("null"))
    }
    found.take(comparison)
  }

  func describeItem(_ candidate: Candidate, _ found: inout Description) throws {
    var sides: [JSONTape?] = [nil, nil]
    try forEachSide(candidate) { side, file, offset in
      let (reader, key) = try RecordReader.member(of: file, at: offset)
      let container = scans[side].containers[Int((side == 0 ? candidate.first : candidate.second)?.container ?? 0)]
      found.take(name: key, isSecret: try hasSecretKeys(container, file))
      var tape = JSONTape()
      try reader.capture(into: &tape)
      sides[side] = tape
    }
    guard let a = sides[0]?.root, let b = sides[1]?.root else { return }
    if form.isExact {
      // Attribute names are the user's own and the values theirs: nothing of an item has a type of KUMO's.
      var comparison = comparison()
      comparison.compare(a, b, at: .init(path: FieldPath(), type: nil, position: nil))
      found.take(comparison)
    } else {
      var comparison = AttributeComparison(limit: options.fieldLimit)
      comparison.compareItems(a, b)
      found.fields = comparison.fields
      found.omitted = comparison.omitted
    }
  }

  func describeQueue(_ candidate: Candidate, _ found: inout Description) throws {
    let types = QueueTypes(form.schema)
    var sides: [[(name: [UInt8], tape: JSONTape)]] = [[], []]
    try forEachSide(candidate) { side, file, offset in
      let (reader, _) = try RecordReader.member(of: file, at: offset)
      try reader.forEachMember { name, _ in
        if GoText.foldedKey(name).elementsEqual("messages".utf8), reader.token == .beginArray {
          return try reader.skipValue()
        }
        var tape = JSONTape()
        try reader.capture(into: &tape)
        sides[side].append((name, tape))
      }
    }
    guard candidate.verb == .changed else { return }
    var comparison = comparison()
    let queue = position([Array("queues".utf8), []])
    var names = sides[0].map(\.name)
    for (name, _) in sides[1] where !names.contains(name) { names.append(name) }
    for name in names {
      let a = sides[0].last { $0.name == name }?.tape.root
      let b = sides[1].last { $0.name == name }?.tape.root
      compareField(name, a, b, types.entry, queue, &comparison)
    }
    found.take(comparison)
  }

  func describeMessage(_ candidate: Candidate, _ found: inout Description) throws {
    let types = QueueTypes(form.schema)
    var sides: [JSONTape?] = [nil, nil]
    try forEachSide(candidate) { side, file, offset in
      let reader = try RecordReader.element(of: file, at: offset)
      var tape = JSONTape()
      try reader.capture(into: &tape)
      found.take(name: tape.root.field("MessageID")?.string() ?? [])
      sides[side] = tape
    }
    guard let a = sides[0]?.root, let b = sides[1]?.root else {
      let node = sides[0]?.root ?? sides[1]?.root
      found.summary = node?.field("Body")?.string().map { "body of \($0.count) bytes" }
      return
    }
    var comparison = comparison()
    let messages = position([Array("queues".utf8), [], Array("messages".utf8)])
    comparison.compare(
      a, b,
      at: .init(path: FieldPath(), type: types.message, position: messages.flatMap { tree?.element(of: $0) }))
    found.take(comparison)
  }

  /// The entry of a map: the types and the sensitive places follow from its member's name.
  func describeEntry(_ candidate: Candidate, _ found: inout Description) throws {
    var sides: [JSONTape?] = [nil, nil]
    var name: [UInt8] = []
    try forEachSide(candidate) { side, file, offset in
      let (reader, key) = try RecordReader.member(of: file, at: offset)
      name = key
      // A list of versions has bodies in it; its name is all that is needed.
      if candidate.kind == .versionOrder { return }
      var tape = JSONTape()
      try reader.capture(into: &tape)
      sides[side] = tape
    }
    guard candidate.kind != .versionOrder else { return found.take(openName: name) }
    let member = candidate.kind == .tableTags ? Array("tags".utf8) : memberName(candidate)
    let map = position([member])
    found.take(name: name, isSecret: map.flatMap { tree?.keyPath(at: $0) } != nil)
    guard candidate.verb == .changed else { return }
    var comparison = comparison()
    comparison.compare(
      sides[0]?.root, sides[1]?.root,
      at: .init(
        path: FieldPath(), type: elementType(of: member),
        position: map.flatMap { tree?.child(of: $0, key: name) }))
    found.take(comparison)
  }

  func describeElement(_ candidate: Candidate, _ found: inout Description) throws {
    var sides: [JSONTape?] = [nil, nil]
    try forEachSide(candidate) { side, file, offset in
      let reader = try RecordReader.element(of: file, at: offset)
      var tape = JSONTape()
      try reader.capture(into: &tape)
      for id in ["MessageId", "EventID", "Id"] as [StaticString] {
        guard let text = tape.root.member(folding: id)?.string(), !text.isEmpty else { continue }
        found.take(name: text)
        break
      }
      sides[side] = tape
    }
    guard candidate.verb == .changed else { return }
    let member = memberName(candidate)
    var comparison = comparison()
    comparison.compare(
      sides[0]?.root, sides[1]?.root,
      at: .init(
        path: FieldPath(), type: elementType(of: member),
        position: position([member]).flatMap { tree?.element(of: $0) }))
    found.take(comparison)
  }

  func describeValue(_ candidate: Candidate, _ found: inout Description) throws {
    let member = memberName(candidate)
    found.take(openName: [])
    guard candidate.verb == .changed, !member.isEmpty else { return }
    var sides: [JSONTape?] = [nil, nil]
    try forEachSide(candidate) { side, file, offset in
      let (reader, _) = try RecordReader.member(of: file, at: offset)
      guard !form.isExact || (reader.token != .beginObject && reader.token != .beginArray) else { return }
      var tape = JSONTape()
      try reader.capture(into: &tape)
      sides[side] = tape
    }
    var comparison = comparison()
    compareField(
      member, sides[0]?.root, sides[1]?.root, form.schema.map(\.root), position([]), &comparison)
    found.take(comparison)
  }

  private func memberName(_ candidate: Candidate) -> [UInt8] {
    let side = candidate.second == nil ? 0 : 1
    guard let record = candidate.second ?? candidate.first else { return [] }
    let containers = scans[side].containers
    return containers.indices.contains(Int(record.container)) ? containers[Int(record.container)] : []
  }

  private func elementType(of member: [UInt8]) -> Int? {
    guard let schema = form.schema, let field = schema.field(named: member, of: schema.root) else { return nil }
    let element = schema.nodes[schema.fields[field].node].element
    return element < 0 ? nil : element
  }
}
