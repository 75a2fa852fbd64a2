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
    var result: [UInt8] = []
    write(to: &result)
    return result
  }

  /// Compact JSON text as most programs write it: `<`, `>` and `&` stay as they are.
  package var plainBytes: [UInt8] {
    var result: [UInt8] = []
    write(to: &result, escapingHTML: false)
    return result
  }

  /// Appends compact JSON text, by default in the form that Go writes.
  package func write(to output: inout [UInt8], escapingHTML: Bool = true) {
    switch self {
    case .null: output.append(contentsOf: "null".utf8)
    case .bool(let value): output.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let text): output.append(contentsOf: text)
    case .string(let text): Self.writeString(text, to: &output, escapingHTML)
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        element.write(to: &output, escapingHTML: escapingHTML)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        Self.writeString(member.name, to: &output, escapingHTML)
        output.append(UInt8(ascii: ":"))
        member.value.write(to: &output, escapingHTML: escapingHTML)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private static func writeString(_ text: [UInt8], to output: inout [UInt8], _ escapingHTML: Bool) {
    let hex = Array("0123456789abcdef".utf8)
    output.append(UInt8(ascii: "\""))
    var index = 0
    while index < text.count {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(contentsOf: [UInt8(ascii: "\\"), byte])
      case 0x08: output.append(contentsOf: "\\b".utf8)
      case 0x09: output.append(contentsOf: "\\t".utf8)
      case 0x0A: output.append(contentsOf: "\\n".utf8)
      case 0x0C: output.append(contentsOf: "\\f".utf8)
      case 0x0D: output.append(contentsOf: "\\r".utf8)
      case 0..<0x20:
        output.append(contentsOf: "\\u00".utf8)
        output.append(contentsOf: [hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
        if !escapingHTML {
          output.append(byte)
          break
        }
        output.append(contentsOf: "\\u00".utf8)
        output.append(contentsOf: [hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      case 0xE2
      where escapingHTML && index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] & 0xFE == 0xA8:
        output.append(contentsOf: (text[index + 2] == 0xA8 ? "\\u2028" : "\\u2029").utf8)
        index += 2
      default: output.append(byte)
      }
      index += 1
    }
    output.append(UInt8(ascii: "\""))
  }
}
