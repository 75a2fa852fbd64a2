/// An RFC 6901 pointer as bytes: `""` is the whole document, `/a~1b/0` the first element of the member `a/b`.
///
/// The text is kept escaped (`~0`, `~1`) and is compared by bytes, so two canonically equal keys stay two pointers.
package struct JSONPointer: Hashable, Sendable {
  /// The escaped text.
  package private(set) var bytes: [UInt8]

  /// The pointer to the whole document.
  package init() { bytes = [] }

  /// Reads an escaped pointer. Throws `.invalidPointer` when it neither is empty nor begins with `/`, or when a `~`
  /// is not followed by `0` or `1` (RFC 6901, section 3).
  package init(parsing text: [UInt8]) throws(JSONError) {
    if let first = text.first, first != UInt8(ascii: "/") {
      throw JSONError(
        code: .invalidPointer, offset: 0, line: 1, column: 1, message: "a JSON pointer begins with \"/\" or is empty")
    }
    for (index, byte) in text.enumerated() where byte == UInt8(ascii: "~") {
      let next = index + 1 < text.count ? text[index + 1] : 0
      guard next == UInt8(ascii: "0") || next == UInt8(ascii: "1") else {
        throw JSONError(
          code: .invalidPointer, offset: index, line: 1, column: index + 1,
          message: "\"~\" in a JSON pointer is followed by 0 or 1")
      }
    }
    bytes = text
  }

  /// The pointer to a member of the value this one points to; `key` is unescaped.
  package func appending(key: some Sequence<UInt8>) -> JSONPointer {
    var copy = self
    copy.append(key: key)
    return copy
  }

  /// The pointer to an element of the array this one points to, from 0.
  package func appending(index: Int) -> JSONPointer {
    var copy = self
    copy.append(index: index)
    return copy
  }

  /// Adds a member; `key` is unescaped.
  package mutating func append(key: some Sequence<UInt8>) {
    bytes.append(UInt8(ascii: "/"))
    for byte in key {
      switch byte {
      case UInt8(ascii: "~"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "0")]
      case UInt8(ascii: "/"): bytes += [UInt8(ascii: "~"), UInt8(ascii: "1")]
      default: bytes.append(byte)
      }
    }
  }

  /// Adds an array index, from 0.
  package mutating func append(index: Int) {
    bytes.append(UInt8(ascii: "/"))
    bytes += Array(String(index).utf8)
  }

  /// The unescaped reference tokens, in order.
  package var tokens: [[UInt8]] {
    guard !bytes.isEmpty else { return [] }
    return bytes.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).map { part in
      var token: [UInt8] = []
      var afterTilde = false
      for byte in part {
        if afterTilde {
          token.append(byte == UInt8(ascii: "1") ? UInt8(ascii: "/") : UInt8(ascii: "~"))
          afterTilde = false
        } else if byte == UInt8(ascii: "~") {
          afterTilde = true
        } else {
          token.append(byte)
        }
      }
      return token
    }
  }

  /// The pointer without its last reference token; nil for the whole document.
  package var parent: JSONPointer? {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    var copy = self
    copy.bytes.removeSubrange(slash...)
    return copy
  }
}

extension JSONPointer: Comparable {
  /// Byte order of the escaped text.
  package static func < (left: JSONPointer, right: JSONPointer) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension JSONPointer: CustomStringConvertible {
  /// The escaped text for a person: control characters (C0, DEL and C1) shown as `\u{hex}`, bad UTF-8 as U+FFFD.
  package var description: String {
    var text = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) {
        text += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
