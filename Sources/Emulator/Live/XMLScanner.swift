/// Finds elements and their text in XML that arrives in pieces, in constant memory.
///
/// What S3 servers answer needs no more: no CDATA, no document type, attributes without meaning.
struct XMLScanner {
  /// What was found.
  enum Event: Equatable {
    /// `<name …>`
    case open([UInt8])
    /// `</name>`, with the text right before it, entities resolved.
    case close([UInt8], text: [UInt8])
  }

  private enum State { case text, tag }
  private var state = State.text
  private var text: [UInt8] = []
  private var tag: [UInt8] = []

  /// Takes a piece and gives what it ends.
  mutating func feed(_ piece: ArraySlice<UInt8>, _ found: (Event) -> Void) {
    for byte in piece {
      switch (state, byte) {
      case (.text, UInt8(ascii: "<")):
        state = .tag
        tag.removeAll(keepingCapacity: true)
      case (.text, _): text.append(byte)
      case (.tag, UInt8(ascii: ">")):
        end(found)
        state = .text
        text.removeAll(keepingCapacity: true)
      case (.tag, _): tag.append(byte)
      }
    }
  }

  private func end(_ found: (Event) -> Void) {
    guard let first = tag.first, first != UInt8(ascii: "?"), first != UInt8(ascii: "!") else { return }
    if first == UInt8(ascii: "/") {
      found(.close(Array(tag.dropFirst()), text: Self.resolve(text)))
      return
    }
    let isEmpty = tag.last == UInt8(ascii: "/")
    let name = Array(tag.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") })
    found(.open(name))
    if isEmpty { found(.close(name, text: [])) }
  }

  /// Replaces the five named entities and character references; what is no entity stays as it is.
  static func resolve(_ text: [UInt8]) -> [UInt8] {
    guard text.contains(UInt8(ascii: "&")) else { return text }
    var result: [UInt8] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      result += rest[..<start]
      guard let end = rest[start...].firstIndex(of: UInt8(ascii: ";")),
        let scalar = scalar(String(decoding: rest[(start + 1)..<end], as: UTF8.self))
      else {
        result.append(rest[start])
        rest = rest[(start + 1)...]
        continue
      }
      result += String(Character(scalar)).utf8
      rest = rest[(end + 1)...]
    }
    return result + rest
  }

  private static func scalar(_ entity: String) -> Unicode.Scalar? {
    switch entity {
    case "amp": "&"
    case "lt": "<"
    case "gt": ">"
    case "quot": "\""
    case "apos": "'"
    default:
      if entity.hasPrefix("#x") {
        UInt32(entity.dropFirst(2), radix: 16).flatMap { Unicode.Scalar($0) }
      } else if entity.hasPrefix("#") {
        UInt32(entity.dropFirst()).flatMap { Unicode.Scalar($0) }
      } else {
        nil
      }
    }
  }
}
