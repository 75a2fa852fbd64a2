import CVectorscan
import Synchronization

/// Finds secrets by their shape: one Vectorscan database over all rules gives candidates, PCRE2 confirms each and gives
/// its bounds, and the rule's own check (checksum, entropy, examples of documentation) has the last word.
///
/// Threads may share a scanner. A thread that scans much makes a `session()` once and saves the look-up for each call.
package final class SecretScanner: Sendable {
  /// How many bytes two blocks of one text must share, so that every match lies whole in one of them. A private key is
  /// the longest thing looked for: at most half of this.
  package static let overlap = 128 * 1024
  /// The most bytes that one call takes.
  package static let maximumBlock = 1 << 30

  /// The rules.
  package let rules: RuleSet
  let database: CandidateDatabase
  let patterns: PatternTable
  private let idle = Mutex<[IdleSession]>([])

  /// Compiles the rules, or takes them compiled from the cache; what is wrong with a cache never matters.
  ///
  /// - Throws: `.badRule` for a pattern that the engine cannot take; `.engine` when it cannot run here.
  package init(rules: RuleSet, cache: CacheDirectory?) throws(RedactionError) {
    self.rules = rules
    if let held = cache?.load(rules) {
      database = held
    } else {
      database = try CandidateDatabase.compile(rules.rules)
      cache?.store(database, for: rules)
    }
    patterns = PatternTable(rules)
  }

  /// Room for one thread's scans.
  ///
  /// - Throws: `.engine` when there is no memory.
  package func session() throws(RedactionError) -> ScanSession { try ScanSession(self) }

  /// Finds the secrets in a text and adds them in order of place; none lies inside another.
  ///
  /// - Parameter bytes: at most `maximumBlock`; a longer text goes through `BlockScanner`.
  /// - Throws: `.matchLimit` when a pattern ran away and `.engine` when a library failed: then secrets may be left
  ///   unfound, and nothing may be let out.
  package func scan(_ bytes: UnsafeRawBufferPointer, into detections: inout [Detection]) throws(RedactionError) {
    let session = try idleSession()
    defer { idle.withLock { $0.append(IdleSession(session: session)) } }
    try session.scan(bytes, into: &detections)
  }

  /// As `scan(_:into:)`, for bytes in an array.
  package func scan(_ bytes: [UInt8]) throws(RedactionError) -> [Detection] {
    var found: [Detection] = []
    try bytes.withUnsafeBufferPointer { (buffer) throws(RedactionError) -> Void in
      try scan(UnsafeRawBufferPointer(buffer), into: &found)
    }
    return found
  }

  private func idleSession() throws(RedactionError) -> ScanSession {
    if let held = idle.withLock({ $0.popLast() }) { return held.session }
    return try ScanSession(self)
  }
}

/// The confirming patterns, compiled when a rule first has a candidate: most never do.
final class PatternTable: Sendable {
  private let rules: RuleSet
  private let patterns: Mutex<[ConfirmingPattern?]>

  init(_ rules: RuleSet) {
    self.rules = rules
    patterns = Mutex(Array(repeating: nil, count: rules.rules.count))
  }

  /// The compiled pattern of a rule.
  func pattern(_ rule: Int) throws(RedactionError) -> ConfirmingPattern {
    if let held = patterns.withLock({ $0[rule] }) { return held }
    let made = try ConfirmingPattern(rules.rules[rule].pattern, rule: rules.rules[rule].id)
    return patterns.withLock { patterns in
      let kept = patterns[rule] ?? made
      patterns[rule] = kept
      return kept
    }
  }
}

/// A session that nobody uses. `@unchecked Sendable`: it is reachable only through the scanner's lock, so that one
/// thread at a time has it; the compiler cannot see that from a pool.
private struct IdleSession: @unchecked Sendable {
  let session: ScanSession
}
