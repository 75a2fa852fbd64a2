import ArgumentParser
import JSONBytes
import Runs

/// `runs teardown`: removes a run in two phases.
package struct RunsTeardownCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "teardown",
    abstract: "Mark a run as draining, wait for those who work in it, and delete it.",
    discussion: """
      Once more for a run that is gone is no error, and one that was interrupted is finished with the same report.
      Exit code 1 when something could not be deleted, 2 when somebody is still at work, 3 when the run is another's.

      Examples:
        kumo-fixtures runs teardown                    # this job's run
        kumo-fixtures runs teardown night-1 --dry-run
        kumo-fixtures runs teardown .kumo-data/runs/night-1 --wait 60 --format json
      """)

  @Argument(help: "The run's name or directory (default: this job's run).")
  var target: String?

  @OptionGroup var place: RunsFolderOptions

  @Option(name: .long, help: "Seconds to wait for those who work in the directory.")
  var wait: Int = 10

  @Flag(name: .long, help: "Print what would be deleted, and delete nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Also a run whose owner lives or cannot be looked at.")
  var force = false

  @Option(name: .long, help: "Form of the report: text or json.")
  var format: ResultFormat = .text

  package init() {}

  package func validate() throws {
    if wait < 0 { throw ValidationError("--wait takes seconds") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let report = try CommandFailure.translating {
      let path = try place.path(target, in: context)
      return try Teardown(path, options: .init(force: force, dryRun: dryRun, wait: .seconds(wait))).run()
    }
    switch format {
    case .text: for line in TeardownText.lines(report) { try context.result(line) }
    case .json: try context.environment.standardOutput.write(TeardownText.json(report) + [UInt8(ascii: "\n")])
    }
    return report.failures.isEmpty ? .success : .findings
  }
}
