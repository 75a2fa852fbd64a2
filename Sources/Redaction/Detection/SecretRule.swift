/// One detector: data, no code.
package struct SecretRule: Sendable {
  /// How much a match says by itself.
  package enum Certainty: Int, Sendable, Comparable {
    /// Only a name beside the value says that it is secret.
    case named
    /// A vendor's name stands beside a value of that vendor's form.
    case keyed
    /// The value's own form says what it is.
    case formed

    package static func < (left: Certainty, right: Certainty) -> Bool { left.rawValue < right.rawValue }
  }

  /// Stable name in lower case with hyphens, such as `github-pat`; findings, policies and baselines refer to it.
  package let id: String
  /// What it finds, in a few words.
  package let title: String
  /// The class of the secret.
  package let kind: SecretKind
  /// PCRE2 pattern over bytes.
  package let pattern: String
  /// The capture group that is the secret; 0 is the whole match.
  package let group: Int
  /// Vectorscan pattern that matches at the end of, or inside, everything that `pattern` matches, beginning where it
  /// begins. Open ends are cut to their shortest, so one secret gives one candidate.
  package let candidate: String
  /// The most bytes from the beginning of a match to the end of its candidate; nil when Vectorscan can tell.
  package let reach: Int?
  /// Whether the candidate is compiled as Vectorscan's approximation (look-around and back references of users' rules).
  package let approximate: Bool
  /// What else must hold for the secret.
  package let check: SecretCheck
  /// Values that are no secrets: a vendor's examples. Compared as a whole.
  package let allowed: [String]
  /// How much a match says by itself.
  package let certainty: Certainty
  /// Where the form is published.
  package let source: String
  /// Texts that must be found, as templates of `ExampleTemplate`.
  package let examples: [String]
  /// Texts in which this rule must find nothing, as templates.
  package let counterexamples: [String]

  /// Whether the candidate may ask for the beginning or end of a text or line.
  var hasAnchor: Bool {
    var rest = Substring(candidate)
    var isInClass = false
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        if let escaped = rest.popFirst(), !isInClass, "AZzBG".contains(escaped) { return true }
      case "[" where !isInClass:
        isInClass = true
        if rest.first == "^" { rest.removeFirst() }
        // A bracket that comes first is a member.
        if rest.first == "]" { rest.removeFirst() }
      case "]": isInClass = false
      case "^" where !isInClass, "$" where !isInClass: return true
      default: break
      }
    }
    return false
  }

  /// A rule as it is, every part given.
  package init(
    id: String, title: String, kind: SecretKind, pattern: String, group: Int, candidate: String,
    reach: Int? = nil, approximate: Bool = false, check: SecretCheck = .none, allowed: [String] = [],
    certainty: Certainty,
    source: String, examples: [String], counterexamples: [String] = []
  ) {
    self.id = id
    self.title = title
    self.kind = kind
    self.pattern = pattern
    self.group = group
    self.candidate = candidate
    self.reach = reach
    self.approximate = approximate
    self.check = check
    self.allowed = allowed
    self.certainty = certainty
    self.source = source
    self.examples = examples
    self.counterexamples = counterexamples
  }
}
