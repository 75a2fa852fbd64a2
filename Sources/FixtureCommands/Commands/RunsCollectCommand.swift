import ArgumentParser
import JSONBytes
import Runs

/// `runs gc`: removes runs that nobody needs.
package struct RunsCollectCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "Remove runs whose owner is dead, and finish interrupted teardowns.",
    discussion: """
      An active run whose owner lives is never removed. Runs of other hosts, containers or boots, whose owner cannot \
      be looked at, stay too, unless --other-hosts and --older-than say otherwise.

      Examples:
        kumo-fixtures runs gc --dry-run
        kumo-fixtures runs gc --older-than 3600 --keep 5
        kumo-fixtures runs gc --older-than 604800 --other-hosts
      """)

  @OptionGroup var place: RunsFolderOptions

  @Option(name: .long, help: "Keep dead runs that are younger than so many seconds.")
  var olderThan: Int64 = 0

  @Option(name: .long, help: "Keep so many of the youngest dead runs.")
  var keep: Int = 0

  @Flag(name: .long, help: "Also runs whose owner cannot be looked at, when they are old enough.")
  var otherHosts = false

  @Flag(name: .long, help: "Print what would be removed, and remove nothing.")
  var dryRun = false

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  package init() {}

  package func validate() throws {
    if olderThan < 0 || keep < 0 { throw ValidationError("--older-than and --keep take numbers from 0") }
    if otherHosts, olderThan == 0 { throw ValidationError("--other-hosts needs --older-than") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let policy = RunCollection.Policy(olderThan: olderThan, keeping: keep, includesUnknownOwners: otherHosts)
    let outcomes = try RunCollection(place.folder(in: context), policy: policy)
      .run(now: context.environment.now(), dryRun: dryRun)
    switch format {
    case .text:
      for outcome in outcomes {
        let verb = outcome.isRemoved ? (dryRun ? "would remove" : "removed") : "kept"
        try context.result("\(verb) \(outcome.run.name): \(outcome.reason)")
      }
    case .json:
      var json = JSONWriter(style: .pretty)
      json.objects(outcomes) { json, outcome in
        json.field("run", outcome.run.name)
        json.field(dryRun ? "wouldRemove" : "removed", outcome.isRemoved)
        json.field("reason", outcome.reason)
      }
      try context.result(json)
    }
    return outcomes.contains { $0.report?.failures.isEmpty == false } ? .findings : .success
  }
}
