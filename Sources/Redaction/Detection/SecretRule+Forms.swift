extension SecretRule {
  /// Before a token: no letter or digit, except the end of an escape (`\n`, `%3D`) that stands for something else.
  static let leftEdge = #"(?:(?<![0-9A-Za-z])|(?<=\\[nrtbf])|(?<=%[0-9A-Fa-f][0-9A-Fa-f]))"#
  /// Between a name and its value in env files, JSON, YAML, INI, XML, HTTP headers, command lines and code.
  static let separator = #"[\\"'\x60\])]{0,4}[ \t]{0,5}(?:=>|:=|==?|:|,|>|[ \t])[ \t]{0,5}[\\"'\x60(\[]{0,4}"#
  /// What may follow the telling word inside a name: `STRIPE` in `STRIPE_LIVE_SECRET_KEY`.
  static let restOfName = #"[\w.\-]{0,30}"#

  /// A token that its own form shows, such as `ghp_` and 36 characters.
  ///
  /// - Parameters:
  ///   - body: the token's pattern, without capture groups.
  ///   - candidate: Vectorscan's copy where the body begins with many repeats: what stands around its literal.
  ///   - reach: with `candidate`, the most bytes from the token's beginning to the candidate's end.
  ///   - tail: characters that must not follow; a longer run is something else.
  static func token(
    _ id: String, _ title: String, _ kind: SecretKind, _ body: String, candidate: String? = nil, reach: Int? = nil,
    tail: String = "0-9A-Za-z",
    check: SecretCheck = .none, allowed: [String] = [], source: String, examples: [String],
    not counterexamples: [String] = []
  ) -> SecretRule {
    SecretRule(
      id: id, title: title, kind: kind, pattern: "\(leftEdge)(\(body))(?![\(tail)])", group: 1,
      candidate: candidate ?? shortest(body), reach: reach, check: check, allowed: allowed, certainty: .formed,
      source: source,
      examples: examples, counterexamples: counterexamples)
  }

  /// A value whose form many things have, beside its vendor's name: `HEROKU_API_KEY=` and a UUID.
  ///
  /// - Parameters:
  ///   - words: pattern of the telling words, matched in any case; at least three bytes of it must be literal.
  ///   - value: the value's pattern, without capture groups.
  static func keyed(
    _ id: String, _ title: String, _ kind: SecretKind, words: String, value: String, tail: String = "0-9A-Za-z",
    check: SecretCheck = .none, allowed: [String] = [], source: String, examples: [String],
    not counterexamples: [String] = []
  ) -> SecretRule {
    let name = "(?i:\(words))\(restOfName)\(separator)"
    return SecretRule(
      id: id, title: title, kind: kind, pattern: "\(name)(\(value))(?![\(tail)])", group: 1,
      candidate: name + shortest("(?:\(value))"), check: check, allowed: allowed, certainty: .keyed, source: source,
      examples: examples, counterexamples: counterexamples)
  }

  /// A pattern of its own shape; group 1 is the secret.
  ///
  /// - Parameters:
  ///   - candidate: Vectorscan's copy; without it the pattern itself, its open end cut.
  ///   - reach: the most bytes that a candidate has, where it is open-ended and the pattern is not.
  ///   - tail: characters that must not follow.
  static func shaped(
    _ id: String, _ title: String, _ kind: SecretKind, _ pattern: String, candidate: String? = nil,
    reach: Int? = nil, tail: String? = nil, certainty: Certainty = .formed, check: SecretCheck = .none,
    allowed: [String] = [],
    source: String,
    examples: [String], not counterexamples: [String] = []
  ) -> SecretRule {
    SecretRule(
      id: id, title: title, kind: kind, pattern: pattern + (tail.map { "(?![\($0)])" } ?? ""), group: 1,
      candidate: candidate ?? shortest(pattern), reach: reach, check: check, allowed: allowed, certainty: certainty,
      source: source,
      examples: examples,
      counterexamples: counterexamples)
  }

  /// The pattern with a repeat at its very end cut to the fewest: `[a-z]{20,200}` becomes `[a-z]{20}`. Whatever the
  /// pattern matches begins with a match of the result, so no candidate is lost and each is told once.
  static func shortest(_ pattern: String) -> String {
    // Padding of base64 is optional: the shortest match has none.
    for padding in ["={0,2}", "={0,3}", "={0,2})", "={0,3})"] where pattern.hasSuffix(padding) {
      return shortest(String(pattern.dropLast(padding.count)) + (padding.hasSuffix(")") ? ")" : ""))
    }
    var body = Substring(pattern)
    var closers = ""
    while body.hasSuffix(")"), !body.hasSuffix("\\)") {
      body.removeLast()
      closers += ")"
    }
    guard body.hasSuffix("}"), let open = body.lastIndex(of: "{") else { return pattern }
    let numbers = body[body.index(after: open)...].dropLast().split(separator: ",", omittingEmptySubsequences: false)
    guard numbers.count == 2, let least = Int(numbers[0]), least > 0 else { return pattern }
    return "\(body[..<open]){\(least)}\(closers)"
  }

  /// The pattern with long counted repeats made endless, which Vectorscan compiles and runs in a fraction of the space:
  /// it matches more, and PCRE2 has the last word. `[a-z]{0,100}` becomes `[a-z]*`.
  package static func loosened(_ pattern: String) -> String {
    var result = ""
    var rest = Substring(pattern)
    while let open = rest.firstIndex(of: "{") {
      let isEscaped = rest[..<open].reversed().prefix { $0 == "\\" }.count % 2 == 1
      let close = rest[open...].firstIndex(of: "}")
      let counts = close.map { rest[rest.index(after: open)..<$0].split(separator: ",").map { Int($0) } } ?? []
      if let close, !isEscaped, counts.count == 2, let least = counts[0], let most = counts[1], most >= 8, most > least
      {
        result += rest[..<open] + (least == 0 ? "*" : least == 1 ? "+" : "{\(least),}")
        rest = rest[rest.index(after: close)...]
        // A lazy mark after the repeat stays one; nothing else may follow a star.
      } else {
        result += rest[...open]
        rest = rest[rest.index(after: open)...]
      }
    }
    return result + rest
  }
}
