import JSONBytes

/// One DynamoDB attribute value, in the ten types that KUMO stores (kumo-format.md 3.3).
///
/// All text is bytes: Swift's `String` would merge canonically equal values, KUMO does not.
package indirect enum AttributeValue: Sendable, Hashable {
  /// A string (`S`).
  case s([UInt8])
  /// A number (`N`) as its text, never reformatted: keys are compared as text.
  case n([UInt8])
  /// Bytes (`B`), written as base64.
  case b([UInt8])
  /// A set of strings (`SS`) in the order given.
  case ss([[UInt8]])
  /// A set of numbers (`NS`) as texts in the order given.
  case ns([[UInt8]])
  /// A set of byte strings (`BS`) in the order given.
  case bs([[UInt8]])
  /// A map (`M`), sorted by the bytes of the names, no name twice.
  case m([AttributeMember])
  /// A list (`L`).
  case l([AttributeValue])
  /// A boolean (`BOOL`).
  case bool(Bool)
  /// Null (`NULL`).
  case null
}

/// A named attribute value: an attribute of an item or a member of a map.
package struct AttributeMember: Sendable, Hashable {
  /// The attribute's name.
  package let name: [UInt8]
  /// The attribute's value.
  package let value: AttributeValue

  /// Names a value.
  package init(name: [UInt8], value: AttributeValue) {
    self.name = name
    self.value = value
  }
}

extension AttributeValue {
  /// Writes the value as KUMO writes it: one key naming the type.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key(typeName)
    switch self {
    case .s(let text), .n(let text): writer.string(text)
    case .b(let bytes): writer.string(Base64Encoder.encode(bytes))
    case .ss(let texts), .ns(let texts): Self.writeStrings(texts, to: &writer)
    case .bs(let values): Self.writeStrings(values.map { Base64Encoder.encode($0) }, to: &writer)
    case .m(let members): members.write(to: &writer)
    case .l(let values):
      writer.beginArray()
      for value in values { value.write(to: &writer) }
      writer.endArray()
    case .bool(let value): writer.bool(value)
    case .null: writer.bool(true)
    }
    writer.endObject()
  }

  /// The name of the type: S, N, …; static text, because a `String` here costs more than the rest of writing a value.
  package var typeName: StaticString {
    switch self {
    case .s: "S"
    case .n: "N"
    case .b: "B"
    case .ss: "SS"
    case .ns: "NS"
    case .bs: "BS"
    case .m: "M"
    case .l: "L"
    case .bool: "BOOL"
    case .null: "NULL"
    }
  }

  private static func writeStrings(_ texts: [[UInt8]], to writer: inout JSONWriter) {
    writer.beginArray()
    for text in texts { writer.string(text) }
    writer.endArray()
  }
}

extension [AttributeMember] {
  /// Writes an item, or the members of a map; they must be sorted by the bytes of their names, as Go writes them.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    for member in self {
      writer.key(member.name)
      member.value.write(to: &writer)
    }
    writer.endObject()
  }
}
