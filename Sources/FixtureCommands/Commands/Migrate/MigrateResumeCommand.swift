import ArgumentParser
import Files
import Migrations
import Runs

/// `migrate resume`: goes on after a killed run.
package struct MigrateResumeCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "resume",
    abstract: "Go on after a killed run: finish what was complete, do the rest again.",
    discussion: """
      A killed run leaves the directory as it was, and beside it the tree that it was building. If that tree is \
      complete (every digest right, made from this very directory, valid) it is swapped in; otherwise it is removed. \
      Then pending steps are applied as by 'migrate apply'.

      Example:
        kumo-fixtures migrate resume .kumo-data/shop --steps migrations
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "The version to stop at (default: the last one).")
  var to: Int?

  @OptionGroup var options: MigrationOptions

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let run = try options.run(path, quiet: common.quiet, in: context)
    try run.checkSum()
    let leftovers = try run.executor.finishLeftovers(
      of: run.target, shownAs: path, arguments: options.steps.stepArguments)
    for place in leftovers.discarded {
      try context.message("removed what a killed run had not finished: \(place)", unless: common.quiet)
    }
    if let place = leftovers.finished {
      try context.message("put the complete tree of a killed run in place: \(place)", unless: common.quiet)
    }
    if leftovers.finished == nil, leftovers.discarded.isEmpty {
      try context.message("no killed run has left anything", unless: common.quiet)
    }
    let request = MigrationPlanner.Request(path: path, target: to, arguments: options.steps.stepArguments)
    let outcome = try run.executor.apply(run.target, request)
    try run.report(outcome, verb: "migrated", format: options.format)
    return .success
  }
}

/// `migrate discard`: removes what a killed run left.
package struct MigrateDiscardCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "discard",
    abstract: "Remove what a killed run left beside a directory; the directory stays as it is.",
    discussion: """
      Example:
        kumo-fixtures migrate discard .kumo-data/shop
      """)

  @Argument(help: "The data directory.")
  var path: String

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let target = context.environment.path(path)
    let permit = try WorkPermit.take(target, for: .changing)
    let removed = try MigrationExecutor.discardLeftovers(of: target)
    for place in removed { try context.result("removed \(place)") }
    if removed.isEmpty { try context.result("no killed run has left anything beside \(path)") }
    return withExtendedLifetime(permit) { .success }
  }
}
