import JSONBytes

extension JSONWriter {
  /// Writes a member whose value is a text; null when there is none.
  mutating func field(_ name: StaticString, _ value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  /// Writes a member whose value is a text of somebody else's; null when there is none.
  mutating func field(_ name: StaticString, _ value: [UInt8]?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  /// Writes a member whose value is a whole number; null when there is none.
  mutating func field(_ name: StaticString, _ value: Int?) {
    field(name, value.map { Int64($0) })
  }

  /// Writes a member whose value is a whole number; null when there is none.
  mutating func field(_ name: StaticString, _ value: Int64?) {
    key(name)
    if let value { int(value) } else { null() }
  }

  /// Writes a member whose value is true or false.
  mutating func field(_ name: StaticString, _ value: Bool) {
    key(name)
    bool(value)
  }

  /// Writes a member whose value is a list of texts.
  mutating func texts(_ name: StaticString, _ values: [String]) {
    key(name)
    beginArray()
    for value in values { string(value) }
    endArray()
  }

  /// Writes a member whose value is an object.
  mutating func object(_ name: StaticString, _ body: (inout JSONWriter) -> Void) {
    key(name)
    beginObject()
    body(&self)
    endObject()
  }

  /// Writes a member whose value is a list of objects.
  mutating func objects<Values: Sequence>(
    _ name: StaticString, _ values: Values, _ body: (inout JSONWriter, Values.Element) -> Void
  ) {
    key(name)
    objects(values, body)
  }

  /// Writes a list of objects.
  mutating func objects<Values: Sequence>(_ values: Values, _ body: (inout JSONWriter, Values.Element) -> Void) {
    beginArray()
    for value in values {
      beginObject()
      body(&self, value)
      endObject()
    }
    endArray()
  }
}
