import Files
import JSONBytes
import KumoState

/// Reads `s3.json`: bucket settings, objects, versions, and the order of versions (kumo-format.md 2).
final class S3Scan {
  var form: CanonicalForm
  let bodies: S3BodyHasher
  let types: S3Types
  private var tape = JSONTape()

  init(_ form: CanonicalForm, bodies: S3BodyHasher) {
    self.form = form
    types = S3Types(form.schema)
    self.bodies = bodies
  }

  func run(_ reader: JSONReader, into sink: inout ScanSink) throws {
    _ = try reader.next()
    if form.isExact { try sink.addShape(reader.token, of: [], at: 0) }
    try reader.forEachMember { [types] name, offset in
      guard types.names(name, "buckets") else {
        return try sink.addStranger(name, at: offset, reader, &tape, isExact: form.isExact)
      }
      if form.isExact { try sink.addShape(reader.token, of: name, at: offset) }
      try reader.forEachMember { key, offset in try readBucket(key, offset, reader, &sink) }
    }
    _ = try reader.next()
  }

  private func readBucket(
    _ key: [UInt8], _ offset: Int, _ reader: JSONReader, _ sink: inout ScanSink
  ) throws {
    sink.beginContainer(key)
    var members: [(name: [UInt8], content: [UInt8])] = []
    form.noise.removeAll()
    var noise: [UInt8] = []
    if reader.token != .beginObject { members.append(([], [UInt8(reader.token.rawValue)])) }
    try reader.forEachMember { name, _ in
      if types.names(name, "objects") || types.names(name, "versions") {
        // 7.2: null is not an empty map here: a PUT panics.
        let isObjects = types.names(name, "objects")
        if reader.token == .null || form.isExact {
          members.append((isObjects ? [1] : [2], [reader.token == .null ? 0 : reader.token.rawValue]))
        }
        if isObjects {
          try reader.forEachMember { try readObject($0, $1, reader, &sink) }
        } else {
          try reader.forEachMember { key, offset in try readVersions(key, offset, reader, &sink) }
        }
        return
      }
      form.noise.removeAll()
      try reader.capture(into: &tape)
      if let member = form.member(name, tape.root, of: types.bucket) { members.append(member) }
      noise += form.noise.bytes
    }
    var content = CanonicalBytes()
    content.append(members: members.sorted { $0.name.lexicographicallyPrecedes($1.name) })
    try sink.add(.bucket, content: content.bytes, noise: noise, at: offset)
  }

  private func readObject(
    _ key: [UInt8], _ offset: Int, _ reader: JSONReader, _ sink: inout ScanSink
  ) throws {
    let object = try readContent(reader)
    try sink.add(.object, name: key, content: object.content, noise: object.noise, at: offset)
  }

  private func readVersions(
    _ key: [UInt8], _ offset: Int, _ reader: JSONReader, _ sink: inout ScanSink
  ) throws {
    var order = OrderDigest()
    if form.isExact { try sink.add(.versionOrder, name: key, part: [0], content: [reader.token.rawValue], at: offset) }
    try reader.forEachElement { elementOffset in
      let version = try readContent(reader)
      order.append(try sink.digest(version.versionID))
      try sink.add(
        .version, name: key, part: version.versionID, content: version.content, noise: version.noise, at: elementOffset)
    }
    guard order.count > 1 else { return }
    try sink.add(.versionOrder, name: key, value: order.digest, at: offset)
  }

  private func readContent(
    _ reader: JSONReader
  ) throws -> (content: [UInt8], noise: [UInt8], versionID: [UInt8]) {
    guard reader.token == .beginObject else {
      let content = [UInt8(reader.token.rawValue)]
      try reader.skipValue()
      return (content, [], [])
    }
    form.noise.removeAll()
    var members: [(name: [UInt8], content: [UInt8])] = []
    var versionID: [UInt8] = []
    let body = try types.readObject(reader, bodies, &tape) { name, node in
      if types.names(name, "VersionID") { versionID = node.string() ?? [] }
      if let member = form.member(name, node, of: types.object) { members.append(member) }
    }
    var content = CanonicalBytes()
    content.append(members: members.sorted { $0.name.lexicographicallyPrecedes($1.name) })
    content.append(body.body)
    if form.isExact { content.append(.state, body.form) }
    return (content.bytes, form.noise.bytes, versionID)
  }
}

/// The types of `s3.json`'s structures, and how one object is read.
struct S3Types {
  let schema: Schema?
  /// Nodes of a bucket and of an object.
  let bucket: Int?
  let object: Int?

  init(_ schema: Schema?) {
    self.schema = schema
    let buckets = schema.flatMap { $0.field(exactly: "buckets", of: $0.root) }.map(\.node)
    bucket = buckets.flatMap { schema?.nodes[$0].element }
    object = bucket.flatMap { schema?.field(exactly: "objects", of: $0) }.flatMap { schema?.nodes[$0.node].element }
  }

  /// Whether a key names a field, as Go decides it.
  func names(_ key: [UInt8], _ name: StaticString) -> Bool {
    let expected = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    if key.elementsEqual(expected) { return true }
    return key.count == expected.count && GoText.foldedKey(key) == GoText.foldedASCII(Array(expected))
  }

  /// Reads an object's fields, with its body streamed; the reader stands on the brace and ends on the closing one.
  ///
  /// - Returns: the body, and in which members it was kept.
  func readObject(
    _ reader: JSONReader, _ bodies: S3BodyHasher, _ tape: inout JSONTape,
    field: (_ name: [UInt8], _ value: JSONNode) -> Void
  ) throws -> (body: S3Body, form: [UInt8]) {
    var inline: S3Body?
    var reference: [UInt8] = []
    var form: [UInt8] = []
    while try reader.next() == .key {
      if try reader.keyNames("Body") {
        _ = try reader.next()
        form.append(reader.token.rawValue)
        inline = try bodies.inlineBody(reader)
        continue
      }
      let isReference = try reader.keyNames("bodyRef")
      let name = try reader.string()
      _ = try reader.next()
      if isReference {
        reference = reader.token == .string ? try reader.string() : []
        form += reference
        try reader.skipValue()
      } else {
        try reader.capture(into: &tape)
        field(name, tape.root)
      }
    }
    return (try inline ?? bodies.blob(reference), form)
  }
}
