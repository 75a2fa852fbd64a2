import JSONBytes

/// Takes the findings of one file, and keeps their number in bounds however broken the file is.
///
/// Of each rule the first `limit` findings are kept; the rest are only counted (`Finding.more` of the last one kept).
/// Checkers name a place by its byte offset; line and column are worked out once, at the end, and only when needed.
package struct FindingCollector: Sendable {
  /// How many findings of one rule in one file are kept.
  package static let limit = 20

  /// The file that findings are about, relative to the data directory, printable.
  package let file: String
  private let limit: Int
  private var findings: [Finding] = []
  /// Per rule id: how many were reported, and where the last one that was kept stands in `findings`.
  private var tallies: [String: (count: Int, last: Int)] = [:]

  /// Collects findings about `file`, a printable path relative to the data directory, and at most `limit` of a rule.
  package init(file: String, limit: Int = FindingCollector.limit) {
    self.file = file
    self.limit = limit
  }

  /// Whether any finding was reported.
  package var isEmpty: Bool { findings.isEmpty }

  /// Whether `rule` was reported.
  package func has(_ rule: Rule) -> Bool { tallies[rule.id] != nil }

  /// Reports a broken rule.
  ///
  /// Neither message nor pointer is made when the rule has reached its limit, so that they may cost something. A rule
  /// that was reported at the same place already is not reported again.
  /// - Parameters:
  ///   - file: when the finding is about another file than the collector's.
  ///   - offset: the byte in the file that the finding is about.
  ///   - pointer: the same place as a JSON pointer.
  ///   - severity: when the case is milder or worse than the rule's usual one.
  ///   - fix: when it can be said more exactly than the rule says it.
  ///   - message: what was found, one sentence without a full stop, never a value that could be secret.
  package mutating func add(
    _ rule: Rule, in file: String? = nil, at offset: Int? = nil, pointer: @autoclosure () -> JSONPointer? = nil,
    severity: Severity? = nil,
    fix: @autoclosure () -> String? = nil, _ message: @autoclosure () -> String
  ) {
    if let tally = tallies[rule.id], tally.count >= limit {
      findings[tally.last].more += 1
      return
    }
    if let offset, tallies[rule.id] != nil,
      findings.contains(where: { $0.rule == rule && $0.position?.offset == offset })
    {
      return
    }
    // Lines are not known here; `finish` fills them in.
    let position = offset.map { Finding.Position(offset: $0, line: 0, column: 0) }
    tallies[rule.id] = ((tallies[rule.id]?.count ?? 0) + 1, findings.count)
    findings.append(
      Finding(
        rule, file: file ?? self.file, pointer: pointer()?.description, position: position, message: message(),
        severity: severity, fix: fix()))
  }

  /// Reports what another collector took of the same file.
  mutating func add(contentsOf other: FindingCollector) {
    for finding in other.findings {
      if let tally = tallies[finding.rule.id], tally.count >= limit {
        findings[tally.last].more += 1 + finding.more
      } else if finding.position == nil
        || !findings.contains(where: { $0.rule == finding.rule && $0.position == finding.position })
      {
        tallies[finding.rule.id] = ((tallies[finding.rule.id]?.count ?? 0) + 1, findings.count)
        findings.append(finding)
      }
    }
  }

  /// The offsets whose line and column are still to be found, sorted.
  var openOffsets: [Int] {
    findings.compactMap(\.position).filter { $0.line == 0 }.map(\.offset).sorted()
  }

  /// The findings, with the lines and columns of `places` (by offset) filled in.
  func finish(places: [Int: Finding.Position] = [:]) -> [Finding] {
    findings.map { finding in
      var finding = finding
      if let offset = finding.position?.offset { finding.position = places[offset] ?? finding.position }
      return finding
    }
  }
}
