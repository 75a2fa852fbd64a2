import Documents
import KumoState

/// A value at the moment when a row is written.
indirect enum Datum {
  /// Nothing at all: the member is left out.
  case absent
  case null
  case bool(Bool)
  /// A number as typed or made.
  case number([UInt8])
  /// A decimal with a fixed number of places: whole as text (`19.90`), without its last zeros as a number (`19.9`).
  case decimal([UInt8])
  case string([UInt8])
  case bytes([UInt8])
  case list([Datum])
  case map([DatumMember])
  case attribute(AttributeValue)
  case row(RowHandle)

  /// What it is, for messages.
  var kind: String {
    switch self {
    case .absent: "nothing"
    case .null: "null"
    case .bool: "a boolean"
    case .number, .decimal: "a number"
    case .string: "text"
    case .bytes: "bytes"
    case .list: "a list"
    case .map: "a map"
    case .attribute: "a typed DynamoDB value"
    case .row: "a row"
    }
  }

  /// The value inside text; nil for what has no text.
  var text: [UInt8]? {
    switch self {
    case .absent, .null: []
    case .bool(let value): Array((value ? "true" : "false").utf8)
    case .number(let text), .decimal(let text), .string(let text): text
    case .bytes, .list, .map, .attribute, .row: nil
    }
  }

  /// The value as JSON; nil for what JSON does not have. Bytes become base64.
  var json: JSONValue? {
    switch self {
    case .absent, .null: return .null
    case .bool(let value): return .bool(value)
    case .number(let text): return .number(text)
    case .decimal(let text): return .number(Self.trimmed(text))
    case .string(let text): return .string(text)
    case .bytes(let bytes): return .string(Base64.encode(bytes))
    case .list(let elements):
      var result: [JSONValue] = []
      for element in elements {
        if case .absent = element { continue }
        guard let json = element.json else { return nil }
        result.append(json)
      }
      return .array(result)
    case .map(let members):
      var result: [JSONMember] = []
      result.reserveCapacity(members.count)
      for member in members {
        if case .absent = member.value { continue }
        guard let json = member.value.json else { return nil }
        result.append(JSONMember(name: member.name, value: json))
      }
      return .object(result)
    case .attribute, .row: return nil
    }
  }

  /// The value as DynamoDB stores it; nil for what it cannot store.
  var attribute: AttributeValue? {
    switch self {
    case .absent, .row: return nil
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .number(let text): return .n(text)
    case .decimal(let text): return .n(Self.trimmed(text))
    case .string(let text): return .s(text)
    case .bytes(let bytes): return .b(bytes)
    case .list(let elements):
      var result: [AttributeValue] = []
      for element in elements {
        if case .absent = element { continue }
        guard let value = element.attribute else { return nil }
        result.append(value)
      }
      return .l(result)
    case .map(let members):
      guard let result = Self.attributes(members) else { return nil }
      return .m(result)
    case .attribute(let value): return value
    }
  }

  /// Members as attributes, sorted by bytes; nil if one cannot be stored.
  static func attributes(_ members: [DatumMember]) -> [AttributeMember]? {
    var result: [AttributeMember] = []
    result.reserveCapacity(members.count)
    var sorted = true
    for member in members {
      if case .absent = member.value { continue }
      guard let value = member.value.attribute else { return nil }
      if let last = result.last, !last.name.lexicographicallyPrecedes(member.name) { sorted = false }
      result.append(AttributeMember(name: member.name, value: value))
    }
    if !sorted { result.sort { $0.name.lexicographicallyPrecedes($1.name) } }
    return result
  }

  /// A decimal without zeros at the end of its fraction.
  static func trimmed(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: ".")) else { return text }
    var end = text.count
    while end > 0, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
    if end > 0, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    let result = Array(text[0..<end])
    return result == Array("-0".utf8) ? [UInt8(ascii: "0")] : result
  }
}

/// A named value of a map.
struct DatumMember {
  let name: [UInt8]
  let value: Datum
}

/// A row in use: its fields are computed when first asked for, and kept.
final class RowHandle {
  let set: Int
  let index: Int
  /// One place for each field of a generated set.
  var cache: [Datum?]
  /// Fields that are being computed: asked for again, they refer to themselves.
  var evaluating: [Bool]
  /// The values of a row that is not generated.
  let members: [DatumMember]

  init(set: Int, index: Int, fields: Int, members: [DatumMember] = []) {
    self.set = set
    self.index = index
    cache = Array(repeating: nil, count: fields)
    evaluating = Array(repeating: false, count: fields)
    self.members = members
  }
}
