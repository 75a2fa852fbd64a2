import JSONBytes

extension JSONNode {
  /// The value of the struct field `name`, as Go's decoder finds it: case does not matter (kumo-format.md 1.2).
  ///
  /// The exact spelling is tried first, which costs no memory; `member(folding:)` only where it is missing. Not for
  /// names of entries or attributes, which are exact.
  package func field(_ name: StaticString) -> JSONNode? {
    self[name] ?? member(folding: name)
  }

  /// The value of the struct field `name` when it is a string, empty when it is missing or null, as Go leaves it; nil
  /// when it has another type.
  package func text(_ name: StaticString) -> [UInt8]? {
    guard let value = field(name), !value.isNull else { return [] }
    return value.string()
  }

  /// The place, from this value, of the value (or key) at byte `offset` of the document; empty when it is not inside.
  package func pointer(toOffset wanted: Int) -> JSONPointer {
    var pointer = JSONPointer()
    var current = self
    while current.offset < wanted {
      var inner: JSONNode?
      if current.isObject {
        var name: [UInt8] = []
        for (key, value) in current.members where key.offset <= wanted {
          inner = value
          name = key.string() ?? []
        }
        if inner != nil { pointer.append(key: name) }
      } else {
        for (index, element) in current.elements.enumerated() where element.offset <= wanted {
          inner = element
          if index > 0 { pointer = pointer.parent ?? pointer }
          pointer.append(index: index)
        }
      }
      guard let inner else { break }
      current = inner
    }
    return pointer
  }
}

extension JSONPointer {
  /// This pointer followed by the reference tokens of `other`.
  package func appending(_ other: JSONPointer) -> JSONPointer {
    other.tokens.reduce(self) { $0.appending(key: $1) }
  }
}
