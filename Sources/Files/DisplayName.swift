/// Text for a name made of arbitrary bytes: for messages only, never to be opened again.
package enum DisplayName {
  /// Escapes control and invisible characters, bytes that are not UTF-8 and backslashes, so that a name can neither
  /// forge a line of output nor hide what it is. Everything else is shown as it is.
  package static func escape(_ name: some Collection<UInt8>) -> String {
    let bytes = Array(name)
    // Nearly every name is of this kind, and every file has one.
    let isPlain = bytes.allSatisfy { 0x20...0x7E ~= $0 && $0 != UInt8(ascii: "\\") }
    if isPlain { return String(decoding: bytes, as: UTF8.self) }
    var result = ""
    var index = 0
    while index < bytes.count {
      let length = sequenceLength(bytes[index])
      let end = min(index + length, bytes.count)
      if let text = String(validating: bytes[index..<end], as: UTF8.self), let scalar = text.unicodeScalars.first {
        append(scalar, bytes: bytes[index..<end], to: &result)
        index = end
      } else {
        appendHex(bytes[index], to: &result)
        index += 1
      }
    }
    return result
  }

  /// How many bytes a UTF-8 sequence with this first byte has; 1 for bytes that begin none.
  private static func sequenceLength(_ lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }

  private static func append(_ scalar: Unicode.Scalar, bytes: ArraySlice<UInt8>, to result: inout String) {
    switch scalar {
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default:
      if isHidden(scalar) {
        for byte in bytes { appendHex(byte, to: &result) }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }

  /// True for what a terminal does not show as a mark of its own: controls, bidirectional overrides, line separators.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }

  private static func appendHex(_ byte: UInt8, to result: inout String) {
    let digits = Array("0123456789abcdef".unicodeScalars)
    result += "\\x"
    result.unicodeScalars.append(digits[Int(byte >> 4)])
    result.unicodeScalars.append(digits[Int(byte & 15)])
  }
}
