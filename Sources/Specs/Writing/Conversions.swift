import KumoState

extension Instant {
  /// The instant as KUMO's files write it.
  var goTime: GoTime { GoTime(seconds: seconds) }
}

extension NamedText {
  /// A tag, as KUMO's files write it.
  init(_ tag: ResolvedTag) { self.init(name: tag.key, value: tag.value) }
}

extension BucketVersioning {
  /// The word in `versioningStatus` (kumo-format.md 2.1).
  var storedStatus: String {
    switch self {
    case .disabled: ""
    case .enabled: "Enabled"
    case .suspended: "Suspended"
    }
  }
}

extension DynamoDBTable.KeyAttribute {
  /// A key attribute of a spec, as KUMO's files write it.
  init(_ key: KeyAttribute) {
    let type: DynamoDBTable.KeyType =
      switch key.type {
      case .string: .string
      case .number: .number
      case .binary: .binary
      }
    self.init(name: Array(key.name.utf8), type: type)
  }
}

extension DynamoDBTable.StreamView {
  /// A stream view of a spec, as KUMO's files write it.
  init(_ view: StreamView) {
    switch view {
    case .keysOnly: self = .keysOnly
    case .newImage: self = .newImage
    case .oldImage: self = .oldImage
    case .newAndOldImages: self = .newAndOldImages
    }
  }
}

/// Bytes from a spec or a file, for a message: quoted, with everything unprintable escaped.
func printable(_ bytes: [UInt8]) -> String {
  var text = "'"
  for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
    if scalar.value < 0x20 || scalar.value == 0x7F || scalar == "\u{FFFD}" {
      text += "\\u{\(String(scalar.value, radix: 16))}"
    } else {
      text.unicodeScalars.append(scalar)
    }
  }
  return text + "'"
}
