import ArgumentParser
import Artifacts
import Files
import FixtureTree
import Redaction
import SystemPackage

/// What `pack` does about secrets.
struct PackGateOptions: ParsableArguments {
  @Flag(name: .long, help: "Pack a copy in which every secret is replaced; the directory itself stays as it is.")
  var redact = false

  @Flag(name: .long, help: "Pack the directory as it is, whatever is in it, without looking.")
  var allowSecrets = false

  @OptionGroup var settings: RedactionSettings

  @OptionGroup var baselines: BaselineOptions

  init() {}

  func validate() throws {
    if redact, allowSecrets { throw ValidationError("--redact and --allow-secrets contradict each other") }
    let hasSettings =
      settings.keyFile != nil || settings.personal || settings.policy != nil || !settings.gitleaks.isEmpty
    if allowSecrets, hasSettings || baselines.baseline != nil {
      throw ValidationError(
        "--key-file, --policy, --gitleaks, --personal and --baseline mean nothing with --allow-secrets")
    }
    if redact, baselines.baseline != nil {
      throw ValidationError("--redact takes every secret, --baseline accepts some")
    }
    if baselines.baseline != nil { try settings.requireKey() }
  }
}

/// Keeps secrets out of artifacts: looks at a directory before it is packed, and at every file again while it is.
struct PackGate {
  let options: PackGateOptions
  let directory: String
  let context: CommandContext
  let quiet: Bool

  /// How many findings are listed; `redact --check` lists them all.
  private static let listed = 20

  /// Hands what may be packed to `body`: the directory itself, or a redacted copy that is removed afterwards.
  ///
  /// - Throws: `CommandFailure` with `.findings` when there are secrets and nobody said what to do about them.
  func with<Result>(
    _ source: Directory, _ packing: PackOptions, beside target: FilePath,
    _ body: (Directory, PackOptions) throws -> Result
  ) throws -> Result {
    guard !options.allowSecrets else { return try body(source, packing) }
    let progress = ProgressMeter("searching \(directory)", in: context.environment, quiet: quiet)
    let filter = packing.filter
    let key = try options.settings.key(in: context)
    let redaction = try options.settings.redaction(of: source, key: key, progress: progress, in: context) {
      filter.accepts($0.bytes)
    }
    let hasSecrets = try survey(redaction)
    progress.finish()
    if hasSecrets, options.redact { return try redacted(source, redaction, packing, beside: target, body) }
    let report = try options.baselines.report(hasSecrets ? redaction.findings() : [], key: key, in: context)
    guard !report.findings.isEmpty else {
      if report.accepted > 0 {
        try context.message("\(report.accepted) known findings, all in the baseline", unless: quiet)
      }
      var packing = packing
      packing.inspector = { (piece) throws(ArtifactError) in
        // What is packed is what was looked at: pack itself makes sure that a file stays as it is from here on.
        guard piece.offset == 0, !redaction.isAsSurveyed(piece.path) else { return }
        throw ArtifactError(
          .moved, member: piece.path, "it changed after it was searched for secrets", hint: "run the command again")
      }
      return try body(source, packing)
    }
    throw refusal(report.findings)
  }

  private func survey(_ redaction: DirectoryRedaction) throws -> Bool {
    do {
      return try redaction.survey()
    } catch let error as RedactionError where error.code == .unreadable {
      throw CommandFailure(
        .failure, error.message,
        hint: "add --exclude with its name to pack the rest, or --allow-secrets to pack everything unsearched")
    }
  }

  private func redacted<Result>(
    _ source: Directory, _ redaction: DirectoryRedaction, _ packing: PackOptions, beside target: FilePath,
    _ body: (Directory, PackOptions) throws -> Result
  ) throws -> Result {
    try checkManifest(source, packing)
    let place = target.removingLastComponent().appending("kumo-fixtures-redacted")
    let staged = try StagedDirectory.create(for: place, mode: 0o700)
    do {
      let name = context.environment.path(directory).lexicallyNormalized().lastComponent?.string ?? "fixture"
      let run = RedactionRun(
        redaction: redaction, source: source, name: name, isStable: options.settings.keyFile != nil, context: context)
      let report = try run.write(into: staged.directory, isSurveyed: true)
      let secrets = report.total == 1 ? "1 secret" : "\(report.total) secrets"
      try context.message("\(secrets) replaced in the copy that is packed", unless: quiet)
      let result = try body(staged.directory, packing)
      try staged.discard()
      return result
    } catch {
      try? staged.discard()
      throw error
    }
  }

  /// The copy has a manifest of its own: what the directory's says about the directory is checked here.
  private func checkManifest(_ source: Directory, _ packing: PackOptions) throws {
    guard case .verify = packing.manifest, let manifest = try TreeManifest.read(from: source) else { return }
    let differences = try manifest.differences(from: source).filter { packing.filter.accepts($0.path) }
    guard let first = differences.first else { return }
    let others = differences.count == 1 ? "" : " and \(differences.count - 1) more"
    throw CommandFailure(
      .findings, "'\(directory)' is not what its manifest says ('\(first.displayPath)'\(others))",
      hint: "add --refresh-manifest to pack what is there")
  }

  private func refusal(_ findings: [SecretFinding]) -> CommandFailure {
    var details = findings.prefix(Self.listed).map { finding in
      "\(finding.file): \(finding.message) [\(finding.rule)] \(finding.place)"
    }
    if findings.count > Self.listed {
      details.append("and \(findings.count - Self.listed) more: 'kumo-fixtures redact \(directory) --check' lists them")
    }
    let secrets = findings.count == 1 ? "1 secret" : "\(findings.count) secrets"
    return CommandFailure(
      .findings, "there are \(secrets) in '\(directory)'; nothing was packed",
      hint: "add --redact to pack a copy without them, or --allow-secrets to pack them", details: details)
  }
}
