import ArgumentParser
import Files
import FixtureTree
import KumoState
import Migrations
import SystemPackage

/// `migrate slim`: drops the bodies in `s3.json` that blobs repeat.
package struct MigrateSlimCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "slim",
    abstract: "Keep S3 bodies in blobs only: smaller and faster, for releases after v0.29.0.",
    discussion: """
      The same as 'migrate apply --layout blobs' without any other step. KUMO v0.25.3 to v0.29.0 keep every body \
      twice, as base64 in s3.json and as a blob; later releases keep the blob. Steps that are pending stay pending. \
      Every body is compared with its blob before anything is written, and a body that is nowhere else stops the \
      command.

      Examples:
        kumo-fixtures migrate plan .kumo-data/shop --layout blobs
        kumo-fixtures migrate slim .kumo-data/shop
      """)

  @Argument(help: "The data directory.")
  var path: String

  @OptionGroup var options: MigrationOptions

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let directory = context.environment.path(path)
    let before = try Self.size(directory)
    let run = try options.run(path, quiet: common.quiet, in: context)
    // Steps stay pending: what was asked for is the layout of this version.
    let version = try MigrationTarget(path, in: context).document?.version
    let outcome = try run.executor.apply(
      run.target, .init(path: path, target: version, arguments: options.steps.stepArguments),
      layout: LayoutRequest(layout: .blobs).step(quiet: common.quiet, in: context))
    try run.report(outcome, verb: "slimmed", format: options.format)
    if options.format == .text, !outcome.steps.isEmpty {
      try context.result("s3.json: \(ByteCount.text(before)) -> \(ByteCount.text(try Self.size(directory)))")
    }
    return .success
  }

  private static func size(_ path: FilePath) throws(FilesError) -> Int64 {
    try Directory.open(path).status("s3.json")?.size ?? 0
  }
}
