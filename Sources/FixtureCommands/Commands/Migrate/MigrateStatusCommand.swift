import ArgumentParser
import Files
import Migrations

/// `migrate status`: where every step stands with a directory.
package struct MigrateStatusCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Show where every step stands with a directory: pending, applied, changed, missing, future and so on.",
    discussion: """
      Takes no lock and writes nothing. Exit code 0 when there is nothing to do, 1 when steps are pending, 3 when \
      'migrate apply' would refuse.

      Example:
        kumo-fixtures migrate status .kumo-data/shop --steps migrations --format json
      """)

  @Argument(help: "The data directory.")
  var path: String

  @OptionGroup var steps: StepOptions

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let report = try MigrationStatusReport(path, steps, in: context)
    switch format {
    case .text: for line in report.text(asPlan: false) { try context.result(line) }
    case .json: try context.environment.standardOutput.write(report.json())
    }
    return report.status
  }
}

/// `migrate plan`: what `apply` would do.
package struct MigratePlanCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what 'migrate apply' would do, and why it would refuse.",
    discussion: """
      Takes no lock and writes nothing; the exit code is that of 'migrate status'. 'migrate rehearse' does the work on a copy.

      With --layout it looks at every object: what would be rewritten, what stands in the way, and what the release \
      that is to load the result would drop.

      Examples:
        kumo-fixtures migrate plan .kumo-data/shop --steps migrations --to 4
        kumo-fixtures migrate plan .kumo-data/shop --layout inline --target v0.18.0
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "The version to stop at (default: the last one).")
  var to: Int?

  @Flag(name: .long, help: "Plan steps although later ones were applied.")
  var allowOutOfOrder = false

  @OptionGroup var layout: LayoutOptions
  @OptionGroup var steps: StepOptions

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let report = try MigrationStatusReport(
      path, steps, to: to, allowsOutOfOrder: allowOutOfOrder, in: context)
    let layout = try layout.request?.preflight(Directory.open(report.target.path), in: context)
    switch format {
    case .text:
      for line in report.text(asPlan: true) + (layout?.lines ?? []) { try context.result(line) }
      if let refusal = layout?.conversion.refusal {
        for line in ["refused: \(refusal.message)"] + refusal.details.map({ "    \($0)" }) { try context.result(line) }
      } else if layout != nil, report.refusals.isEmpty {
        try context.result("next: kumo-fixtures migrate apply \(path)\(steps.stepArguments)\(self.layout.arguments)")
      }
    case .json: try context.environment.standardOutput.write(report.json { layout?.write(to: &$0) })
    }
    if layout?.conversion.refusal != nil { return max(report.status, .refused) }
    return layout?.conversion.work.isNothing == false ? max(report.status, .findings) : report.status
  }
}
