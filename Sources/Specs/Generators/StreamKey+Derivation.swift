import Digests

extension StreamKey {
  /// The key of a generator (`algorithm`, such as `uuid4/1`) at a place of a spec (`s3/receipts/objects/a.txt`, `body`).
  /// Throws if OpenSSL has no SHA-256.
  package init(algorithm: String, seed: String, place: [String]) throws(DigestError) {
    var input: [UInt8] = []
    for part in ["kumo-fixtures/stream/1", algorithm, seed] + place {
      // Lengths first: no two lists of parts give the same bytes.
      withUnsafeBytes(of: UInt64(part.utf8.count).bigEndian) { input.append(contentsOf: $0) }
      input.append(contentsOf: part.utf8)
    }
    let digest = try SHA256Hasher.hash(of: input).bytes
    func word(_ index: Int) -> UInt64 {
      digest[(index * 8)..<(index * 8 + 8)].reduce(0) { $0 << 8 | UInt64($1) }
    }
    self.init(words: (word(0), word(1), word(2), word(3)))
  }
}
