import ArgumentParser
import Artifacts
import Files
import Redaction
import SystemPackage

/// `redact check`: says where secrets are, and changes nothing.
package struct RedactCheckCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say where the secrets of a data directory are, without showing one. Exit code 1 if there is any.",
    discussion: """
      A finding names the file, the JSON pointer or byte, the encodings around the secret, the rule, and a fingerprint:
      equal secrets have equal ones, and nobody without the key can test a guess against it. Without --key-file the
      key is another one each time.

      --baseline accepts what is known: the fingerprints that --write-baseline wrote under the same key.

      Examples:
        kumo-fixtures redact check ./kumo-data
        kumo-fixtures redact check failure.tar.zst --format sarif > secrets.sarif
        kumo-fixtures redact check ./kumo-data --key-file key --write-baseline known-secrets.json
        kumo-fixtures redact check ./kumo-data --key-file key --baseline known-secrets.json
      """)

  @Argument(help: "The data directory, or an artifact.")
  var path: String

  @OptionGroup var settings: RedactionSettings

  @Option(name: .long, help: "Accept the findings in this file.")
  var baseline: String?

  @Option(name: .long, help: "Accept everything that is found now: write this file.")
  var writeBaseline: String?

  @OptionGroup var limits: LimitOptions

  @Option(name: .long, help: "Form of the findings: text, json, github or sarif.")
  var format: SecretFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if baseline != nil || writeBaseline != nil, settings.keyFile == nil {
      throw ValidationError("a baseline holds fingerprints under a key that is kept: name it with --key-file")
    }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let progress = ProgressMeter("searching \(path)", in: context.environment, quiet: common.quiet)
    defer { progress.finish() }
    let options = ReadOptions(limits.limits, progress: progress, in: context)
    let findings: [SecretFinding]
    switch try ArtifactSource.open(path, options.cancellation, in: context) {
    case .directory(let directory): findings = try search(directory, progress, in: context)
    case .artifact(let artifact):
      findings = try UnpackedCopy.with(artifact, options, in: context) { directory in
        try search(directory, progress, in: context)
      }
    }
    progress.finish()
    return try show(findings, in: context)
  }

  private func search(
    _ directory: Directory, _ progress: ProgressMeter, in context: CommandContext
  ) throws -> [SecretFinding] {
    let redaction = try settings.redaction(of: directory, progress: progress, in: context)
    return try redaction.survey() ? redaction.findings() : []
  }

  private func show(_ findings: [SecretFinding], in context: CommandContext) throws -> ExitStatus {
    var report = SecretReport(findings: findings)
    if let baseline {
      let known = try SecretBaseline(
        reading: context.environment.path(baseline), named: baseline, key: settings.key(in: context))
      report.findings.removeAll { known.fingerprints.contains($0.fingerprint) }
      report.accepted = findings.count - report.findings.count
    }
    if let writeBaseline {
      let place = try Directory.containing(context.environment.path(writeBaseline))
      let bytes = try SecretBaseline(findings).bytes(key: settings.key(in: context))
      try place.directory.replace(place.name, with: bytes, mode: 0o644)
      report.accepted = findings.count
      report.findings = []
    }
    try context.environment.standardOutput.write(format.render(report, of: path))
    guard !report.findings.isEmpty else { return .success }
    try context.message(
      "'kumo-fixtures redact \(path) --out DIR' writes a copy without them", unless: common.quiet)
    return .findings
  }
}
