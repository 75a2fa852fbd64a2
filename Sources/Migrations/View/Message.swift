import Digests
import JSONBytes
import KumoState

/// A message of a queue. Fields that a step does not change keep their bytes.
///
/// A message is good as long as the closure runs that it was handed to.
public struct Message {
  /// A message attribute's value.
  public enum Attribute: Sendable, Hashable {
    /// A text with its data type (`String`, `Number` or one that begins so).
    case text(String, dataType: String = "String")
    /// Bytes with their data type (`Binary` or one that begins so).
    case binary([UInt8], dataType: String = "Binary")
  }

  let node: JSONNode?
  private var edit = ObjectEdit()
  private var newBody: [UInt8]?
  private var newAttributes: [String: Attribute]?
  private var newGroup: [UInt8]?
  /// Of a new message.
  private let newID: String

  /// A new message.
  ///
  /// - Parameters:
  ///   - id: a UUID that no other message of the queue has.
  ///   - groupID: in a FIFO queue.
  public init(id: String, body: String, attributes: [String: Attribute] = [:], groupID: String = "") {
    node = nil
    newID = id
    newBody = Array(body.utf8)
    newAttributes = attributes
    newGroup = Array(groupID.utf8)
  }

  init(node: JSONNode) {
    self.node = node
    newID = ""
  }

  /// The message's id.
  public var id: String { node.map { String(decoding: $0.text("MessageID") ?? [], as: UTF8.self) } ?? newID }

  /// The body. Setting it changes `MD5OfBody` with it, and the deduplication id where it was made from the body.
  public var body: String {
    get { String(decoding: bodyBytes, as: UTF8.self) }
    set { newBody = Array(newValue.utf8) }
  }

  var bodyBytes: [UInt8] {
    get { newBody ?? node?.text("Body") ?? [] }
    set { newBody = newValue }
  }

  /// The group of a message in a FIFO queue; empty in others.
  public var groupID: String {
    get { String(decoding: newGroup ?? node?.text("MessageGroupID") ?? [], as: UTF8.self) }
    set { newGroup = Array(newValue.utf8) }
  }

  /// Message attributes by name.
  public var attributes: [String: Attribute] {
    get { newAttributes ?? storedAttributes }
    set { newAttributes = newValue }
  }

  private var storedAttributes: [String: Attribute] { node?.field("MessageAttributes").map(Self.attributes) ?? [:] }

  /// The attributes of a `MessageAttributes` object.
  static func attributes(of node: JSONNode) -> [String: Attribute] {
    var found: [String: Attribute] = [:]
    for (key, value) in node.members {
      let type = String(decoding: value.text("DataType") ?? [], as: UTF8.self)
      let name = String(decoding: key.string() ?? [], as: UTF8.self)
      if let binary = value.field("BinaryValue")?.string(), let bytes = try? Base64Decoder.decode(binary) {
        found[name] = .binary(bytes, dataType: type)
      } else {
        found[name] = .text(String(decoding: value.text("StringValue") ?? [], as: UTF8.self), dataType: type)
      }
    }
    return found
  }

  /// The message with its changes as JSON; nil when nothing was changed.
  ///
  /// - Throws: `DigestError` when OpenSSL cannot hash.
  func changed() throws -> [UInt8]? {
    guard let node else { return nil }
    var edit = edit
    if let newBody, newBody != (node.text("Body") ?? []) {
      edit.set(node.actualName(of: "Body"), to: JSONText.string(newBody))
      edit.set(node.actualName(of: "MD5OfBody"), to: JSONText.string(try MD5Hasher.hash(of: newBody).hexBytes))
      let old = node.text("Body") ?? []
      if let id = node.text("MessageDeduplicationID"), id == (try SHA256Hasher.hash(of: old).hexBytes) {
        let new = try SHA256Hasher.hash(of: newBody).hexBytes
        edit.set(node.actualName(of: "MessageDeduplicationID"), to: JSONText.string(new))
      }
    }
    if let newGroup, newGroup != (node.text("MessageGroupID") ?? []) {
      edit.set(node.actualName(of: "MessageGroupID"), to: JSONText.string(newGroup))
    }
    if let newAttributes, newAttributes != storedAttributes {
      edit.set(node.actualName(of: "MessageAttributes"), to: Self.json(newAttributes))
    }
    return edit.isEmpty ? nil : edit.apply(to: node)
  }

  /// A new message as KUMO would write it, sent at a time.
  func written(sent: GoTime, sequenceNumber: UInt64?) throws -> [UInt8] {
    var message = SQSMessage(id: Array(newID.utf8), body: bodyBytes, sent: sent)
    message.groupID = newGroup ?? []
    message.sequenceNumber = sequenceNumber.map { Array(String($0).utf8) } ?? []
    message.attributes = Self.stored(newAttributes ?? [:])
    var writer = JSONWriter(style: .compact)
    try message.write(to: &writer)
    return writer.bytes
  }

  private static func stored(_ attributes: [String: Attribute]) -> [SQSMessage.Attribute] {
    attributes.map { name, value in
      switch value {
      case .text(let text, let type):
        SQSMessage.Attribute(name: Array(name.utf8), dataType: Array(type.utf8), content: .text(Array(text.utf8)))
      case .binary(let bytes, let type):
        SQSMessage.Attribute(name: Array(name.utf8), dataType: Array(type.utf8), content: .binary(bytes))
      }
    }
  }

  private static func json(_ attributes: [String: Attribute]) -> [UInt8] {
    var writer = JSONWriter(style: .compact)
    guard !attributes.isEmpty else { return Array("null".utf8) }
    writer.beginObject()
    for attribute in stored(attributes).sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
      writer.key(attribute.name)
      writer.beginObject()
      writer.member("DataType", attribute.dataType)
      switch attribute.content {
      case .text(let text): writer.member("StringValue", text)
      case .binary(let bytes): writer.member("BinaryValue", Base64Encoder.encode(bytes))
      }
      writer.endObject()
    }
    writer.endObject()
    return writer.bytes
  }
}
