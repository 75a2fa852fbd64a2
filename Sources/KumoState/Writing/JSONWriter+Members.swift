import JSONBytes

extension JSONWriter {
  /// Writes a member whose value is a string.
  package mutating func member(_ name: StaticString, _ value: [UInt8]) {
    key(name)
    string(value)
  }

  /// Writes a member whose value is a constant string.
  package mutating func member(_ name: StaticString, _ value: StaticString) {
    key(name)
    string(value)
  }

  /// Writes a map of strings sorted by the bytes of its keys, or `null` where KUMO has a nil map.
  package mutating func stringMap(_ members: [NamedText]?) {
    guard let members else { return null() }
    beginObject()
    for member in members.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
      key(member.name)
      string(member.value)
    }
    endObject()
  }

  /// Writes tags as KUMO's list of `{"Key","Value"}`, or `null` where there are none.
  package mutating func tagList(_ tags: [NamedText]) {
    guard !tags.isEmpty else { return null() }
    beginArray()
    for tag in tags.sorted(by: { $0.name.lexicographicallyPrecedes($1.name) }) {
      beginObject()
      member("Key", tag.name)
      member("Value", tag.value)
      endObject()
    }
    endArray()
  }
}
