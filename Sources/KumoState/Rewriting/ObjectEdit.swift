import Glibc
import JSONBytes

/// Changes to the members of one JSON object that is held in a tape. Every byte of it that no change names stays as
/// it is.
package struct ObjectEdit {
  /// What becomes of a member.
  private struct Change {
    var name: [UInt8]
    /// The member's new name; nil keeps it.
    var newName: [UInt8]?
    /// The new value as JSON; nil keeps it.
    var value: [UInt8]?
    var isRemoved = false
  }

  private var changes: [Change] = []
  /// New members that stand beside the changes: one may have the name that a renamed member had.
  private var additions: [(name: [UInt8], value: [UInt8])] = []

  /// No changes.
  package init() {}

  /// Whether there is nothing to change.
  package var isEmpty: Bool { changes.isEmpty && additions.isEmpty }

  /// Gives a member a value (as JSON); a member that is not there is added, before the first one whose name sorts
  /// after it, as Go writes maps.
  package mutating func set(_ name: [UInt8], to json: [UInt8]) {
    if let index = index(of: name) {
      changes[index].value = json
      changes[index].isRemoved = false
    } else {
      changes.append(Change(name: name, value: json))
    }
  }

  /// Takes a member out.
  package mutating func remove(_ name: [UInt8]) {
    if let index = index(of: name) {
      changes[index].value = nil
      changes[index].isRemoved = true
    } else {
      changes.append(Change(name: name, isRemoved: true))
    }
  }

  /// Gives a member another name; it stays at its place, so that naming it back gives the same bytes.
  package mutating func rename(_ name: [UInt8], to newName: [UInt8]) {
    if let index = index(of: name) {
      changes[index].newName = newName
    } else {
      changes.append(Change(name: name, newName: newName))
    }
  }

  /// Adds a member whose name no member has once the renames are made.
  package mutating func add(_ name: [UInt8], _ json: [UInt8]) {
    additions.removeAll { $0.name == name }
    additions.append((name, json))
  }

  /// Takes back what `add` did.
  package mutating func dropAddition(_ name: [UInt8]) {
    additions.removeAll { $0.name == name }
  }

  /// Forgets all changes and keeps the memory for the next ones.
  package mutating func removeAll() {
    changes.removeAll(keepingCapacity: true)
    if !additions.isEmpty { additions.removeAll(keepingCapacity: true) }
  }

  private func index(of name: [UInt8]) -> Int? { changes.firstIndex { $0.name == name } }

  /// The object with the changes made. Anything but an object is given back as it is.
  package func apply(to node: JSONNode) -> [UInt8] {
    var list = ObjectSplices()
    splices(in: node, to: &list)
    return node.withRawBytes { raw in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(raw.count + list.text.count)
      var position = 0
      for splice in list.splices {
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[position..<splice.range.lowerBound]))
        bytes.append(contentsOf: list.text[splice.text])
        position = splice.range.upperBound
      }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[position...]))
      return bytes
    }
  }

  /// What differs once the changes are made; nothing for anything but an object.
  package func splices(in node: JSONNode, to list: inout ObjectSplices) {
    list.begin()
    guard node.isObject, !isEmpty, !spliceOne(in: node, to: &list) else { return }
    node.memberPlaces(into: &list.places)
    list.named.removeAll(keepingCapacity: true)
    node.withRawBytes { raw in
      for place in list.places { list.named.append(change(of: place, in: node, raw)) }
      write(node, raw, to: &list)
    }
  }

  /// When one member is set, as most steps do to each of millions of items, its place is all that must be known.
  /// False when there is more to do.
  private func spliceOne(in node: JSONNode, to list: inout ObjectSplices) -> Bool {
    guard additions.isEmpty, changes.count == 1, changes[0].newName == nil, let value = changes[0].value else {
      return false
    }
    let spot = node.spot(of: changes[0].name)
    guard !spot.isRepeated else { return false }
    if let range = spot.value {
      list.replace(range, with: value)
    } else {
      list.insert(changes[0].name, value, after: spot.previous, before: spot.next)
    }
    return true
  }

  private func write(_ node: JSONNode, _ raw: UnsafeRawBufferPointer, to list: inout ObjectSplices) {
    let added = added(besides: list.named)
    var next = added.startIndex
    for index in list.places.indices {
      let place = list.places[index]
      while next < added.endIndex, Self.precedes(added[next].name, place, in: node, raw) {
        list.add(added[next].name, added[next].value)
        next += 1
      }
      let member = place.start..<place.end
      guard let named = list.named[index] else {
        list.keep(member)
        continue
      }
      let change = changes[named]
      if change.isRemoved {
        list.remove(member)
      } else if let newName = change.newName {
        if let value = change.value {
          value.withUnsafeBytes { list.keep(member, as: newName, $0) }
        } else {
          list.keep(member, as: newName, UnsafeRawBufferPointer(rebasing: raw[place.valueStart..<place.end]))
        }
      } else if let value = change.value {
        list.keep(member, replacing: place.valueStart..<place.end, with: value)
      }
    }
    while next < added.endIndex {
      list.add(added[next].name, added[next].value)
      next += 1
    }
    list.finish(raw.count)
  }

  /// The new members, sorted: only they need a place, and they are few.
  private func added(besides named: [Int?]) -> [(name: [UInt8], value: [UInt8])] {
    var added = additions
    for index in changes.indices where !named.contains(index) {
      if let value = changes[index].value { added.append((changes[index].newName ?? changes[index].name, value)) }
    }
    if added.count > 1 { added.sort { $0.name.lexicographicallyPrecedes($1.name) } }
    return added
  }

  /// The change that a member is named by.
  private func change(of place: MemberPlace, in node: JSONNode, _ source: UnsafeRawBufferPointer) -> Int? {
    if place.hasEscapes { return index(of: node.key(at: place)) }
    let length = place.keyEnd - place.start - 2
    for index in changes.indices where changes[index].name.count == length {
      let isEqual = changes[index].name.withUnsafeBytes { name in
        guard let name = name.baseAddress, let start = source.baseAddress else { return length == 0 }
        return memcmp(name, start + place.start + 1, length) == 0
      }
      if isEqual { return index }
    }
    return nil
  }

  /// Whether a name sorts before that of a member; without escapes the member's text is compared where it stands.
  private static func precedes(
    _ name: [UInt8], _ place: MemberPlace, in node: JSONNode, _ source: UnsafeRawBufferPointer
  ) -> Bool {
    if place.hasEscapes { return name.lexicographicallyPrecedes(node.key(at: place)) }
    let length = place.keyEnd - place.start - 2
    return name.withUnsafeBytes { name in
      guard let left = name.baseAddress, let right = source.baseAddress else { return length > 0 }
      let order = memcmp(left, right + place.start + 1, min(name.count, length))
      return order == 0 ? name.count < length : order < 0
    }
  }
}
