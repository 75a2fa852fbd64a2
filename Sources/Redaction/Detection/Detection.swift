/// A secret that was found. Holds no byte of it.
package struct Detection: Sendable, Hashable {
  /// The rule, as an index into `RuleSet.rules`.
  package let rule: Int
  /// The class of the secret.
  package let kind: SecretKind
  /// Bounds of the secret itself in the scanned bytes, not of what stands around it.
  package let range: Range<Int>

  /// Describes a secret that was found.
  package init(rule: Int, kind: SecretKind, range: Range<Int>) {
    self.rule = rule
    self.kind = kind
    self.range = range
  }

  /// The same secret seen from another origin.
  package func shifted(by distance: Int) -> Detection {
    Detection(rule: rule, kind: kind, range: range.lowerBound + distance..<range.upperBound + distance)
  }
}

extension [Detection] {
  /// Sorts by place and leaves out what lies inside another detection: of two with equal bounds the rule that knows
  /// more about its secret stays. Detections that only overlap both stay, so the union of all bounds never shrinks.
  mutating func resolve(_ rules: RuleSet) {
    guard count > 1 else { return }
    sort { left, right in
      if left.range.lowerBound != right.range.lowerBound { return left.range.lowerBound < right.range.lowerBound }
      if left.range.upperBound != right.range.upperBound { return left.range.upperBound > right.range.upperBound }
      let (first, second) = (rules.rules[left.rule].certainty, rules.rules[right.rule].certainty)
      return first == second ? left.rule < right.rule : first > second
    }
    var reach = Int.min
    removeAll { detection in
      if detection.range.upperBound <= reach { return true }
      reach = detection.range.upperBound
      return false
    }
  }
}
