/// One secret at one place.
struct Hit: Sendable, Hashable {
  /// The rule that found it: a detector's id, or `structure`, `field-name`, `known-secret`, `undecodable`.
  var rule: String
  /// Its class.
  var kind: SecretKind
  /// The encodings around it, outermost first.
  var chain: [String]
  /// The secret's name in findings and baselines; empty while secrets are only gathered.
  var fingerprint: String
}

/// A range of bytes that has to go, and what comes in its place.
struct Claim: Sendable {
  /// In the bytes that were searched.
  var range: Range<Int>
  /// Empty while secrets are only gathered.
  var replacement: [UInt8]
  /// Whether the range itself is the secret; otherwise it is an encoding of something that has a secret in it.
  var isSecret: Bool
  /// What was found there.
  var hits: [Hit]
}

extension [Claim] {
  /// The bytes with every claim replaced. The claims are in order and apart.
  func applied(to bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    for claim in self {
      result.append(contentsOf: bytes[position..<claim.range.lowerBound])
      result.append(contentsOf: claim.replacement)
      position = claim.range.upperBound
    }
    result.append(contentsOf: bytes[position...])
    return result
  }

  /// The same claims seen through one more encoding.
  func nested(in encoding: String) -> [Hit] {
    flatMap(\.hits).map { hit in
      var hit = hit
      hit.chain.insert(encoding, at: 0)
      return hit
    }
  }
}
