/// A pattern of places: `*` stands for anything but a slash, `**` for anything, `?` for one byte but a slash.
///
/// A place is a path in the data directory, for a value in a JSON file with `#` and a JSON pointer after it:
/// `secretsmanager.json#/secrets/db/SecretString`. A pattern without `#` means the whole file.
package struct PathPattern: Sendable, Hashable {
  private let bytes: [UInt8]

  /// Keeps the pattern; every text is one.
  package init(_ text: [UInt8]) { bytes = text }

  /// Whether a place fits. Takes time in proportion to the product of both lengths at worst.
  package func matches(_ place: [UInt8]) -> Bool {
    let hash = UInt8(ascii: "#")
    if !bytes.contains(hash), let end = place.firstIndex(of: hash) { return Self.match(bytes, Array(place[..<end])) }
    return Self.match(bytes, place)
  }

  private static func match(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
    let (star, question, slash) = (UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "/"))
    // The set of places in the pattern that may be reached so far.
    var reached = [Bool](repeating: false, count: pattern.count + 1)
    reached[0] = true
    func spread() {
      for place in pattern.indices where reached[place] && pattern[place] == star { reached[place + 1] = true }
    }
    func isDouble(_ place: Int) -> Bool {
      (place + 1 < pattern.count && pattern[place + 1] == star) || (place > 0 && pattern[place - 1] == star)
    }
    spread()
    for byte in text {
      var next = [Bool](repeating: false, count: pattern.count + 1)
      for place in pattern.indices where reached[place] {
        if pattern[place] == star {
          if byte != slash || isDouble(place) { next[place] = true }
        } else if pattern[place] == byte || (pattern[place] == question && byte != slash) {
          next[place + 1] = true
        }
      }
      reached = next
      spread()
    }
    return reached[pattern.count]
  }
}
