import JSONBytes

/// A JSON value that keeps the order of members and the text of numbers.
package indirect enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  /// A number as JSON writes it, never re-formatted.
  case number([UInt8])
  /// UTF-8, unescaped.
  case string([UInt8])
  case array([JSONValue])
  case object([JSONMember])
}

/// A member of a JSON object. Names are bytes: Swift strings would merge canonically equal ones.
package struct JSONMember: Sendable, Hashable {
  package let name: [UInt8]
  package let value: JSONValue

  package init(name: [UInt8], value: JSONValue) {
    self.name = name
    self.value = value
  }
}

extension JSONValue {
  /// Compact JSON text in the form that Go writes (kumo-format.md 7.3).
  package var bytes: [UInt8] {
    var writer = JSONWriter(style: .compact)
    write(to: &writer)
    return writer.bytes
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .null: writer.null()
    case .bool(let value): writer.bool(value)
    case .number(let text): writer.raw(text)
    case .string(let text): writer.string(text)
    case .array(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for member in members {
        writer.key(member.name)
        member.value.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
