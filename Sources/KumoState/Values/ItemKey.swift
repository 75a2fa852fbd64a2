/// The value of a DynamoDB key attribute, as far as the item map key needs it (kumo-format.md 3.2).
package enum ItemKeyValue: Hashable, Sendable {
  /// `S`: the string's bytes.
  case string([UInt8])
  /// `N`: the number's text exactly as it is stored; KUMO compares keys as text.
  case number([UInt8])
  /// `B`: the raw bytes, not base64.
  case binary([UInt8])
  /// Any other type: KUMO puts a random UUID into the key, so no key can be predicted.
  case other
}

/// The key under which KUMO keeps an item in `dynamodb.json` (`tables{t}.items{key}`).
package struct ItemKey: Hashable, Sendable {
  /// Why such an item does not survive a restart of KUMO unharmed.
  package enum Trouble: String, Hashable, Sendable {
    case invalidUTF8 = "a binary key that is not UTF-8: KUMO writes U+FFFD for each bad byte and loses the item's key"
    case unpredictable = "a key attribute that is neither S, N nor B: KUMO makes up a random key"
  }

  /// The map key as the file holds it: each byte that is not UTF-8 already replaced by U+FFFD, as Go does. For an
  /// unpredictable part the text is `NULL:`.
  package let bytes: [UInt8]
  /// What keeps the item from being found again; nil for a key that persists.
  package let trouble: Trouble?

  /// Whether KUMO finds the item again after a restart.
  package var isPersistable: Bool { trouble == nil }

  /// The key of an item from its key attributes **in the order of `KeySchema`**; nil stands for an attribute that the
  /// item lacks, which KUMO skips.
  package init(_ values: [ItemKeyValue?]) {
    var joined: [UInt8] = []
    var unpredictable = false
    var isFirst = true
    for case .some(let value) in values {
      if !isFirst { joined.append(UInt8(ascii: "|")) }
      isFirst = false
      switch value {
      case .string(let bytes): joined += Array("S:".utf8) + bytes
      case .number(let text): joined += Array("N:".utf8) + text
      case .binary(let bytes): joined += Array("B:".utf8) + bytes
      case .other:
        joined += Array("NULL:".utf8)
        unpredictable = true
      }
    }
    let repaired = GoText.replacingInvalidUTF8(in: joined)
    bytes = repaired ?? joined
    trouble = unpredictable ? .unpredictable : repaired == nil ? nil : .invalidUTF8
  }
}
