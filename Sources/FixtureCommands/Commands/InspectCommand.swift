import ArgumentParser
import Artifacts
import SystemPackage

/// `inspect`: what is in a data directory or an artifact.
package struct InspectCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what is in a data directory or an artifact, service by service.",
    discussion: """
      Buckets with objects, versions and bytes, tables with items, queues with messages, the number of entries of \
      every other service, the S3 layout, the releases of KUMO that load it, and the fixture's name, version and \
      ledger. Names are shown, values never. Exit code 1 if a file cannot be read.

      An artifact, or an OCI layout with one in it, is read as a stream and nothing is written to the disk; every hash \
      in it is checked on the way. Exit code 1 if it is damaged, 3 if it asks for something that no artifact needs.

      Examples:
        kumo-fixtures inspect .kumo-data/shop
        kumo-fixtures inspect ./kumo-data --format json
        kumo-fixtures inspect shop.tar.zst
      """)

  @Argument(help: "The data directory, artifact or OCI layout.")
  var path: String

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var limits: LimitOptions

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let inspected = try inspected(in: context)
    switch format {
    case .text: try context.environment.standardOutput.write(InspectionText.render(inspected, of: path))
    case .json: try context.result(InspectionJSON.render(inspected, of: path))
    }
    return inspected.problems.isEmpty ? .success : .findings
  }

  private func inspected(in context: CommandContext) throws -> InspectedDirectory {
    let progress = ProgressMeter("reading \(path)", in: context.environment, quiet: common.quiet)
    defer { progress.finish() }
    let options = ReadOptions(limits.limits, progress: progress, in: context)
    switch try ArtifactSource.open(path, options.cancellation, in: context) {
    case .directory(let directory): return InspectedDirectory(directory)
    case .artifact(let artifact): return try InspectedDirectory(artifact, options)
    }
  }
}
