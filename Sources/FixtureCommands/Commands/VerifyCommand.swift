import ArgumentParser
import Artifacts
import SystemPackage

/// `verify`: every hash of an artifact or a directory.
package struct VerifyCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every hash of an artifact, an OCI layout or a data directory, and list every fault.",
    discussion: """
      An artifact is read as a stream and nothing is written anywhere: every member that its manifest names must be \
      there exactly once with its SHA-256, and nothing else. In a directory the manifest, a run's sentinel and logs/ \
      are not looked at.

      Exit code 1 if anything is wrong, 3 if the archive asks for something that no artifact needs (links, '..', \
      members that the manifest does not name, more than the limits).

      Examples:
        kumo-fixtures verify shop.tar.zst
        kumo-fixtures verify .kumo-data/shop --format github
        kumo-fixtures verify shop-layout
      """)

  @Argument(help: "An artifact, an OCI layout or a data directory.")
  var path: String

  @Option(name: .long, help: "Form of the findings: text, json or github.")
  var format: VerificationFormat = .text

  @OptionGroup var limits: LimitOptions

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let progress = ProgressMeter("verifying \(path)", in: context.environment, quiet: common.quiet)
    defer { progress.finish() }
    let options = ReadOptions(limits.limits, progress: progress, in: context)
    let report: VerifyReport
    switch try ArtifactSource.open(path, options.cancellation, in: context) {
    case .artifact(let artifact): report = try ArtifactVerifier.verify(artifact, options)
    case .directory(let directory): report = try ArtifactVerifier.verify(directory, options)
    }
    progress.finish()
    try context.environment.standardOutput.write(format.render(report, of: path))
    if report.findings.isEmpty { return .success }
    return report.isHostile ? .refused : .findings
  }
}
