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

/// Where a member stands in an object or would stand, counted from the object's opening brace.
package struct MemberSpot: Sendable {
  /// The value; nil when there is no such member.
  package fileprivate(set) var value: Range<Int>?
  /// Whether there are several such members; `value` is that of the last one.
  package fileprivate(set) var isRepeated = false
  /// The end of the member before the one whose key sorts after the name; nil when there is none.
  package fileprivate(set) var previous: Int?
  /// The start of the first member whose key sorts after the name; nil when there is none.
  package fileprivate(set) var next: Int?
}

extension JSONNode {
  /// Where the members of an object stand, in the order of the document; none for anything else.
  ///
  /// One walk over the tape without making a node for each key and value, into an array whose room is used again:
  /// what changes millions of items looks at all their members.
  package func memberPlaces(into places: inout [MemberPlace]) {
    places.removeAll(keepingCapacity: true)
    opened.addPlaces(to: &places)
  }

  private func addPlaces(to places: inout [MemberPlace]) {
    withExtendedLifetime(storage) {
      let object = storage.node(index)
      guard object.kind == .object else { return }
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
    }
  }

  /// Where a member with this key (unescaped) stands or, in the order of the bytes of the keys, would stand.
  ///
  /// One walk over the tape without memory of its own: what sets one member of each of millions of items needs no more.
  package func spot(of name: [UInt8]) -> MemberSpot {
    let opened = opened
    return name.withUnsafeBytes { opened.spotAtHand(of: $0) }
  }

  private func spotAtHand(of name: UnsafeRawBufferPointer) -> MemberSpot {
    withExtendedLifetime(storage) {
      let object = storage.node(index)
      var spot = MemberSpot()
      guard object.kind == .object else { return spot }
      let origin = object.start
      var current = index + 1
      while current + 1 < Int(object.next) {
        let key = storage.node(current)
        let value = storage.node(current + 1)
        let order = JSONNode(storage: storage, index: current).order(of: name)
        if order == 0 {
          spot.isRepeated = spot.value != nil
          spot.value = Int(value.start - origin)..<Int(value.end - origin)
        }
        if spot.next == nil {
          if order < 0 { spot.next = Int(key.start - origin) } else { spot.previous = Int(value.end - origin) }
        }
        current = Int(value.next)
      }
      return spot
    }
  }

  /// Less than 0 when a name sorts before this key, 0 when it is this key.
  private func order(of name: UnsafeRawBufferPointer) -> Int {
    let node = storage.node(index)
    guard !node.hasEscapes else { return (string() ?? []).withUnsafeBytes { compareBytes(name, $0) } }
    let text = UnsafeRawBufferPointer(rebasing: storage.bytes[(Int(node.start) + 1)..<(Int(node.end) - 1)])
    return compareBytes(name, text)
  }

  /// The unescaped key of a member of this object.
  package func key(at place: MemberPlace) -> [UInt8] {
    JSONNode(storage: opened.storage, index: place.index).string() ?? []
  }

  /// The value of the member with exactly these key bytes (unescaped); the last one if there are several. As the
  /// subscript, for objects that are looked at by the million.
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
