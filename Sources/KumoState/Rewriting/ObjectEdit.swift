import Glibc
import JSONBytes

/// Changes to the members of one JSON object that is held in a tape. Every byte of it that no change names stays as it is.
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

  /// Gives a member a value (as JSON); a member that is not there is added, before the first one whose name sorts after it, as
  /// Go writes maps.
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

  private func index(of name: [UInt8]) -> Int? { changes.firstIndex { $0.name == name } }

  /// A range of the object's bytes, counted from its opening brace, and what stands for it after the edit.
  package struct Splice: Equatable {
    package let range: Range<Int>
    package let bytes: [UInt8]
  }

  /// The object with the changes made. Anything but an object is given back as it is.
  package func apply(to node: JSONNode) -> [UInt8] {
    let splices = splices(in: node)
    return node.withRawBytes { raw in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(splices.reduce(raw.count) { $0 + $1.bytes.count })
      var position = 0
      for splice in splices {
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[position..<splice.range.lowerBound]))
        bytes.append(contentsOf: splice.bytes)
        position = splice.range.upperBound
      }
      bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: raw[position...]))
      return bytes
    }
  }

  /// What differs once the changes are made, in ascending order; nothing for anything but an object.
  package func splices(in node: JSONNode) -> [Splice] {
    guard node.isObject, !isEmpty else { return [] }
    return node.withRawBytes { raw in
      var output = Output(source: raw)
      write(node, to: &output)
      return output.splices
    }
  }

  private func write(_ node: JSONNode, to output: inout Output) {
    let places = node.memberPlaces
    let named = places.map { change(of: $0, in: node, output.source) }
    // Only new members need a place; they are few, and sorted once.
    var added = additions
    for index in changes.indices where !named.contains(index) {
      if let value = changes[index].value { added.append((changes[index].newName ?? changes[index].name, value)) }
    }
    if added.count > 1 { added.sort { $0.name.lexicographicallyPrecedes($1.name) } }
    var next = 0
    for (place, change) in zip(places, named) {
      while next < added.count, Self.precedes(added[next].name, place, in: node, output.source) {
        output.add(added[next].name, added[next].value)
        next += 1
      }
      let member = place.start..<place.end
      guard let index = change else {
        output.keep(member)
        continue
      }
      let change = changes[index]
      if change.isRemoved {
        output.remove(member)
      } else if let newName = change.newName {
        if let value = change.value {
          value.withUnsafeBytes { output.keep(member, as: newName, $0) }
        } else {
          output.keep(
            member, as: newName, UnsafeRawBufferPointer(rebasing: output.source[place.valueStart..<place.end]))
        }
      } else if let value = change.value {
        output.keep(member, replacing: place.valueStart..<place.end, with: value)
      }
    }
    while next < added.count {
      output.add(added[next].name, added[next].value)
      next += 1
    }
    output.finish()
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

  /// The object being written: runs of kept members stay together with what stands between them.
  private struct Output {
    let source: UnsafeRawBufferPointer
    private(set) var splices: [Splice] = []
    /// What is to be written instead of the source from `kept` to `position`.
    private var pending: [UInt8] = []
    /// How much of the source is kept or spliced.
    private var kept = 1
    /// How much of the source was kept or left out.
    private var position = 1
    private var hasMember = false
    /// Whether the separator that the source has before the next member must be left out.
    private var dropsSeparator = true

    init(source: UnsafeRawBufferPointer) {
      self.source = source
    }

    /// Writes a member that is new or has another name.
    private mutating func write(_ name: [UInt8], _ value: UnsafeRawBufferPointer) {
      pending += RewritingText.key(name)
      pending.append(contentsOf: value)
    }

    private mutating func keep(upTo end: Int) {
      guard end > position else { return }
      if !pending.isEmpty || kept < position {
        splices.append(Splice(range: kept..<position, bytes: pending))
        pending = []
      }
      position = end
      kept = end
    }

    /// Goes to the start of a member that is kept, with the right separator before it.
    private mutating func enter(_ start: Int) {
      if dropsSeparator {
        // The first member keeps the space before it; after members that are gone or new, a comma is enough.
        if hasMember {
          pending.append(UInt8(ascii: ","))
          position = start
        } else if position == 1 {
          keep(upTo: start)
        } else {
          position = start
        }
      } else {
        keep(upTo: start)
      }
      dropsSeparator = false
      hasMember = true
    }

    mutating func keep(_ member: Range<Int>) {
      enter(member.lowerBound)
      keep(upTo: member.upperBound)
    }

    mutating func keep(_ member: Range<Int>, replacing range: Range<Int>, with new: [UInt8]) {
      enter(member.lowerBound)
      keep(upTo: range.lowerBound)
      pending += new
      position = member.upperBound
    }

    /// Keeps a member's value, or a new one, under another name.
    mutating func keep(_ member: Range<Int>, as name: [UInt8], _ value: UnsafeRawBufferPointer) {
      enter(member.lowerBound)
      write(name, value)
      position = member.upperBound
    }

    mutating func remove(_ member: Range<Int>) {
      position = member.upperBound
      dropsSeparator = true
    }

    mutating func add(_ name: [UInt8], _ value: [UInt8]) {
      if hasMember { pending.append(UInt8(ascii: ",")) }
      value.withUnsafeBytes { write(name, $0) }
      hasMember = true
      dropsSeparator = true
    }

    mutating func finish() {
      keep(upTo: source.count)
    }
  }
}
