import ArgumentParser
import Artifacts
import Files
import FixtureTree
import KumoState
import Runs
import Specs
import SystemPackage
import Validation

/// `validate`: says whether a real KUMO loads a directory completely, and what it would do where not.
package struct ValidateCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Say whether KUMO would load a data directory completely, and what it would drop.",
    discussion: """
      KUMO says nothing about a file that it cannot read: it starts the service empty, and at shutdown overwrites the \
      file with that emptiness. Run this before you start it.

      Checks strict JSON, the manifest if there is one, types of every known field, and what must hold between files; \
      'validate --rules' lists all rules. Findings go to standard output. Exit code 1 if there is an error (with
      --strict also for a warning).

      An artifact, or an OCI layout with one in it, is unpacked into a private directory in TMPDIR for the time of the \
      check.

      Examples:
        kumo-fixtures validate .kumo-data/shop
        kumo-fixtures validate ./kumo-data --target v0.18.0 --format github
        kumo-fixtures validate .kumo-data/shop --spec shop
        kumo-fixtures validate ./kumo-data --fix
        kumo-fixtures validate shop.tar.zst
      """)

  @Argument(help: "The data directory, artifact or OCI layout.")
  var path: String?

  @Option(
    name: .long, help: "The KUMO release that must load it, such as v0.25.3 (default: all that its layout claims).")
  var target: String?

  @Option(
    name: .long, help: "The spec that it must have been generated from: a document, or the name of a spec in code.")
  var spec: String?

  @Option(name: .long, help: "Form of the findings: text, json, github, sarif or junit.")
  var format: FindingFormat = .text

  @Flag(name: .long, help: "Exit 1 for warnings too.")
  var strict = false

  @Flag(name: .long, help: "Repair what can be repaired without guessing, and say what was done.")
  var fix = false

  @Flag(name: .long, help: "List all rules, in Markdown.")
  var rules = false

  @OptionGroup var limits: LimitOptions

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if !rules, path == nil { throw ValidationError("name the data directory to validate") }
    if let target, KumoRelease(parsing: target) == nil {
      throw ValidationError("--target takes a release of KUMO such as v0.25.3, not '\(target)'")
    }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    if rules {
      try context.environment.standardOutput.write(RuleReference.markdown)
      return .success
    }
    guard let path else { return .usage }
    let report = try report(path, in: context)
    try context.environment.standardOutput.write(format.render(report, of: path))
    if report.count(of: .error) > 0 { return .findings }
    return strict && report.count(of: .warning) > 0 ? .findings : .success
  }

  private func report(_ path: String, in context: CommandContext) throws -> ValidationReport {
    let validator = try validator(in: context)
    let progress = ProgressMeter("unpacking \(path)", in: context.environment, quiet: common.quiet)
    defer { progress.finish() }
    let options = ReadOptions(limits.limits, progress: progress, in: context)
    switch try ArtifactSource.open(path, options.cancellation, in: context) {
    case .directory:
      let directory = context.environment.path(path)
      if fix { try repair(directory, shownAs: path, context: context) }
      return try validator.validate(directory: directory)
    case .artifact(let artifact):
      guard !fix else {
        throw CommandFailure(
          .usage, "--fix changes a directory, and '\(path)' is an artifact",
          hint: "unpack it with 'kumo-fixtures unpack \(path) DIR', repair DIR, and pack it again")
      }
      return try UnpackedCopy.with(artifact, options, in: context) { directory in
        progress.finish()
        return try validator.validate(directory)
      }
    }
  }

  private func validator(in context: CommandContext) throws -> Validator {
    var validator = Validator()
    validator.now = context.environment.now()
    validator.targets = target.flatMap { KumoRelease(parsing: $0) }.map { [$0] }
    if let spec {
      let fixture = try SpecSource(context: context).resolve(spec)
      validator.expectation = .init(version: fixture.version, specDigest: "sha256:" + fixture.digest)
    }
    return validator
  }

  private func repair(_ directory: FilePath, shownAs path: String, context: CommandContext) throws {
    let permit = try WorkPermit.take(directory, for: .changing)
    defer { withExtendedLifetime(permit) {} }
    var repair = try Repair(directory: directory)
    try context.environment.cancellation.check()
    for action in try repair.apply() {
      let verb = action.isPossible ? "fixed" : "not fixed"
      try context.message("\(verb): \(action.file): \(action.message) [\(action.rule.id)]", unless: common.quiet)
    }
    if repair.actions.isEmpty { try context.message("nothing to fix in \(path)", unless: common.quiet) }
  }
}
