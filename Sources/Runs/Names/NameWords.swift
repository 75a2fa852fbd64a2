/// Splits names of tests, branches and jobs into the words that a resource name is made of.
enum NameWords {
  /// The words of a name, in lower case: ASCII letters and digits only.
  ///
  /// A word begins after anything that is no letter and no digit, at a capital after a small letter or a digit
  /// (`retryWrites`, `V2API`), and at the last capital of a row (`HTTPServer` is `http server`). A plural `s` stays
  /// with its row (`parsesURLsTwice` is `parses urls twice`). Digits stay with what is before them (`S3Bucket` is `s3
  /// bucket`).
  static func split(_ name: some Sequence<UInt8>) -> [String] {
    let bytes = Array(name)
    var words: [String] = []
    var word: [UInt8] = []
    func close() {
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word.removeAll()
    }
    for (index, byte) in bytes.enumerated() {
      guard isPlain(byte) else {
        close()
        continue
      }
      if beginsWord(at: index, in: bytes) { close() }
      word.append(isUpper(byte) ? byte | 0x20 : byte)
    }
    close()
    return words
  }

  /// Whether a capital begins a new word after the letter or digit before it.
  private static func beginsWord(at index: Int, in bytes: [UInt8]) -> Bool {
    guard index > 0, isUpper(bytes[index]) else { return false }
    guard isUpper(bytes[index - 1]) else { return true }
    // In a row of capitals: the last one begins a word when small letters follow, unless they are a plural `s`.
    guard index + 1 < bytes.count, isLower(bytes[index + 1]) else { return false }
    let isPlural =
      bytes[index + 1] == UInt8(ascii: "s") && (index + 2 == bytes.count || !isLower(bytes[index + 2]))
    return !isPlural
  }

  static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  static func isPlain(_ byte: UInt8) -> Bool { isUpper(byte) || isLower(byte) || isDigit(byte) }
}
