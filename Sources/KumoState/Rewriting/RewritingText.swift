import JSONBytes

/// Small pieces of JSON that rewriters write.
enum RewritingText {
  /// A member's key and the colon after it.
  static func key(_ name: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    append(key: name, to: &text)
    return text
  }

  /// Appends a member's key and the colon after it.
  static func append(key name: [UInt8], to text: inout [UInt8]) {
    JSONWriter.append(string: name, to: &text)
    text.append(UInt8(ascii: ":"))
  }

  /// A string in quotes.
  static func string(_ text: [UInt8]) -> [UInt8] {
    var writer = JSONWriter(style: .compact)
    writer.string(text)
    return writer.bytes
  }
}
