/// Where one member of an object stands, counted from the object's opening brace.
package struct MemberPlace: Sendable {
  /// First byte of the key: its quote.
  package let start: Int
  /// The byte after the key's closing quote.
  package let keyEnd: Int
  /// First byte of the value.
  package let valueStart: Int
  /// The byte after the value.
  package let end: Int
  /// Whether the key is written with escapes, so that its bytes are not its name.
  package let hasEscapes: Bool
  fileprivate let index: Int
}

extension JSONNode {
  /// Where the members of an object stand, in the order of the document; empty for anything else.
  ///
  /// One walk over the tape without making a node for each key and value: what changes millions of items looks at all their members.
  package var memberPlaces: [MemberPlace] { opened.placesAtHand }

  private var placesAtHand: [MemberPlace] {
    withExtendedLifetime(storage) {
      let object = storage.node(index)
      guard object.kind == .object else { return [] }
      var places: [MemberPlace] = []
      places.reserveCapacity(Int(object.count))
      var current = index + 1
      let last = Int(object.next)
      while current + 1 < last {
        let key = storage.node(current)
        let value = storage.node(current + 1)
        places.append(
          MemberPlace(
            start: Int(key.start) - Int(object.start), keyEnd: Int(key.end) - Int(object.start),
            valueStart: Int(value.start) - Int(object.start), end: Int(value.end) - Int(object.start),
            hasEscapes: key.hasEscapes, index: current))
        current = Int(value.next)
      }
      return places
    }
  }

  /// The unescaped key of a member of this object.
  package func key(at place: MemberPlace) -> [UInt8] {
    JSONNode(storage: opened.storage, index: place.index).string() ?? []
  }

  /// The value of the member with exactly these key bytes (unescaped); the last one if there are several. As the subscript, for
  /// objects that are looked at by the million.
  package func value(named name: [UInt8]) -> JSONNode? { opened.valueAtHand(named: name) }

  private func valueAtHand(named name: [UInt8]) -> JSONNode? {
    let found = withExtendedLifetime(storage) {
      name.withUnsafeBytes { name -> Int? in
        let object = storage.node(index)
        guard object.kind == .object else { return nil }
        let bytes = storage.bytes
        var found: Int?
        var current = index + 1
        let last = Int(object.next)
        while current + 1 < last {
          let key = storage.node(current)
          if key.hasEscapes {
            if JSONNode(storage: storage, index: current).string()?.elementsEqual(name) == true { found = current + 1 }
          } else if Int(key.end) - Int(key.start) == name.count + 2,
            equalBytes(UnsafeRawBufferPointer(rebasing: bytes[(Int(key.start) + 1)..<(Int(key.end) - 1)]), name)
          {
            found = current + 1
          }
          current = Int(storage.node(current + 1).next)
        }
        return found
      }
    }
    return found.map { JSONNode(storage: storage, index: $0) }
  }
}
