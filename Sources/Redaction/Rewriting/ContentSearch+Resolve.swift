extension ContentSearch {
  /// Puts claims in order and makes one of those that overlap: the bytes that any of them wanted gone are gone.
  ///
  /// - Throws: `.engine`.
  func resolve(
    _ claims: [Claim], in bytes: UnsafeRawBufferPointer, isFixed: Bool
  ) throws(RedactionError) -> [Claim] {
    guard claims.count > 1 else { return claims }
    let sorted = claims.sorted { left, right in
      if left.range.lowerBound != right.range.lowerBound { return left.range.lowerBound < right.range.lowerBound }
      if left.range.upperBound != right.range.upperBound { return left.range.upperBound > right.range.upperBound }
      return left.isSecret && !right.isSecret
    }
    var resolved: [Claim] = []
    for claim in sorted {
      guard let last = resolved.last, claim.range.lowerBound < last.range.upperBound else {
        resolved.append(claim)
        continue
      }
      let isInside = claim.range.upperBound <= last.range.upperBound
      // A secret inside a secret is gone with it, and so is an encoding that lies in one.
      if isInside, last.isSecret { continue }
      // Two readings of one encoding: the first has taken its secrets out.
      if claim.range == last.range, !claim.isSecret { continue }
      let union = last.range.lowerBound..<max(last.range.upperBound, claim.range.upperBound)
      var merged = try take(
        union, of: bytes, kind: claim.isSecret ? claim.hits.first?.kind ?? .custom : .custom, rule: "overlap",
        isSearched: false, isFixed: isFixed)
      merged.hits = last.hits + claim.hits
      resolved[resolved.count - 1] = merged
    }
    return resolved
  }
}
