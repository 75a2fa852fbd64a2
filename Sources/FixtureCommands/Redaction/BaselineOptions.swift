import ArgumentParser
import Redaction
import SystemPackage

/// What is known and accepted, for every command that stops at secrets.
struct BaselineOptions: ParsableArguments {
  @Option(name: .long, help: "Accept the findings in this file.")
  var baseline: String?

  init() {}

  /// The findings that count.
  ///
  /// - Throws: as `SecretBaseline`.
  func report(_ findings: [SecretFinding], key: KeyedDigest, in context: CommandContext) throws -> SecretReport {
    guard let baseline else { return SecretReport(findings: findings) }
    let known = try SecretBaseline(reading: context.environment.path(baseline), named: baseline, key: key)
    let new = findings.filter { !known.fingerprints.contains($0.fingerprint) }
    return SecretReport(findings: new, accepted: findings.count - new.count)
  }
}

/// What a search for secrets accepts, and what it writes down as accepted.
struct CheckOptions: ParsableArguments {
  @OptionGroup var baselines: BaselineOptions

  @Option(name: .long, help: "Accept everything that is found now: write this file.")
  var writeBaseline: String?

  init() {}

  /// Whether any of it was said.
  var isGiven: Bool { baselines.baseline != nil || writeBaseline != nil }
}
