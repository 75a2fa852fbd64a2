import Digests

/// What a user says about secrets: what stays, what always goes, what else to look for.
package struct RedactionPolicy: Sendable {
  /// Rules whose findings stay.
  package var keptRules: Set<String> = []
  /// Places whose findings stay.
  package var keptPlaces: [PathPattern] = []
  /// SHA-256 of values that stay: a policy names a value without showing it.
  package var keptValues: Set<SHA256Digest> = []
  /// Places whose every value goes.
  package var secretPlaces: [PathPattern] = []
  /// Names whose every value goes, in any case, wherever they stand.
  package var secretNames: Set<[UInt8]> = []
  /// Personal data to look for.
  package var personalData: Set<PersonalData> = []
  /// Rules of the user's own.
  package var patterns: [SecretRule] = []
  /// Files of gitleaks rules to read, as the policy names them.
  package var ruleFiles: [String] = []
  /// What rule files said about single rules.
  package var conditions: [RuleCondition] = []
  /// Rules that are not wanted.
  package var disabledRules: Set<String> = []

  /// Detectors of ours for which a rule of the user's stands in.
  package var replacedRules: Set<String> = []

  /// A policy that says nothing.
  package init() {}

  /// Whether values go for where they stand or what they are called, whatever they look like.
  var hasSecretPlaces: Bool { !secretPlaces.isEmpty || !secretNames.isEmpty }

  /// The detectors that this policy asks for.
  ///
  /// - Throws: `.badPolicy` when it names a rule that does not exist; as `RuleSet.init(_:)`.
  package func rules() throws(RedactionError) -> RuleSet {
    let all =
      SecretRule.builtIn.filter { !replacedRules.contains($0.id) }
      + PersonalData.allCases.filter { personalData.contains($0) }.flatMap(\.rules) + patterns
    let ids = Set(all.map(\.id))
    for id in keptRules.union(disabledRules).sorted() where !ids.contains(id) {
      throw RedactionError(
        .badPolicy, "the policy names the rule '\(id)', which does not exist",
        hint: "see docs/detectors.md for the ids of the detectors")
    }
    return try RuleSet(all.filter { !disabledRules.contains($0.id) })
  }

  /// Whether every value at this place, or under this name, is secret.
  ///
  /// - Parameters:
  ///   - place: see `PathPattern`.
  ///   - name: the key or attribute that holds the value, if there is one.
  package func isAlwaysSecret(place: [UInt8], name: [UInt8]?) -> Bool {
    if let name, !secretNames.isEmpty, secretNames.contains(Self.folded(name)) { return true }
    return secretPlaces.contains { $0.matches(place) }
  }

  static func folded(_ name: [UInt8]) -> [UInt8] { name.map { ByteClass.isUpper($0) ? $0 | 0x20 : $0 } }
}

/// What a rule file says about a rule beside its pattern.
package struct RuleCondition: Sendable {
  /// The rule; nil means every rule of the file.
  let rule: String?
  /// The rule counts only in files whose path this matches.
  var path: ConfirmingPattern?
  /// What is not told although it was found.
  var allowed: [AllowList] = []

  /// One allow list: any of its parts allows, or all of them together.
  struct AllowList: Sendable {
    var needsAll = false
    var values: [ConfirmingPattern] = []
    var stopWords: [[UInt8]] = []
    var paths: [ConfirmingPattern] = []
  }
}

/// Applies a policy to what was found. Not for use from two threads at once.
package final class PolicyJudge {
  private let policy: RedactionPolicy
  private let rules: RuleSet
  private let matcher: Matcher

  /// - Throws: `.engine` when there is no memory.
  package init(_ policy: RedactionPolicy, _ rules: RuleSet) throws(RedactionError) {
    self.policy = policy
    self.rules = rules
    matcher = try Matcher(groups: 64)
  }

  /// Whether the policy lets a detection count.
  ///
  /// - Parameters:
  ///   - value: the secret's bytes.
  ///   - place: see `PathPattern`.
  /// - Throws: `.matchLimit` when a pattern of an allow list ran away; `.engine`.
  package func counts(
    _ detection: Detection, value: UnsafeRawBufferPointer, place: [UInt8]
  ) throws(RedactionError) -> Bool {
    let id = rules.rules[detection.rule].id
    if policy.keptRules.contains(id) || policy.keptPlaces.contains(where: { $0.matches(place) }) { return false }
    if !policy.keptValues.isEmpty {
      do {
        if policy.keptValues.contains(try SHA256Hasher.hash(of: value)) { return false }
      } catch {
        throw RedactionError(.engine, error.message)
      }
    }
    let path = Array(place.prefix { $0 != UInt8(ascii: "#") })
    for condition in policy.conditions where condition.rule == nil || condition.rule == id {
      if let wanted = condition.path, try !matches(wanted, path) { return false }
      for list in condition.allowed where try allows(list, value, path) { return false }
    }
    return true
  }

  private func allows(
    _ list: RuleCondition.AllowList, _ value: UnsafeRawBufferPointer, _ path: [UInt8]
  ) throws(RedactionError) -> Bool {
    var answers: [Bool] = []
    if !list.values.isEmpty { answers.append(try anyMatches(list.values, Array(value))) }
    if !list.paths.isEmpty { answers.append(try anyMatches(list.paths, path)) }
    if !list.stopWords.isEmpty {
      let folded = RedactionPolicy.folded(Array(value))
      answers.append(list.stopWords.contains { folded.contains(subsequence: $0) })
    }
    guard !answers.isEmpty else { return false }
    return list.needsAll ? answers.allSatisfy { $0 } : answers.contains(true)
  }

  private func anyMatches(_ patterns: [ConfirmingPattern], _ text: [UInt8]) throws(RedactionError) -> Bool {
    for pattern in patterns where try matches(pattern, text) { return true }
    return false
  }

  private func matches(_ pattern: ConfirmingPattern, _ text: [UInt8]) throws(RedactionError) -> Bool {
    // PCRE2 wants an address also for no bytes.
    let text = text.isEmpty ? [UInt8(ascii: "\n")] : text
    return try text.withUnsafeBufferPointer { (buffer) throws(RedactionError) -> Bool in
      let bytes = UnsafeRawBufferPointer(buffer)
      return try matcher.first(pattern, in: bytes, starts: 0...bytes.count, group: 0, rule: "allow list") != nil
    }
  }
}
