/// A name with a text: a tag, a metadata entry, an attribute of a topic. Both are bytes.
package struct NamedText: Sendable, Equatable {
  /// The name.
  package var name: [UInt8]
  /// The text.
  package var value: [UInt8]

  /// Names a text.
  package init(name: [UInt8], value: [UInt8]) {
    self.name = name
    self.value = value
  }
}
