/// Proofs that forms of tokens carry in themselves.
enum Checksums {
  private static let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }

  /// CRC-32 as in zlib.
  static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { crcTable[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ ($0 >> 8) }
  }

  static let base62: [UInt8] = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// The six characters that GitHub and npm put at the end of a token, over the random part before them.
  static func crc32Base62(_ random: some Sequence<UInt8>) -> [UInt8] {
    var rest = Int(crc32(random))
    var text: [UInt8] = []
    for _ in 0..<6 {
      text.append(base62[rest % 62])
      rest /= 62
    }
    return text.reversed()
  }

  /// See `SecretCheck.crc32Base62`. Source: github.blog, "Behind GitHub's new authentication token formats".
  static func hasCRC32Base62(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count > 6 else { return false }
    let body = value.dropLast(6)
    let random = body.lastIndex(of: UInt8(ascii: "_")).map { body[(body.index(after: $0))...] } ?? body[...]
    return crc32Base62(random).elementsEqual(value.suffix(6))
  }

  /// The bytes of base64, standard or URL-safe, padded or not; nil when it is no base64.
  static func base64(_ text: some Collection<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var (bits, held) = (UInt32(0), 0)
    var padding = 0
    for character in text {
      let value: UInt8
      switch character {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = character - 65
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = character - 71
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = character + 4
      case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
      case UInt8(ascii: "="):
        padding += 1
        continue
      default: return nil
      }
      guard padding == 0 else { return nil }
      bits = bits << 6 | UInt32(value)
      held += 6
      if held >= 8 {
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
      }
    }
    // A single character more than a multiple of four holds six bits: not a byte.
    guard padding <= 2, held < 6, padding == 0 || text.count.isMultiple(of: 4) else { return nil }
    return bytes
  }

  /// How many bytes a base64 text holds; nil when it is none.
  static func base64Count(_ value: UnsafeRawBufferPointer) -> Int? { base64(value)?.count }

  /// See `SecretCheck.jwt`. Source: RFC 7515 section 7.1, RFC 7519 section 3.
  static func isJWT(_ value: UnsafeRawBufferPointer) -> Bool {
    let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3 || parts.count == 5, let header = base64(parts[0]) else { return false }
    return header.first == UInt8(ascii: "{") && header.contains(subsequence: Array("\"alg\"".utf8))
  }

  /// See `SecretCheck.userAndPassword`. Source: RFC 7617 section 2.
  static func isUserAndPassword(_ value: UnsafeRawBufferPointer) -> Bool {
    guard let bytes = base64(value), let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return false }
    // Credentials are text: a stray byte below space is something else that happens to have a colon.
    return colon > 0 && colon + 1 < bytes.count && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}

extension Collection where Element == UInt8 {
  /// Whether the bytes stand somewhere in these.
  func contains(subsequence needle: [UInt8]) -> Bool {
    guard let first = needle.first, needle.count <= count else { return needle.isEmpty }
    var rest = self[...]
    while rest.count >= needle.count, let place = rest.firstIndex(of: first) {
      if rest[place...].starts(with: needle) { return true }
      rest = rest[index(after: place)...]
    }
    return false
  }
}
