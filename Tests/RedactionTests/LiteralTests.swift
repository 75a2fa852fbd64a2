import Redaction
import Testing

/// A rule whose candidate has no literal makes the search of all rules several times slower (performance.md section 6):
/// every candidate must have at least three bytes in a row that every match has.
@Suite struct LiteralTests {
  /// Two bytes of literal, and so much beside them that each of these alone ran at more than 5 GB/s when measured.
  private static let shorter: Set<String> = [
    "twilio-api-key", "jwk-private", "jwk-symmetric-sorted", "azure-client-secret",
  ]

  @Test func `Every candidate has a literal`() {
    for rule in SecretRule.builtIn where !Self.shorter.contains(rule.id) {
      var pattern = PatternLiterals(rule.candidate)
      let longest = pattern.longest()
      #expect(longest >= 3, "rule '\(rule.id)' has only \(longest) literal bytes in a row: \(rule.candidate)")
    }
  }

  @Test(arguments: [
    ("[0-9a-f]{40}", 0), (#"\d{15,16}(\||%)"#, 1), ("ghp_[0-9A-Za-z]{36}", 4), ("(?:abc|de)f", 3),
    ("(?i:token|key)=", 4),
    ("a?bc", 2), ("(?:abc)?d", 1), ("x[ab]y[0-9]", 3), ("A{20,22}", 20), (#"a\.b\-c"#, 5), ("ab[cd]+e", 3),
    ("(?:[0-9]{4}abcd|efghij)", 4),
  ])
  func `Literals are counted as Vectorscan can use them`(pattern: String, count: Int) {
    var literals = PatternLiterals(pattern)
    #expect(literals.longest() == count)
  }
}

/// The longest run of bytes that every match of a pattern must have. Classes of at most eight bytes count as bytes,
/// because the engine tries each.
private struct PatternLiterals {
  private var rest: Substring

  init(_ pattern: String) { rest = Substring(pattern) }

  mutating func longest() -> Int { alternatives().best }

  /// The least of all alternatives: their best run, and their length when each is nothing but literal.
  private mutating func alternatives() -> (best: Int, whole: Int?) {
    var result = sequence()
    while rest.first == "|" {
      rest.removeFirst()
      let other = sequence()
      let whole = result.whole.flatMap { mine in other.whole.map { min(mine, $0) } }
      result = (min(result.best, other.best), whole)
    }
    return result
  }

  private mutating func sequence() -> (best: Int, whole: Int?) {
    var (best, run, isPlain) = (0, 0, true)
    while let character = rest.first, character != "|", character != ")" {
      rest.removeFirst()
      // An atom: the run that it adds when it is plain, and the best run inside it.
      var atom: (inside: Int, plain: Int?)
      switch character {
      case "(":
        let isAssertion = rest.hasPrefix("?=") || rest.hasPrefix("?!") || rest.hasPrefix("?<")
        if rest.first == "?" { rest = rest.drop { $0 != ":" && $0 != "=" && $0 != "!" }.dropFirst() }
        let inner = alternatives()
        rest = rest.dropFirst()
        atom = isAssertion ? (0, 0) : (inner.best, inner.whole)
      case "[":
        let size = classSize()
        atom = size <= 8 ? (1, 1) : (0, nil)
      case "\\":
        let escaped = rest.popFirst() ?? "\\"
        if escaped == "x" { rest = rest.dropFirst(2) }
        atom = "dDwWsSbB".contains(escaped) ? (0, nil) : (1, 1)
      case ".": atom = (0, nil)
      default: atom = (1, 1)
      }
      let counts = quantifier()
      if let plain = atom.plain, counts.least > 0 {
        run += plain * counts.least
        best = max(best, run)
        if counts.most != counts.least { (run, isPlain) = (0, false) }
      } else {
        best = max(best, run, counts.least > 0 ? atom.inside : 0)
        (run, isPlain) = (0, false)
      }
    }
    return (max(best, run), isPlain ? run : nil)
  }

  /// How many bytes a class has, or many.
  private mutating func classSize() -> Int {
    var (size, isFirst) = (0, true)
    while let character = rest.popFirst() {
      if character == "]", !isFirst { return size }
      if character == "^", isFirst { size += 200 }
      if character == "\\" {
        let escaped = rest.popFirst() ?? " "
        size += "dDwWsS".contains(escaped) ? 200 : 1
        if escaped == "x" { rest = rest.dropFirst(2) }
      } else if character == "-", !isFirst, rest.first != "]" {
        size += 200
      } else {
        size += 1
      }
      isFirst = false
    }
    return size
  }

  private mutating func quantifier() -> (least: Int, most: Int) {
    var result = (least: 1, most: 1)
    switch rest.first {
    case "?": result = (0, 1)
    case "*": result = (0, .max)
    case "+": result = (1, .max)
    case "{":
      let body = rest.dropFirst().prefix { $0 != "}" }.split(separator: ",", omittingEmptySubsequences: false)
      let least = body.first.flatMap { Int($0) } ?? 0
      result = (least, body.count == 2 ? Int(body[1]) ?? .max : least)
      rest = rest.drop { $0 != "}" }
    default: return result
    }
    rest = rest.dropFirst()
    if rest.first == "?" || rest.first == "+" { rest = rest.dropFirst() }
    return result
  }
}
