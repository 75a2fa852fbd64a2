import ArgumentParser
import Migrations

/// `migrate rollback`: back to an earlier state.
package struct MigrateRollbackCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "rollback",
    abstract: "Go back to an earlier version, and prove that it is that.",
    discussion: """
      Restores the snapshot from before the step, every byte compared with the recorded tree digest. With --down the \
      steps take their work back themselves; the result must have the recorded digest, too. The state that is given up \
      is kept as a snapshot.

      Examples:
        kumo-fixtures migrate rollback ./kumo-data --steps migrations  # the last step
        kumo-fixtures migrate rollback ./kumo-data --steps migrations --to 1 --down
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "The version to go back to (default: the one before the last step).")
  var to: Int?

  @Flag(name: .long, help: "Let the steps take their work back, instead of restoring a snapshot.")
  var down = false

  @Flag(name: .long, help: "With --down: go on although the directory was changed after the step.")
  var acceptUnproven = false

  @OptionGroup var options: MigrationOptions

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if acceptUnproven, !down { throw ValidationError("--accept-unproven belongs to --down") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let run = try options.run(path, quiet: common.quiet, in: context)
    let way: RollbackRequest.Way = down ? .down(acceptsUnproven: acceptUnproven) : .snapshot
    let request = RollbackRequest(path: path, target: to, way: way, arguments: options.steps.stepArguments)
    let outcome = try run.executor.rollback(run.target, request)
    try run.report(outcome, verb: "rolled back", format: options.format)
    return .success
  }
}
