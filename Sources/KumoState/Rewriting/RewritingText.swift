import JSONBytes

/// Small pieces of JSON that rewriters write.
enum RewritingText {
  /// A member's key and the colon after it.
  static func key(_ name: [UInt8]) -> [UInt8] {
    var text = string(name)
    text.append(UInt8(ascii: ":"))
    return text
  }

  /// A string in quotes.
  static func string(_ text: [UInt8]) -> [UInt8] {
    var writer = JSONWriter(style: .compact)
    writer.string(text)
    return writer.bytes
  }
}

extension JSONNode {
  /// Where the value stands in the document, quotes and brackets included.
  package var range: Range<Int> { offset..<(offset + withRawBytes { $0.count }) }
}
