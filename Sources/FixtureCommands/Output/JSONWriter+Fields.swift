import JSONBytes

extension JSONWriter {
  /// Writes a member whose value is a text.
  mutating func field(_ name: StaticString, _ value: String) {
    key(name)
    string(value)
  }

  /// Writes a member whose value is a whole number.
  mutating func field(_ name: StaticString, _ value: Int) {
    key(name)
    int(Int64(value))
  }
}
