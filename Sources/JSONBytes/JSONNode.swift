/// A value in a tape, or a key. Cheap to copy; it keeps the tape's bytes alive.
package struct JSONNode {
  package enum Kind: UInt8, Sendable { case object, array, string, number, `true`, `false`, null }

  let storage: TapeStorage
  let index: Int

  private var node: TapeNode { storage.node(index) }

  package var kind: Kind { node.kind }
  package var isNull: Bool { node.kind == .null }
  package var isObject: Bool { node.kind == .object }
  package var isArray: Bool { node.kind == .array }
  package var isString: Bool { node.kind == .string }
  package var isNumber: Bool { node.kind == .number }

  /// Absolute offset in the document of the value's first byte (the quote, for strings and keys).
  package var offset: Int { storage.offset + Int(node.start) }

  /// Where the value stands in the document, quotes and brackets included.
  package var range: Range<Int> {
    let node = node
    return (storage.offset + Int(node.start))..<(storage.offset + Int(node.end))
  }

  /// Members of an object or elements of an array; 0 for anything else.
  package var count: Int { Int(opened.node.count) }

  /// Gives `body` the value as it stands in the document, quotes and brackets included.
  package func withRawBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    let node = node
    let all = storage.bytes
    // The storage must outlive the pointer.
    return try withExtendedLifetime(storage) {
      try body(UnsafeRawBufferPointer(rebasing: all[min(Int(node.start), all.count)..<min(Int(node.end), all.count)]))
    }
  }

  /// The value as it stands in the document, quotes and brackets included.
  package var rawBytes: [UInt8] { withRawBytes { Array($0) } }

  /// Gives `body` a string's text between its quotes, escapes as written; the raw bytes of anything else.
  func withContent<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
    let quotes = node.kind == .string ? 1 : 0
    return withRawBytes { raw in
      let inner = UnsafeRawBufferPointer(rebasing: raw.dropFirst(quotes).dropLast(quotes))
      return inner.withMemoryRebound(to: UInt8.self) { body($0) }
    }
  }

  /// The unescaped bytes of a string; nil for anything else.
  package func string() -> [UInt8]? {
    let node = node
    guard node.kind == .string else { return nil }
    return withContent { node.hasEscapes ? unescaped($0) : Array($0) }
  }

  /// Whether the value is the string `text`, compared unescaped.
  package func stringEquals(_ text: StaticString) -> Bool {
    let node = node
    guard node.kind == .string else { return false }
    return withContent { content in
      guard node.hasEscapes else {
        return text.withUTF8Buffer { equalBytes(UnsafeRawBufferPointer(content), UnsafeRawBufferPointer($0)) }
      }
      let plain = unescaped(content)
      return text.withUTF8Buffer { plain.elementsEqual($0) }
    }
  }

  /// Whether the value is the string with these unescaped bytes.
  package func stringEquals(_ text: [UInt8]) -> Bool {
    let node = node
    guard node.kind == .string else { return false }
    return withContent { content in
      guard node.hasEscapes else {
        return text.withUnsafeBytes { equalBytes(UnsafeRawBufferPointer(content), $0) }
      }
      return unescaped(content) == text
    }
  }

  /// The number as a signed integer; nil if it is none, has a fraction or an exponent, or does not fit.
  package func int64() -> Int64? {
    guard node.kind == .number else { return nil }
    return withRawBytes { parseInteger($0) }
  }

  /// The number as an unsigned integer; nil if it is none, is negative, has a fraction or an exponent, or does not fit.
  package func uint64() -> UInt64? {
    guard node.kind == .number else { return nil }
    return withRawBytes { parseUnsigned($0) }
  }

  /// The number as the nearest double; nil if it is none or beyond the range of a double.
  package func double() -> Double? {
    guard node.kind == .number else { return nil }
    return Double(String(decoding: rawBytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The truth value; nil for anything else.
  package func bool() -> Bool? {
    switch node.kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// An object's members in the order of the document; empty for anything else.
  package var members: Members {
    let opened = opened
    let node = opened.node
    return Members(
      storage: opened.storage, index: opened.index + 1,
      end: node.kind == .object ? Int(node.next) : opened.index + 1)
  }

  /// An array's elements; empty for anything else.
  package var elements: Elements {
    let opened = opened
    let node = opened.node
    return Elements(
      storage: opened.storage, index: opened.index + 1,
      end: node.kind == .array ? Int(node.next) : opened.index + 1)
  }

  /// The value of the member with exactly this key, compared unescaped by bytes; the last one if there are several.
  package subscript(_ name: StaticString) -> JSONNode? {
    var found: JSONNode?
    for (key, value) in members where key.stringEquals(name) { found = value }
    return found
  }

  /// The value of the member with exactly these key bytes (unescaped); the last one if there are several.
  package subscript(_ name: [UInt8]) -> JSONNode? {
    var found: JSONNode?
    for (key, value) in members where key.stringEquals(name) { found = value }
    return found
  }

  /// The value of the member that Go's decoder gives to a field of this ASCII name: keys match when they are equal
  /// under Unicode's simple case folding, which for ASCII names means either case, U+017F for `s` and U+212A for `k`.
  /// The last wins.
  package func member(folding name: StaticString) -> JSONNode? {
    let wanted = name.withUTF8Buffer { folded($0) }
    var found: JSONNode?
    for (key, value) in members {
      guard let bytes = key.string(), bytes.withUnsafeBufferPointer({ folded($0) }) == wanted else { continue }
      found = value
    }
    return found
  }

  /// The value a pointer leads to from this one; nil if there is none. An index has no leading zero and no sign (RFC
  /// 6901).
  package func value(at pointer: JSONPointer) -> JSONNode? {
    var current = self
    for token in pointer.tokens {
      switch current.kind {
      case .object:
        guard let value = current[token] else { return nil }
        current = value
      case .array:
        guard token.count == 1 || token.first != UInt8(ascii: "0"),
          let index = token.withUnsafeBytes({ parseUnsigned($0) }), index < UInt64(current.count)
        else { return nil }
        guard let element = current.elements.dropFirst(Int(index)).first(where: { _ in true }) else { return nil }
        current = element
      default: return nil
      }
    }
    return current
  }

  /// The members of an object, in order.
  package struct Members: Sequence, IteratorProtocol {
    let storage: TapeStorage
    var index: Int
    let end: Int

    package mutating func next() -> (key: JSONNode, value: JSONNode)? {
      guard index + 1 < end else { return nil }
      let key = JSONNode(storage: storage, index: index)
      let value = JSONNode(storage: storage, index: index + 1)
      index = Int(storage.node(index + 1).next)
      return (key, value)
    }
  }

  /// The elements of an array, in order.
  package struct Elements: Sequence, IteratorProtocol {
    let storage: TapeStorage
    var index: Int
    let end: Int

    package mutating func next() -> JSONNode? {
      guard index < end else { return nil }
      let element = JSONNode(storage: storage, index: index)
      index = Int(storage.node(index).next)
      return element
    }
  }
}

/// ASCII letters in lower case, and the two other characters that fold to one: U+017F and U+212A.
private func folded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity(text.count)
  var index = 0
  while index < text.count {
    let byte = text[index]
    if byte == 0xc5, index + 1 < text.count, text[index + 1] == 0xbf {
      out.append(UInt8(ascii: "s"))
      index += 2
    } else if byte == 0xe2, index + 2 < text.count, text[index + 1] == 0x84, text[index + 2] == 0xaa {
      out.append(UInt8(ascii: "k"))
      index += 3
    } else {
      out.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
      index += 1
    }
  }
  return out
}
