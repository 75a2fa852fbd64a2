/// The forms of pseudonyms, made so that nobody takes one for a credential and this program knows each again without
/// any key: the word REDACTED, filling, and 8 to 12 letters that tell one secret from another.
///
/// Letters only: a value without a digit is below what scanners take for a random key, whatever name stands beside it.
enum PseudonymForm {
  /// The word that every pseudonym has.
  static let word = Array("REDACTED".utf8)
  /// The shortest one, in bytes; it stands for every shorter secret.
  static let shortest = 16
  /// Letters of the tag: 4 bits each.
  private static let letters = Array("abcdefghijklmnop".utf8)
  private static let longestTag = 12

  /// A pseudonym of a length: the word, filling, the tag.
  static func text(length: Int, digest: [UInt8]) -> [UInt8] {
    let length = max(length, shortest)
    let tagLength = min(longestTag, length - word.count)
    return word + [UInt8](repeating: UInt8(ascii: "x"), count: length - word.count - tagLength)
      + tag(tagLength, digest)
  }

  /// Letters for a digest.
  static func tag(_ length: Int, _ digest: [UInt8]) -> [UInt8] {
    (0..<length).map { index in
      let byte = digest[index / 2]
      return letters[Int(index % 2 == 0 ? byte >> 4 : byte & 15)]
    }
  }

  /// What stands for a secret inside a file whose bytes must all keep their places: `X` for each byte.
  static func filling(length: Int) -> [UInt8] { [UInt8](repeating: UInt8(ascii: "X"), count: length) }

  /// Where a pseudonym stands at or after a place; the whole of it.
  static func firstRange(in text: UnsafeRawBufferPointer, from start: Int = 0) -> Range<Int>? {
    var index = start
    while let found = EncodedRuns.position(of: UInt8(ascii: "R"), in: text, from: index) {
      index = found + 1
      guard found + shortest <= text.count, text[found..<(found + word.count)].elementsEqual(word) else { continue }
      var end = found + word.count
      while end < text.count, text[end] == UInt8(ascii: "x") { end += 1 }
      var tag = 0
      while end < text.count, tag < longestTag, isLetter(text[end]) {
        end += 1
        tag += 1
      }
      if tag >= 8 { return found..<end }
    }
    return nil
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= letters[0] && byte <= letters[15] }

  /// Whether a value has nothing secret left: a pseudonym of any form, or hardly anything around one.
  static func isRedacted(_ value: UnsafeRawBufferPointer) -> Bool {
    if value.isEmpty || value.allSatisfy({ $0 == UInt8(ascii: "X") }) { return true }
    var covered = 0
    var index = 0
    while let range = firstRange(in: value, from: index) {
      covered += range.count
      index = range.upperBound
    }
    // What stands around it inside a found secret: a scheme, a user's name, a separator.
    if covered > 0, value.count - covered <= covered + 16 { return true }
    if isPhone(value) || isMail(value) { return true }
    guard value.count >= 16, value.count <= 1 << 16 else { return false }
    if ThrowawayKey.isKnown(pem: Array(value)) { return true }
    // An encoding of one, such as the text after `Basic`.
    if let decoded = Base64Text(value)?.bytes, decoded.withUnsafeBytes({ firstRange(in: $0) != nil }) { return true }
    return false
  }

  /// `+999` is no country's; nine digits tell one number from another.
  static func phone(_ digest: [UInt8]) -> [UInt8] {
    let number = digest.prefix(6).reduce(0) { $0 << 8 | Int($1) } % 1_000_000_000
    let digits = Array(String(number).utf8)
    return Array("+999".utf8) + [UInt8](repeating: UInt8(ascii: "0"), count: 9 - digits.count) + digits
  }

  private static func isPhone(_ value: UnsafeRawBufferPointer) -> Bool {
    value.count == 13 && value.starts(with: "+999".utf8) && value.dropFirst().allSatisfy { (48...57).contains($0) }
  }

  /// `example.invalid` can have no mailbox (RFC 2606).
  static func mail(_ digest: [UInt8]) -> [UInt8] {
    Array("redacted-".utf8) + tag(longestTag, digest) + Array("@example.invalid".utf8)
  }

  private static func isMail(_ value: UnsafeRawBufferPointer) -> Bool {
    value.count == 37 && value.starts(with: "redacted-".utf8) && value.suffix(16).elementsEqual("@example.invalid".utf8)
  }
}
