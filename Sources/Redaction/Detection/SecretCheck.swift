/// What must hold for a value beside its pattern.
package indirect enum SecretCheck: Sendable, Equatable {
  /// Nothing.
  case none
  /// At least so many bits of Shannon entropy for each character.
  case entropy(Double)
  /// The last six characters are the CRC-32 of those between the last underscore and them, in base 62 (GitHub, npm).
  case crc32Base62
  /// Three base64url parts, the first a JSON object with an `alg`.
  case jwt
  /// Base64 of so many bytes.
  case base64(ClosedRange<Int>)
  /// Base64 of `user:password`, both not empty.
  case userAndPassword
  /// Not a word, a placeholder, an expression of a programming language or a reference to a value elsewhere.
  case password
  /// A password whose place says that it is one: only references, masks and the word itself are refused.
  case urlPassword
  /// As `password`, for machine-made values: long, mixed, and not a UUID, date, version or path.
  case machineMade
  /// As `machineMade`, or a UUID.
  case machineMadeOrUUID
  /// Base64 of a text that holds this.
  case base64Holding(String)
  /// Letters and digits, both.
  case mixed
  /// All of these.
  case all([SecretCheck])

  /// Whether nearly any value passes, so that only what stands around it tells a secret from noise.
  var takesAnyText: Bool {
    switch self {
    case .password, .urlPassword, .machineMade, .machineMadeOrUUID: true
    default: false
    }
  }

  /// Whether the value passes.
  package func accepts(_ value: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .none: true
    case .entropy(let least): Entropy.bitsPerByte(value) >= least
    case .crc32Base62: Checksums.hasCRC32Base62(value)
    case .jwt: Checksums.isJWT(value)
    case .base64(let count): Checksums.base64Count(value).map { count.contains($0) } ?? false
    case .userAndPassword: Checksums.isUserAndPassword(value)
    case .password: Placeholders.mayBePassword(value)
    case .urlPassword: Placeholders.mayBeURLPassword(value)
    case .machineMade: Placeholders.mayBeMachineMade(value)
    case .machineMadeOrUUID: Placeholders.isUUID(value) || Placeholders.mayBeMachineMade(value)
    case .base64Holding(let text): Checksums.base64(value)?.contains(subsequence: Array(text.utf8)) ?? false
    case .mixed: value.contains { ByteClass.isDigit($0) } && value.contains { ByteClass.isLetter($0) }
    case .all(let checks): checks.allSatisfy { $0.accepts(value) }
    }
  }
}

/// Classes of ASCII bytes.
enum ByteClass {
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
  static func isAlphanumeric(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) }
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }
}
