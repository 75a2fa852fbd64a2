import JSONBytes

extension JSONWriter {
  /// Writes a member whose value is a text.
  mutating func field(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  /// Writes a member whose value is a list of texts.
  mutating func texts(_ name: StaticString, _ values: [String]) {
    key(name)
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  /// Writes a member whose value is a whole number.
  mutating func field(_ name: StaticString, _ value: Int) {
    key(name)
    int(Int64(value))
  }
}
