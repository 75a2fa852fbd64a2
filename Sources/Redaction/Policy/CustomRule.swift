extension SecretRule {
  /// A rule of the user's, tried on both engines, so that what is wrong with it is told when the policy is read.
  ///
  /// - Parameters:
  ///   - pattern: PCRE2 syntax, over bytes.
  ///   - group: the group that is the secret; nil takes the first if there is one, else the whole match.
  ///   - entropy: the fewest bits for each byte, when not nil.
  /// - Throws: `.badRule` when PCRE2 or Vectorscan refuses the pattern, when it has no such group, or matches nothing at
  ///   all.
  package static func custom(
    id: String, title: String, pattern: String, group: Int?, entropy: Double?, source: String
  ) throws(RedactionError) -> SecretRule {
    let compiled = try ConfirmingPattern(pattern, rule: id)
    guard compiled.groups >= group ?? 0 else {
      throw RedactionError(.badRule, "rule '\(id)' names group \(group ?? 0), and its pattern has \(compiled.groups)")
    }
    guard !compiled.matchesEmpty else {
      throw RedactionError(.badRule, "the pattern of rule '\(id)' matches the empty text, so it matches everywhere")
    }
    let rule = SecretRule(
      id: id, title: title, kind: .custom, pattern: pattern, group: group ?? min(1, compiled.groups),
      candidate: pattern,
      approximate: true, check: entropy.map { .entropy($0) } ?? .none, certainty: .formed, source: source, examples: [])
    _ = try CandidateDatabase.compile([rule])
    return rule
  }
}
