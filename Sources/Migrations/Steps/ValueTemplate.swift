import KumoState

/// A value in a step document: fixed, or made of the attributes of the item at hand (`"order#${id}"`).
indirect enum ValueTemplate: Sendable {
  /// The same for every item, as JSON in KUMO's form.
  case fixed(AttributeValue, json: [UInt8])
  /// A text (`S`), or with `isNumber` a number (`N`).
  case text([TextPart], isNumber: Bool)
  /// A list (`L`).
  case list([ValueTemplate])
  /// A map (`M`), sorted by name.
  case map([Member])

  /// A named value.
  struct Member: Sendable {
    let name: [UInt8]
    let value: ValueTemplate
  }

  /// A part of a text.
  enum TextPart: Sendable, Equatable {
    case literal([UInt8])
    /// The text of an attribute that is a string or a number.
    case attribute([UInt8])
  }

  /// A value that is the same for every item.
  init(_ value: AttributeValue) {
    self = .fixed(value, json: value.json)
  }

  /// The value for an item, as JSON.
  ///
  /// - Throws: `StepError` when the item lacks an attribute that is named, or has no text there; when a number is none.
  func json(for item: Item) throws(StepError) -> [UInt8] {
    if case .fixed(_, let json) = self { return json }
    return try value(for: item).json
  }

  /// The value that is the same for every item; nil for one that is made of attributes.
  var constant: AttributeValue? {
    switch self {
    case .fixed(let value, _): return value
    case .text: return nil
    case .list(let values):
      let constants = values.compactMap(\.constant)
      return constants.count == values.count ? .l(constants) : nil
    case .map(let members):
      let constants = members.compactMap { member in
        member.value.constant.map { AttributeMember(name: member.name, value: $0) }
      }
      return constants.count == members.count ? .m(constants) : nil
    }
  }

  private func value(for item: Item) throws(StepError) -> AttributeValue {
    switch self {
    case .fixed(let value, _): return value
    case .text(let parts, let isNumber):
      var text: [UInt8] = []
      for part in parts {
        switch part {
        case .literal(let bytes): text += bytes
        case .attribute(let name): text += try Self.text(of: name, in: item)
        }
      }
      guard isNumber else { return .s(text) }
      guard NumberForm.isNumber(text) else {
        throw StepError("a template gives no number for an item", hint: "leave such items out with where:")
      }
      return .n(text)
    case .list(let values):
      var result: [AttributeValue] = []
      for value in values { result.append(try value.value(for: item)) }
      return .l(result)
    case .map(let members):
      var result: [AttributeMember] = []
      for member in members {
        result.append(AttributeMember(name: member.name, value: try member.value.value(for: item)))
      }
      return .m(result)
    }
  }

  private static func text(of name: [UInt8], in item: Item) throws(StepError) -> [UInt8] {
    switch item.value(of: name) {
    case .s(let text), .n(let text): return text
    case nil:
      throw StepError(
        "an item has no '\(Printable.text(name))', which a template needs",
        hint: "leave such items out with where: {exists: \(Printable.text(name))}")
    default:
      throw StepError(
        "an item has a '\(Printable.text(name))' that is neither text nor a number, which a template needs",
        hint: "leave such items out with where: {type: {\(Printable.text(name)): S}}")
    }
  }
}
