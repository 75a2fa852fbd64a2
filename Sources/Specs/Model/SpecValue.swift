/// A value as a spec writes it: plain, text with references, or a generator that makes one for each row.
public indirect enum SpecValue: Sendable, Hashable {
  /// JSON null, DynamoDB NULL.
  case null
  /// True or false.
  case bool(Bool)
  /// A number exactly as typed, in JSON's form.
  case number(String)
  /// Text, or a template.
  case text(SpecText)
  /// Bytes: a DynamoDB B.
  case bytes([UInt8])
  /// A list.
  case list([SpecValue])
  /// Names and values in their order.
  case map([SpecMember])
  /// Made when the row is written.
  case generated(SpecGenerator)
  /// A DynamoDB value whose type is said: `{$N: "1.50"}`. Allowed in items only.
  case typed(AttributeType, SpecValue)
}

/// A named value.
public struct SpecMember: Sendable, Hashable {
  /// The name, as bytes because names that Swift takes for equal can differ.
  package let name: [UInt8]
  /// Its value.
  package let value: SpecValue

  /// A named value.
  public init(_ name: String, _ value: SpecValue) {
    self.name = Array(name.utf8)
    self.value = value
  }

  init(bytes name: [UInt8], _ value: SpecValue) {
    self.name = name
    self.value = value
  }

  var nameText: String { String(decoding: name, as: UTF8.self) }
}

/// The types of DynamoDB values.
public enum AttributeType: String, Sendable, Hashable, CaseIterable {
  /// Text.
  case string = "S"
  /// Number.
  case number = "N"
  /// Bytes, in base64.
  case binary = "B"
  /// Set of texts.
  case stringSet = "SS"
  /// Set of numbers.
  case numberSet = "NS"
  /// Set of bytes.
  case binarySet = "BS"
  /// Map.
  case map = "M"
  /// List.
  case list = "L"
  /// True or false.
  case bool = "BOOL"
  /// Null.
  case null = "NULL"
}

extension SpecValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  /// Text.
  public init(stringLiteral text: String) { self = .text(SpecText(text)) }
  /// A template.
  public init(stringInterpolation: SpecText.StringInterpolation) { self = .text(stringInterpolation.text) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A list.
  public init(arrayLiteral elements: SpecValue...) { self = .list(elements) }
  /// Names and values, in the order of the literal.
  public init(dictionaryLiteral elements: (String, SpecValue)...) {
    self = .map(elements.map { SpecMember($0.0, $0.1) })
  }
  /// Null.
  public init(nilLiteral _: ()) { self = .null }
}

extension SpecValue {
  /// A value computed by Swift code.
  public static func text(_ text: String) -> SpecValue { .text(SpecText(text)) }
  /// A whole number computed by Swift code.
  public static func number(_ value: Int) -> SpecValue { .number(String(value)) }
  /// The value of a field, with its type; in text it would become text.
  public static func field(_ reference: SpecReference) -> SpecValue { .generated(.field(reference)) }
}
