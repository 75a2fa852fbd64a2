import JSONBytes
import KumoState

/// The value of an attribute of an item, in the ten types of DynamoDB.
///
/// Lossless: a number stays the text that was stored (`1.50` is not `1.5`), texts keep their bytes, sets their order.
/// Two values are equal when their bytes are: `é` as one character and as two are different values, as they are for
/// KUMO.
public indirect enum ItemValue: Sendable, Hashable {
  /// A text (`S`).
  case string(String)
  /// A number (`N`) as its text.
  case number(String)
  /// Bytes (`B`).
  case binary([UInt8])
  /// A set of texts (`SS`).
  case stringSet([String])
  /// A set of numbers (`NS`) as their texts.
  case numberSet([String])
  /// A set of byte strings (`BS`).
  case binarySet([[UInt8]])
  /// A map (`M`).
  case map([Member])
  /// A list (`L`).
  case list([ItemValue])
  /// True or false (`BOOL`).
  case bool(Bool)
  /// Nothing (`NULL`).
  case null

  /// A named value: an attribute, or a member of a map.
  public struct Member: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: ItemValue

    /// Names a value.
    public init(_ name: String, _ value: ItemValue) {
      self.name = name
      self.value = value
    }

    /// Equal when name and value have the same bytes.
    public static func == (left: Member, right: Member) -> Bool {
      left.name.utf8.elementsEqual(right.name.utf8) && left.value == right.value
    }

    /// Over the bytes, as equality.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(Array(name.utf8))
      hasher.combine(value)
    }
  }

  /// The text of a string; nil for anything else.
  public var text: String? {
    if case .string(let text) = self { return text }
    return nil
  }

  /// The text of a number; nil for anything else.
  public var numberText: String? {
    if case .number(let text) = self { return text }
    return nil
  }

  /// The value of a member of a map; nil for anything else.
  public subscript(name: String) -> ItemValue? {
    guard case .map(let members) = self else { return nil }
    return members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  /// Equal when the bytes are.
  public static func == (left: ItemValue, right: ItemValue) -> Bool { left.stored == right.stored }

  /// Over the bytes, as equality.
  public func hash(into hasher: inout Hasher) { hasher.combine(stored) }
}

extension ItemValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A number.
  public init(integerLiteral value: Int) { self = .number(String(value)) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension ItemValue {
  /// The value as it is stored.
  package var stored: AttributeValue {
    switch self {
    case .string(let text): .s(Array(text.utf8))
    case .number(let text): .n(Array(text.utf8))
    case .binary(let bytes): .b(bytes)
    case .stringSet(let texts): .ss(texts.map { Array($0.utf8) })
    case .numberSet(let texts): .ns(texts.map { Array($0.utf8) })
    case .binarySet(let values): .bs(values)
    case .map(let members):
      .m(
        members.map { AttributeMember(name: Array($0.name.utf8), value: $0.value.stored) }
          .sorted { $0.name.lexicographicallyPrecedes($1.name) })
    case .list(let values): .l(values.map(\.stored))
    case .bool(let value): .bool(value)
    case .null: .null
    }
  }

  /// The value of what is stored.
  package init(_ stored: AttributeValue) {
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    switch stored {
    case .s(let bytes): self = .string(text(bytes))
    case .n(let bytes): self = .number(text(bytes))
    case .b(let bytes): self = .binary(bytes)
    case .ss(let texts): self = .stringSet(texts.map(text))
    case .ns(let texts): self = .numberSet(texts.map(text))
    case .bs(let values): self = .binarySet(values)
    case .m(let members): self = .map(members.map { Member(text($0.name), ItemValue($0.value)) })
    case .l(let values): self = .list(values.map { ItemValue($0) })
    case .bool(let value): self = .bool(value)
    case .null: self = .null
    }
  }
}

extension ItemValue {
  /// The value that is written as JSON, in the form that KUMO stores; nil for anything else.
  init?(json: [UInt8]) {
    guard let tape = try? JSONTape(parsing: json), let stored = AttributeValue(tape.root) else { return nil }
    self.init(stored)
  }
}
