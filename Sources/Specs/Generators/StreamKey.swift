/// What a stream of random numbers derives from: SHA-256 over the algorithm, the seed and the place of the value.
///
/// Two places never share a stream, and no place knows of another: adding a resource or a field changes no other bytes.
package struct StreamKey: Sendable, Hashable {
  /// The digest as four big-endian words.
  let words: (UInt64, UInt64, UInt64, UInt64)

  init(words: (UInt64, UInt64, UInt64, UInt64)) {
    self.words = words
  }

  /// The key of one element of a list that is generated at this place.
  func element(_ index: Int) -> StreamKey {
    let mixed = (UInt64(index) &+ 1) &* 0xD6E8_FEB8_6659_FD93
    return StreamKey(
      words: (words.0 &+ mixed, words.1 ^ mixed, words.2 &- mixed, words.3 ^ (mixed << 32 | mixed >> 32)))
  }

  /// Equal words.
  package static func == (a: StreamKey, b: StreamKey) -> Bool { a.words == b.words }

  /// Over the words.
  package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
