import Digests
import JSONBytes

/// A message waiting in a queue of `sqs.json` (kumo-format.md 4.2).
package struct SQSMessage: Sendable, Equatable {
  /// A message attribute's value.
  package enum AttributeContent: Sendable, Equatable {
    /// `StringValue`.
    case text([UInt8])
    /// `BinaryValue`.
    case binary([UInt8])
  }

  /// A named message attribute.
  package struct Attribute: Sendable, Equatable {
    /// The attribute's name.
    package var name: [UInt8]
    /// `String`, `Number` or `Binary`, with an optional custom suffix.
    package var dataType: [UInt8]
    /// The value.
    package var content: AttributeContent

    /// Describes an attribute.
    package init(name: [UInt8], dataType: [UInt8], content: AttributeContent) {
      self.name = name
      self.dataType = dataType
      self.content = content
    }
  }

  /// A UUID.
  package var id: [UInt8]
  /// The body's UTF-8 text.
  package var body: [UInt8]
  /// Message attributes, written sorted by name; empty writes `null` as KUMO does.
  package var attributes: [Attribute] = []
  /// When the message was sent.
  package var sent: GoTime
  /// From when on it can be received.
  package var visible: GoTime
  /// The group, in a FIFO queue.
  package var groupID: [UInt8] = []
  /// The deduplication id, in a FIFO queue.
  package var deduplicationID: [UInt8] = []
  /// The decimal sequence number, in a FIFO queue.
  package var sequenceNumber: [UInt8] = []

  /// Describes a message that can be received as soon as it was sent.
  package init(id: [UInt8], body: [UInt8], sent: GoTime) {
    self.id = id
    self.body = body
    self.sent = sent
    self.visible = sent
  }
}

extension SQSMessage {
  /// Writes the message as KUMO writes one that was never received.
  ///
  /// - Throws: `DigestError` when OpenSSL cannot make the MD5 of the body.
  package func write(to writer: inout JSONWriter) throws(DigestError) {
    writer.beginObject()
    writer.member("MessageID", id)
    writer.member("ReceiptHandle", "")
    writer.member("Body", body)
    writer.member("MD5OfBody", try MD5Hasher.hash(of: body).hexBytes)
    writer.key("Attributes")
    writer.beginObject()
    writer.member("ApproximateFirstReceiveTimestamp", "")
    writer.member("ApproximateReceiveCount", "0")
    writer.member("SentTimestamp", Array(String(sent.milliseconds).utf8))
    writer.endObject()
    writer.key("MessageAttributes")
    writeAttributes(to: &writer)
    writer.member("SentTimestamp", sent.formatted)
    writer.member("VisibleAt", visible.formatted)
    writer.key("ReceiveCount")
    writer.int(0)
    writer.member("MessageGroupID", groupID)
    writer.member("MessageDeduplicationID", deduplicationID)
    writer.member("SequenceNumber", sequenceNumber)
    writer.endObject()
  }

  private func writeAttributes(to writer: inout JSONWriter) {
    guard !attributes.isEmpty else { return writer.null() }
    writer.beginObject()
    for attribute in attributes.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
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
  }
}
