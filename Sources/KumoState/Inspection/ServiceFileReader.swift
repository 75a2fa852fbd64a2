import JSONBytes

/// Walks the two outer levels that every service's file has: the top-level members, and the entries of each map (or
/// array) among them. What an entry holds is captured, walked or skipped as the caller likes.
///
/// Nothing but the current names and the caller's tape is held in memory. Names are as the file has them.
package struct ServiceFileReader {
  /// Where the reader stands.
  package enum Event: Sendable, Equatable {
    /// At a top-level member's value; `memberName` is its name, `valueToken` what the value begins with.
    case member
    /// At the value of an entry of the member that was entered; `entryKey` names it (in an array, `entryIndex`).
    case entry
    /// After the last entry of the member that was entered.
    case endMember
    /// After the document; nothing but whitespace followed.
    case end
  }

  private enum State { case start, members, map, array, finish, done }

  /// The reader underneath; it stands on the first token of the current member's or entry's value.
  package let reader: JSONReader
  /// The current top-level member's name, unescaped.
  package private(set) var memberName: [UInt8] = []
  /// The current entry's map key, unescaped; empty in an array.
  package private(set) var entryKey: [UInt8] = []
  /// The current entry's number in its member, from 0.
  package private(set) var entryIndex = -1
  /// Byte offset of the current member's or entry's value.
  package private(set) var valueOffset = 0
  /// Whether the document is an object at all; anything else gives `.end` at once.
  package private(set) var isObject = false
  private var state = State.start
  private var isPending = false

  /// Reads the document that `reader` is at the start of.
  package init(_ reader: JSONReader) {
    self.reader = reader
  }

  /// What the current value begins with.
  package var valueToken: JSONToken { reader.token }

  /// The current value's place.
  package var pointer: JSONPointer {
    let member = JSONPointer().appending(key: memberName)
    return switch state {
    case .map: member.appending(key: entryKey)
    case .array: member.appending(index: entryIndex)
    default: member
    }
  }

  /// Goes to the next member, or to the next entry of a member that was entered; a value that the caller left alone
  /// is skipped.
  /// - Throws: the JSON reader's error.
  package mutating func next() throws(JSONError) -> Event {
    if isPending {
      isPending = false
      try reader.skipValue()
    }
    switch state {
    case .start:
      isObject = try reader.next() == .beginObject
      if !isObject { try reader.skipValue() }
      state = isObject ? .members : .finish
      return try next()
    case .members:
      guard try reader.next() == .key else {
        state = .finish
        return try next()
      }
      memberName = try reader.string()
      try beginValue()
      return .member
    case .map:
      guard try reader.next() == .key else { return leave() }
      entryKey = try reader.string()
      entryIndex += 1
      try beginValue()
      return .entry
    case .array:
      guard try reader.next() != .endArray else { return leave() }
      entryIndex += 1
      valueOffset = reader.tokenOffset
      isPending = true
      return .entry
    case .finish:
      _ = try reader.next()
      state = .done
      return .end
    case .done:
      return .end
    }
  }

  /// Whether the current member is called `name` (case does not matter, as for KUMO).
  package func isMember(_ name: StaticString) -> Bool {
    let expected = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    if memberName.elementsEqual(expected) { return true }
    return GoText.foldedKey(memberName) == GoText.foldedASCII(Array(expected))
  }

  /// Goes into the current member: its entries come next. Returns false, and changes nothing, when it is neither an
  /// object nor an array.
  package mutating func enter() -> Bool {
    guard state == .members, isPending else { return false }
    switch reader.token {
    case .beginObject: state = .map
    case .beginArray: state = .array
    default: return false
    }
    entryKey = []
    entryIndex = -1
    isPending = false
    return true
  }

  /// Reads the current value whole.
  /// - Throws: the JSON reader's error, also when the value is larger than its options allow to be held.
  package mutating func capture(into tape: inout JSONTape) throws(JSONError) {
    isPending = false
    try reader.capture(into: &tape)
  }

  /// Says that the caller has walked the current value to its last token with `reader`.
  package mutating func didReadValue() {
    isPending = false
  }

  /// Counts the members (or elements) of the current value, which is read to its end; 0 for a plain value.
  /// - Throws: the JSON reader's error.
  package mutating func countMembers() throws(JSONError) -> Int {
    isPending = false
    var count = 0
    switch reader.token {
    case .beginObject:
      while try reader.next() == .key {
        _ = try reader.next()
        try reader.skipValue()
        count += 1
      }
    case .beginArray:
      while try reader.next() != .endArray {
        try reader.skipValue()
        count += 1
      }
    default:
      try reader.skipValue()
    }
    return count
  }

  private mutating func beginValue() throws(JSONError) {
    _ = try reader.next()
    valueOffset = reader.tokenOffset
    isPending = true
  }

  private mutating func leave() -> Event {
    state = .members
    return .endMember
  }
}
