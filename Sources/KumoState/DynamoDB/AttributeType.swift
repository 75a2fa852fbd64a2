import JSONBytes

/// The ten types of an attribute value, by the name of the one member it has (kumo-format.md 3.3).
package enum AttributeType: UInt8, Sendable, CaseIterable {
  case string, number, binary, stringSet, numberSet, binarySet, map, list, null, bool

  /// The member's name as KUMO writes it.
  package var name: String {
    switch self {
    case .string: "S"
    case .number: "N"
    case .binary: "B"
    case .stringSet: "SS"
    case .numberSet: "NS"
    case .binarySet: "BS"
    case .map: "M"
    case .list: "L"
    case .null: "NULL"
    case .bool: "BOOL"
    }
  }

  /// The type that a member's key names, as Go's decoder matches it (case does not matter); nil for any other key.
  package init?(key: JSONNode) {
    let quick = key.withRawBytes { raw in
      let inner = raw.count - 2
      guard inner >= 1, inner <= 4 else { return inner == 0 ? 0 : UInt32.max }
      var packed: UInt32 = 0
      for index in 1...inner {
        let byte = raw[index]
        if byte >= 0x80 || byte == UInt8(ascii: "\\") { return .max }
        packed = packed << 8 | UInt32(byte & 0xDF)
      }
      return packed
    }
    // Escaped or non-ASCII spellings are rare: only they cost an allocation.
    if quick != .max {
      self.init(packed: quick)
    } else if let text = key.string(), text.count <= 8 {
      let folded = GoText.foldedKey(text)
      guard folded.count <= 4, folded.allSatisfy({ (97...122).contains($0) }) else { return nil }
      self.init(packed: folded.reduce(0) { $0 << 8 | UInt32($1 & 0xDF) })
    } else {
      return nil
    }
  }

  /// The type named by up to four capitals, the last in the lowest byte.
  private init?(packed: UInt32) {
    switch packed {
    case 0x53: self = .string
    case 0x4E: self = .number
    case 0x42: self = .binary
    case 0x5353: self = .stringSet
    case 0x4E53: self = .numberSet
    case 0x4253: self = .binarySet
    case 0x4D: self = .map
    case 0x4C: self = .list
    case 0x4E55_4C4C: self = .null
    case 0x424F_4F4C: self = .bool
    default: return nil
    }
  }
}
