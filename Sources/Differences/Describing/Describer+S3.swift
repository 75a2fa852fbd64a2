import Digests
import Files
import JSONBytes
import KumoState

extension Describer {
  /// One object read again: its fields by name, and its body.
  private struct StoredObject {
    var key: [UInt8] = []
    var fields: [(name: [UInt8], tape: JSONTape)] = []
    var body = S3Body.empty
    var bodyForm: [UInt8] = []

    func field(_ name: [UInt8]) -> JSONNode? { fields.last { $0.name == name }?.tape.root }
  }

  func describeObject(_ candidate: Candidate, _ found: inout Description) throws {
    let types = S3Types(form.schema)
    var sides: [StoredObject?] = [nil, nil]
    try forEachSide(candidate) { side, file, offset in
      let reader: JSONReader
      var object = StoredObject()
      if candidate.kind == .version {
        reader = try RecordReader.element(of: file, at: offset)
      } else {
        (reader, object.key) = try RecordReader.member(of: file, at: offset)
      }
      guard reader.token == .beginObject else {
        sides[side] = object
        return
      }
      var tape = JSONTape()
      (object.body, object.bodyForm) = try types.readObject(reader, bodies[side], &tape) { name, node in
        // Held by a tape of its own: the next field uses the reader's again.
        if let copy = try? JSONTape(parsing: node.rawBytes, options: RecordSource.options) {
          object.fields.append((fieldName(name, types), copy))
        }
      }
      if candidate.kind == .version { object.key = object.field(Array("Key".utf8))?.string() ?? [] }
      sides[side] = object
    }
    guard let shown = sides[1] ?? sides[0] else { return }
    found.take(openName: shown.key)
    if candidate.kind == .version, let id = shown.field(Array("VersionID".utf8))?.string() {
      found.take(openName: shown.key + Array(" ".utf8) + id)
    }
    let isMarker = shown.field(Array("IsDeleteMarker".utf8))?.bool() == true
    guard let a = sides[0], let b = sides[1] else {
      found.summary = isMarker ? "delete marker" : text(of: shown.body)
      return
    }
    var comparison = comparison()
    if a.body != b.body { comparison.add("content", .text(text(of: a.body)), .text(text(of: b.body))) }
    if form.isExact, a.bodyForm != b.bodyForm { comparison.add("place of the body", nil, nil) }
    var names = a.fields.map(\.name)
    for (name, _) in b.fields where !names.contains(name) { names.append(name) }
    let object = position([Array("buckets".utf8), [], Array("objects".utf8), []])
    for name in names { compareField(name, a.field(name), b.field(name), types.object, object, &comparison) }
    found.take(comparison)
  }

  private func fieldName(_ name: [UInt8], _ types: S3Types) -> [UInt8] {
    guard !form.isExact, let schema = form.schema, let type = types.object,
      let index = schema.field(named: name, of: type)
    else { return name }
    return schema.fields[index].name
  }

  /// Compares one field of a structure as KUMO reads it; `parent` is the structure's type.
  func compareField(
    _ name: [UInt8], _ a: JSONNode?, _ b: JSONNode?, _ parent: Int?, _ position: SensitiveTree.Position?,
    _ comparison: inout NodeComparison
  ) {
    var form = form
    let left = a.flatMap { form.member(name, $0, of: parent) }
    let right = b.flatMap { form.member(name, $0, of: parent) }
    guard left?.content != right?.content else { return }
    let path = FieldPath().field(name)
    let quoted: (JSONNode?) -> ShownValue? = { node in
      node?.string().map { .text(DisplayName.escape($0)) }
    }
    if name == Array("ETag".utf8), let shownA = quoted(a), let shownB = quoted(b) {
      return comparison.add(path.text, shownA, shownB)
    }
    let field = parent.flatMap { form.schema?.field(named: name, of: $0) }.flatMap { form.schema?.fields[$0] }
    let place = NodeComparison.Place(
      path: path, type: field?.node, position: position.flatMap { tree?.child(of: $0, key: name) })
    comparison.compare(left == nil ? nil : a, right == nil ? nil : b, at: place)
  }

  private func text(of body: S3Body) -> String {
    switch body {
    case .empty: "0 bytes"
    case .content(let digest, let length): "\(length) bytes, sha256 \(digest.hex.prefix(16))"
    case .missing: "a missing blob"
    case .unreadable: "unreadable"
    }
  }

  func describeBucket(_ candidate: Candidate, _ found: inout Description) throws {
    let types = S3Types(form.schema)
    var sides: [[(name: [UInt8], tape: JSONTape)]] = [[], []]
    try forEachSide(candidate) { side, file, offset in
      let (reader, _) = try RecordReader.member(of: file, at: offset)
      try reader.forEachMember { name, _ in
        let isMap = types.names(name, "objects") || types.names(name, "versions")
        if isMap, reader.token == .beginObject { return try reader.skipValue() }
        var tape = JSONTape()
        try reader.capture(into: &tape)
        sides[side].append((name, tape))
      }
    }
    guard candidate.verb == .changed else { return }
    var comparison = comparison()
    let bucket = position([Array("buckets".utf8), []])
    var names = sides[0].map(\.name)
    for (name, _) in sides[1] where !names.contains(name) { names.append(name) }
    for name in names {
      let a = sides[0].last { $0.name == name }?.tape.root
      let b = sides[1].last { $0.name == name }?.tape.root
      if types.names(name, "objects") || types.names(name, "versions") {
        comparison.add(FieldPath().field(name).text, a.map { _ in .text("null") }, b.map { _ in .text("null") })
        continue
      }
      compareField(name, a, b, types.bucket, bucket, &comparison)
    }
    found.take(comparison)
  }
}
