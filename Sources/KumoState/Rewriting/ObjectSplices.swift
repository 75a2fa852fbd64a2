import JSONBytes

/// What an edit does to the bytes of one object. Used for one object after the other, it uses its memory again: there
/// are millions of items.
package struct ObjectSplices {
  /// A range of the object's bytes, counted from its opening brace, and the part of `text` that stands for it.
  package struct Splice {
    package let range: Range<Int>
    package let text: Range<Int>
  }

  /// What differs, in ascending order.
  package private(set) var splices: [Splice] = []
  /// Everything that is new, one splice after the other.
  package private(set) var text: [UInt8] = []

  /// Where the members of the object at hand stand.
  var places: [MemberPlace] = []
  /// For each of them, which change of the edit names it.
  var named: [Int?] = []

  /// Where the text of the next splice begins.
  private var pending = 0
  /// How much of the source is kept or spliced.
  private var kept = 1
  /// How much of the source was kept or left out.
  private var position = 1
  private var hasMember = false
  /// Whether the separator that the source has before the next member must be left out.
  private var dropsSeparator = true

  /// Nothing.
  package init() {}

  /// Forgets the object before.
  mutating func begin() {
    splices.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    pending = 0
    kept = 1
    position = 1
    hasMember = false
    dropsSeparator = true
  }

  // MARK: One change

  /// Replaces a value.
  mutating func replace(_ value: Range<Int>, with new: [UInt8]) {
    text += new
    splices.append(Splice(range: value, text: 0..<text.count))
  }

  /// Adds a member between two others; what separated them goes, as it does around each new member.
  ///
  /// - Parameters:
  ///   - previous: where the member before it ends, nil when there is none.
  ///   - next: where the member behind it begins, nil when there is none.
  mutating func insert(_ name: [UInt8], _ value: [UInt8], after previous: Int?, before next: Int?) {
    if previous != nil { text.append(UInt8(ascii: ",")) }
    value.withUnsafeBytes { write(name, $0) }
    if next != nil { text.append(UInt8(ascii: ",")) }
    let start = previous ?? 1
    splices.append(Splice(range: start..<(next ?? start), text: 0..<text.count))
  }

  // MARK: Any changes, member by member

  /// Keeps a member. Runs of kept members stay together with what stands between them.
  mutating func keep(_ member: Range<Int>) {
    enter(member.lowerBound)
    keep(upTo: member.upperBound)
  }

  mutating func keep(_ member: Range<Int>, replacing range: Range<Int>, with new: [UInt8]) {
    enter(member.lowerBound)
    keep(upTo: range.lowerBound)
    text += new
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
    if hasMember { text.append(UInt8(ascii: ",")) }
    value.withUnsafeBytes { write(name, $0) }
    hasMember = true
    dropsSeparator = true
  }

  /// - Parameter count: how long the object is.
  mutating func finish(_ count: Int) { keep(upTo: count) }

  /// Writes a member that is new or has another name.
  private mutating func write(_ name: [UInt8], _ value: UnsafeRawBufferPointer) {
    RewritingText.append(key: name, to: &text)
    text.append(contentsOf: value)
  }

  private mutating func keep(upTo end: Int) {
    guard end > position else { return }
    if pending < text.count || kept < position {
      splices.append(Splice(range: kept..<position, text: pending..<text.count))
      pending = text.count
    }
    position = end
    kept = end
  }

  /// Goes to the start of a member that is kept, with the right separator before it.
  private mutating func enter(_ start: Int) {
    if dropsSeparator {
      // The first member keeps the space before it; after members that are gone or new, a comma is enough.
      if hasMember {
        text.append(UInt8(ascii: ","))
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
}
