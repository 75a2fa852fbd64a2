import Digests

/// The detectors of one run, in a fixed order, with the identity of the whole.
package struct RuleSet: Sendable {
  /// The rules; `Detection.rule` is an index into them.
  package let rules: [SecretRule]
  /// SHA-256 over everything that decides what is found; names the compiled database in the cache.
  package let digest: SHA256Digest
  /// Whether every candidate is found in a larger text as it is in the string alone: none asks for the beginning or the
  /// end of the text or of a line. Only then may a screen look at whole files.
  let isScreenable: Bool

  /// Makes a set and gives it its identity.
  ///
  /// - Throws: `.badRule` when two rules have one id; `.engine` when OpenSSL fails.
  package init(_ rules: [SecretRule]) throws(RedactionError) {
    var ids: Set<String> = []
    for rule in rules where !ids.insert(rule.id).inserted {
      throw RedactionError(.badRule, "two rules have the id '\(rule.id)'", hint: "give one of them another id")
    }
    self.rules = rules
    isScreenable = rules.allSatisfy { !$0.hasAnchor }
    do {
      let hasher = try SHA256Hasher()
      for rule in rules {
        let parts = [rule.id, rule.candidate, rule.approximate ? "approximate" : "exact", "\(rule.reach ?? 0)"]
        // Lengths first, so that no two lists of rules have one text.
        for part in parts { hasher.update(Array("\(part.utf8.count):\(part)\n".utf8)) }
      }
      digest = try hasher.finalize()
    } catch {
      throw RedactionError(.engine, error.message)
    }
  }

  /// The index of a rule; nil when there is none of that id.
  package func index(of id: String) -> Int? { rules.firstIndex { $0.id == id } }

  /// No rule has a higher group than this; PCRE2 gets room for that many.
  var mostGroups: Int { max(16, rules.map(\.group).max() ?? 0) }
}
