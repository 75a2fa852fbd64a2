/// A node of a document, YAML or JSON, with its position. Scalars are resolved by the rules of docs/spec.md and by no
/// library's.
package struct DocumentNode: Sendable {
  /// What a node is.
  package indirect enum Kind: Sendable {
    case null
    case bool(Bool)
    /// As typed.
    case number([UInt8])
    case string([UInt8])
    case list([DocumentNode])
    case map([Member])
  }

  /// A key and its value.
  package struct Member: Sendable {
    package let key: [UInt8]
    /// Position of the key.
    package let location: DocumentLocation
    package let value: DocumentNode

    /// The key as text.
    package var keyText: String { String(decoding: key, as: UTF8.self) }
  }

  package let kind: Kind
  package let location: DocumentLocation

  /// A node at a place.
  package init(kind: Kind, location: DocumentLocation) {
    self.kind = kind
    self.location = location
  }

  /// What it is, for messages.
  package var words: String {
    switch kind {
    case .null: "nothing (null)"
    case .bool(let value): "the boolean \(value)"
    case .number(let text): "the number \(Self.excerpt(text))"
    case .string(let text): "the text '\(Self.excerpt(text))'"
    case .list: "a list"
    case .map: "a map"
    }
  }

  /// A plain scalar by the rules of the YAML 1.2 core schema, of which only the decimal forms that JSON shares are
  /// taken: `null`, `~` and nothing are null; `true` and `false` booleans; what JSON reads as a number is a number,
  /// text as typed. Everything else is text: `no`, `on`, `012`, `1:30`, `0x1F`, `1_000`, `.5`, dates.
  package static func plain(_ text: [UInt8]) -> Kind {
    switch text {
    case [], [UInt8(ascii: "~")], Array("null".utf8), Array("Null".utf8), Array("NULL".utf8): .null
    case Array("true".utf8), Array("True".utf8), Array("TRUE".utf8): .bool(true)
    case Array("false".utf8), Array("False".utf8), Array("FALSE".utf8): .bool(false)
    default: NumberText(text) == nil ? .string(text) : .number(text)
    }
  }

  /// The node as a JSON value.
  package var json: JSONValue {
    switch kind {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let text): .number(text)
    case .string(let text): .string(text)
    case .list(let elements): .array(elements.map(\.json))
    case .map(let members): .object(members.map { JSONMember(name: $0.key, value: $0.value.json) })
    }
  }

  /// A short piece of text from outside, safe to print.
  package static func excerpt(_ text: [UInt8]) -> String {
    let piece = String(decoding: text.prefix(60), as: UTF8.self)
    var safe = String.UnicodeScalarView()
    for scalar in piece.unicodeScalars { safe.append(scalar.value < 0x20 || scalar.value == 0x7F ? "?" : scalar) }
    return text.count > 60 ? String(safe) + "…" : String(safe)
  }
}
