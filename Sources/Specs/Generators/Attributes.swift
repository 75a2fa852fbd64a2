import Documents
import KumoState

extension AttributeType {
  /// A value as this DynamoDB type. Throws `SpecError` if it is of another kind.
  func attribute(from datum: Datum, location: SpecLocation) throws(SpecError) -> AttributeValue {
    switch (self, datum) {
    case (.string, _):
      if let text = datum.text { return .s(text) }
    case (.number, .number), (.number, .decimal), (.number, .string):
      return .n(try Self.number(datum.text ?? [], location: location))
    case (.binary, .bytes(let bytes)): return .b(bytes)
    case (.binary, .string(let text)): return .b(try Self.binary(text, location: location))
    case (.bool, .bool(let value)): return .bool(value)
    case (.null, .bool(true)), (.null, .null): return .null
    case (.list, .list):
      if let value = datum.attribute { return value }
    case (.map, .map):
      if let value = datum.attribute { return value }
    case (.stringSet, .list(let elements)):
      return .ss(
        try Self.set(elements, location) { element throws(SpecError) in
          guard let text = element.text else { throw Self.wrong(.string, element, location) }
          return text
        })
    case (.numberSet, .list(let elements)):
      return .ns(
        try Self.set(elements, location) { element throws(SpecError) in
          guard let text = element.text else { throw Self.wrong(.number, element, location) }
          return try Self.number(text, location: location)
        })
    case (.binarySet, .list(let elements)):
      return .bs(
        try Self.set(elements, location) { element throws(SpecError) in
          switch element {
          case .bytes(let bytes): return bytes
          case .string(let text): return try Self.binary(text, location: location)
          default: throw Self.wrong(.binary, element, location)
          }
        })
    default: break
    }
    throw Self.wrong(self, datum, location)
  }

  /// Checks number text: what DynamoDB takes, at most 38 digits that count.
  static func number(_ text: [UInt8], location: SpecLocation) throws(SpecError) -> [UInt8] {
    guard let parts = NumberText(text) else {
      throw SpecError(
        location,
        "'\(String(decoding: text.prefix(80), as: UTF8.self))' is not a number; expected digits such as 42 or 19.90")
    }
    guard parts.significantDigits <= 38 else {
      throw SpecError(
        location, "the number \(String(decoding: text.prefix(80), as: UTF8.self)) has more than 38 digits")
    }
    return text
  }

  private static func binary(_ text: [UInt8], location: SpecLocation) throws(SpecError) -> [UInt8] {
    guard let bytes = Base64.decode(text) else {
      throw SpecError(location, "'\(String(decoding: text.prefix(80), as: UTF8.self))' is not base64 with its padding")
    }
    return bytes
  }

  private static func set(
    _ elements: [Datum], _ location: SpecLocation, _ read: (Datum) throws(SpecError) -> [UInt8]
  ) throws(SpecError) -> [[UInt8]] {
    var result: [[UInt8]] = []
    for element in elements {
      if case .absent = element { continue }
      let value = try read(element)
      if result.contains(value) {
        throw SpecError(location, "a set holds '\(String(decoding: value, as: UTF8.self))' twice")
      }
      result.append(value)
    }
    if result.isEmpty { throw SpecError(location, "a set is empty; DynamoDB has no empty sets") }
    return result
  }

  private static func wrong(_ type: AttributeType, _ datum: Datum, _ location: SpecLocation) -> SpecError {
    SpecError(location, "$\(type.rawValue) cannot be made from \(datum.kind)")
  }
}
