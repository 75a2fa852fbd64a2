import ArgumentParser
import Migrations

/// `migrate apply`: runs pending steps.
package struct MigrateApplyCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Apply pending steps, all of them or none.",
    discussion: """
      Locks the directory, keeps a snapshot of every state, builds the result beside it, proves that every step \
      changed only what it declares, validates, records the steps in fixture.json and swaps once. Stop KUMO first.

      --layout brings the bodies of S3 objects to another layout, after all steps; 'migrate plan' with the same options
      lists before what that needs, and what the release that is to load it would drop.

      Examples:
        kumo-fixtures migrate apply .kumo-data/shop --steps migrations
        kumo-fixtures migrate apply .kumo-data/shop --steps migrations --to 3
        kumo-fixtures migrate apply .kumo-data/shop --layout inline --target v0.18.0
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "The version to stop at (default: the last one).")
  var to: Int?

  @Flag(name: .long, help: "Apply steps although later ones were applied; the ledger records that.")
  var allowOutOfOrder = false

  @OptionGroup var layout: LayoutOptions
  @OptionGroup var options: MigrationOptions

  @Option(help: .private)
  var killAt: Int?

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let run = try options.run(path, quiet: common.quiet, in: context)
    try run.checkSum()
    let outcome = try KillSwitch.arm(at: killAt) {
      try run.executor.apply(
        run.target,
        .init(path: path, target: to, allowsOutOfOrder: allowOutOfOrder, arguments: options.steps.stepArguments),
        layout: layout.request?.step(quiet: common.quiet, in: context))
    }
    try run.report(outcome, verb: "migrated", format: options.format)
    return .success
  }
}
