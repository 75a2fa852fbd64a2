import Digests
import Files
import JSONBytes
import KumoState

/// Reads `sqs.json`: attributes of queues, messages by their ids, and the order of messages (kumo-format.md 4).
final class QueueScan {
  var form: CanonicalForm
  let types: QueueTypes
  private var tape = JSONTape()

  init(_ form: CanonicalForm) {
    self.form = form
    types = QueueTypes(form.schema)
  }

  func run(_ reader: JSONReader, into sink: inout ScanSink) throws {
    _ = try reader.next()
    if form.isExact { try sink.addShape(reader.token, of: [], at: 0) }
    try reader.forEachMember { name, offset in
      guard GoText.foldedKey(name).elementsEqual("queues".utf8) else {
        return try sink.addStranger(name, at: offset, reader, &tape, isExact: form.isExact)
      }
      if form.isExact { try sink.addShape(reader.token, of: name, at: offset) }
      try reader.forEachMember { key, offset in try readQueue(key, offset, reader, &sink) }
    }
    _ = try reader.next()
  }

  private func readQueue(
    _ key: [UInt8], _ offset: Int, _ reader: JSONReader, _ sink: inout ScanSink
  ) throws {
    sink.beginContainer(key)
    var members: [(name: [UInt8], content: [UInt8])] = []
    var noise: [UInt8] = []
    if reader.token != .beginObject { members.append(([], [UInt8(reader.token.rawValue)])) }
    try reader.forEachMember { name, _ in
      let isMessages = GoText.foldedKey(name).elementsEqual("messages".utf8)
      if isMessages, reader.token == .beginArray {
        if form.isExact { members.append((name, [])) }
        try readMessages(reader, &sink)
        return
      }
      try reader.capture(into: &tape)
      if isMessages, !form.isExact, tape.root.isNull { return }
      form.noise.removeAll()
      if let member = form.member(name, tape.root, of: types.entry) { members.append(member) }
      noise += form.noise.bytes
    }
    var content = CanonicalBytes()
    content.append(members: members.sorted { $0.name.lexicographicallyPrecedes($1.name) })
    try sink.add(.queue, content: content.bytes, noise: noise, at: offset)
  }

  private func readMessages(_ reader: JSONReader, _ sink: inout ScanSink) throws {
    var order = OrderDigest()
    let start = reader.tokenOffset
    try reader.forEachElement { offset in
      try reader.capture(into: &tape)
      form.noise.removeAll()
      let content = form.bytes(of: tape.root, type: types.message)
      var id = tape.root.field("MessageID")?.string() ?? []
      // Without an id (a hand-written file) it is its body that tells it from others.
      if id.isEmpty { id = (try SHA256Hasher.hash(of: tape.root.field("Body")?.string() ?? [])).hexBytes }
      order.append(try sink.digest(id))
      try sink.add(.message, name: id, content: content, noise: form.noise.bytes, at: offset)
    }
    guard order.count > 1 else { return }
    try sink.add(.messageOrder, value: order.digest, at: start)
  }
}

/// The types of `sqs.json`'s structures.
struct QueueTypes {
  /// The node of a queue with its messages, and of a message.
  let entry: Int?
  let message: Int?

  init(_ schema: Schema?) {
    let queues = schema.flatMap { $0.field(exactly: "queues", of: $0.root) }.map(\.node)
    entry = queues.flatMap { schema?.nodes[$0].element }
    let messages = entry.flatMap { schema?.field(exactly: "messages", of: $0) }
    message = messages.flatMap { schema?.nodes[$0.node].element }
  }
}
