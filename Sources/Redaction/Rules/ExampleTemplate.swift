/// A text with generated parts: the examples of rules are written so, because a repository that held whole credentials,
/// even invented ones, would set off every scanner that looks at it.
///
/// `<b62:36>` gives 36 characters of base 62, `<b62:20-40>` between 20 and 40; the alphabets are `d` digits, `h` and
/// `H` hexadecimal, `a` and `A` letters, `an` and `AN` letters with digits, `b62`, `b64`, `b64u`, `b32`, `bech`.
/// `<uuid>`, `<jwt>`, `<github>` (30 characters and their checksum), `<word>` (8 to 14 characters with a digit),
/// `<basic>` (base64 of a user and password), `<b64of:64>` (base64 of 64 bytes) and `<pem:64>` (so many lines' worth
/// of base64) are whole things. Guillemets show the bounds of the secret: `key = «AKIA<b32:16>»`.
package struct ExampleTemplate: Sendable {
  /// An example made from a template.
  package struct Example: Sendable, Equatable {
    /// The text.
    package let bytes: [UInt8]
    /// Where the secret is; nil in a text that has none.
    package let secret: Range<Int>?
  }

  private let text: String

  /// Keeps the text; it is read when an example is made.
  package init(_ text: String) { self.text = text }

  /// Makes an example: the same for the same seed.
  package func example(seed: UInt64) -> Example {
    var random = SplitMix64(state: seed)
    var bytes: [UInt8] = []
    var (start, end): (Int?, Int?) = (nil, nil)
    var rest = Substring(text)
    while let character = rest.first {
      rest.removeFirst()
      switch character {
      case "«": start = bytes.count
      case "»": end = bytes.count
      case "<":
        if let close = rest.firstIndex(of: ">"), let made = Self.make(rest[..<close], &random) {
          bytes.append(contentsOf: made)
          rest = rest[rest.index(after: close)...]
        } else {
          bytes.append(UInt8(ascii: "<"))
        }
      default: bytes.append(contentsOf: String(character).utf8)
      }
    }
    guard let start, let end else { return Example(bytes: bytes, secret: nil) }
    return Example(bytes: bytes, secret: start..<end)
  }

  private static let alphabets: [Substring: String] = [
    "d": "0123456789", "h": "0123456789abcdef", "H": "0123456789ABCDEF",
    "a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "an": "abcdefghijklmnopqrstuvwxyz0123456789", "AN": "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    "b62": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "b64": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/",
    "b64u": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_",
    "b32": "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "bech": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
  ]

  private static func make(_ name: Substring, _ random: inout SplitMix64) -> [UInt8]? {
    let parts = name.split(separator: ":")
    let bounds = parts.count == 2 ? parts[1].split(separator: "-").compactMap { Int($0) } : []
    let count = bounds.first.map { least in least + random.below((bounds.last ?? least) - least + 1) } ?? 0
    if let letters = alphabets[parts.first ?? ""], count > 0 { return random.pick(letters, count) }
    let base62 = alphabets["b62"] ?? ""
    switch parts.first {
    case "uuid":
      return Array([8, 4, 4, 4, 12].map { random.pick("0123456789abcdef", $0) }.joined(separator: "-".utf8))
    case "github":
      let body = random.pick(base62, 30)
      return body + Checksums.crc32Base62(body)
    case "jwt":
      let claims = Array(#"{"sub":""#.utf8) + random.pick("0123456789", 10) + Array(#"","iat":1700000000}"#.utf8)
      let signature = (0..<32).map { _ in UInt8(random.below(256)) }
      let parts = [Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8), claims, signature]
      return Array(parts.map { Self.base64($0, urlSafe: true) }.joined(separator: ".".utf8))
    case "basic":
      return base64(Array("user".utf8) + [UInt8(ascii: ":")] + random.pick(base62, 14))
    case "word":
      // As password policies ask for it: letters and at least one digit, 8 to 14 characters.
      let letters = random.pick(base62, 7 + random.below(7))
      let place = random.below(letters.count)
      return Array(letters[..<place]) + random.pick("0123456789", 1) + Array(letters[place...])
    case "b64of": return base64((0..<count).map { _ in UInt8(random.below(256)) })
    case "pem":
      let lines = (0..<count).map { _ in base64((0..<48).map { _ in UInt8(random.below(256)) }) }
      return Array(lines.joined(separator: "\n".utf8))
    default: return nil
    }
  }

  private static func base64(_ bytes: [UInt8], urlSafe: Bool = false) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(urlSafe ? "-_" : "+/")".utf8)
    var text: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let group = (0..<3).map { index + $0 < bytes.count ? Int(bytes[index + $0]) : 0 }
      let bits = group[0] << 16 | group[1] << 8 | group[2]
      let count = min(3, bytes.count - index) + 1
      for place in 0..<4 {
        if place < count {
          text.append(letters[bits >> (18 - 6 * place) & 63])
        } else if !urlSafe {
          text.append(UInt8(ascii: "="))
        }
      }
      index += 3
    }
    return text
  }
}

/// A small generator of numbers for examples: nothing that must stay secret comes from it.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  mutating func pick(_ letters: String, _ count: Int) -> [UInt8] {
    let letters = Array(letters.utf8)
    return (0..<count).map { _ in letters[below(letters.count)] }
  }
}
