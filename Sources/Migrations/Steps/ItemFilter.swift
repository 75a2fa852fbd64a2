import KumoState

/// Which items an operation is for (`where:`). Every condition must hold.
struct ItemFilter: Sendable {
  /// One condition on one attribute.
  enum Condition: Sendable, Equatable {
    /// The item has the attribute.
    case exists([UInt8])
    /// The item lacks the attribute.
    case missing([UInt8])
    /// The attribute has this value.
    case equals([UInt8], AttributeValue)
    /// The attribute is a text or number that begins so.
    case prefix([UInt8], [UInt8])
    /// The attribute has this type.
    case type([UInt8], AttributeType)
  }

  var conditions: [Condition] = []

  /// Whether the operation is for an item.
  func takes(_ item: Item) -> Bool {
    conditions.allSatisfy { condition in
      switch condition {
      case .exists(let name): item.has(name)
      case .missing(let name): !item.has(name)
      case .equals(let name, let value): item.value(of: name) == value
      case .prefix(let name, let start):
        switch item.value(of: name) {
        case .s(let text), .n(let text): text.starts(with: start)
        default: false
        }
      case .type(let name, let type): item.value(of: name)?.type == type
      }
    }
  }

  /// The attributes that it looks at.
  var attributes: [[UInt8]] {
    conditions.map {
      switch $0 {
      case .exists(let name), .missing(let name), .equals(let name, _), .prefix(let name, _), .type(let name, _): name
      }
    }
  }
}

extension AttributeValue {
  /// The type of the value.
  var type: AttributeType {
    switch self {
    case .s: .string
    case .n: .number
    case .b: .binary
    case .ss: .stringSet
    case .ns: .numberSet
    case .bs: .binarySet
    case .m: .map
    case .l: .list
    case .bool: .bool
    case .null: .null
    }
  }
}
