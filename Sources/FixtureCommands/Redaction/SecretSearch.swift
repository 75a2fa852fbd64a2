import Artifacts
import Files
import Redaction
import SystemPackage

/// Says where secrets are, without showing one: `redact --check`, which is also `redact check`.
struct SecretSearch {
  let path: String
  let settings: RedactionSettings
  let options: CheckOptions
  let limits: LimitOptions
  let format: SecretFormat
  let quiet: Bool

  func run(in context: CommandContext) throws -> ExitStatus {
    let progress = ProgressMeter("searching \(path)", in: context.environment, quiet: quiet)
    defer { progress.finish() }
    let reading = ReadOptions(limits.limits, progress: progress, in: context)
    // Read once: a key may come out of a pipe.
    let key = try settings.key(in: context)
    let search = { (directory: Directory) throws -> [SecretFinding] in
      let redaction = try settings.redaction(of: directory, key: key, progress: progress, in: context)
      return try redaction.survey() ? redaction.findings() : []
    }
    let findings =
      switch try ArtifactSource.open(path, reading.cancellation, in: context) {
      case .directory(let directory): try search(directory)
      case .artifact(let artifact): try UnpackedCopy.with(artifact, reading, in: context, search)
      }
    progress.finish()
    return try show(findings, key, in: context)
  }

  private func show(
    _ findings: [SecretFinding], _ key: KeyedDigest, in context: CommandContext
  ) throws -> ExitStatus {
    var report = try options.baselines.report(findings, key: key, in: context)
    if let writeBaseline = options.writeBaseline {
      let place = try Directory.containing(context.environment.path(writeBaseline))
      try place.directory.replace(place.name, with: SecretBaseline(findings).bytes(key: key), mode: 0o644)
      report = SecretReport(findings: [], accepted: findings.count)
    }
    try context.environment.standardOutput.write(format.render(report, of: path))
    guard !report.findings.isEmpty else { return .success }
    try context.message("'kumo-fixtures redact \(path) --out DIR' writes a copy without them", unless: quiet)
    return .findings
  }
}
