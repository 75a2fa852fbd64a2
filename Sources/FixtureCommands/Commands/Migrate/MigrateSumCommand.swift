import ArgumentParser
import Files
import Migrations

/// `migrate sum`: the file that makes branches that add steps conflict.
package struct MigrateSumCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "sum",
    abstract: "Check or write migrations.sum, which makes two branches that add steps conflict in git.",
    discussion: """
      The file stands beside the steps and is committed with them; its first line covers all steps. Where it exists, \
      no step is applied that it does not know. Exit code 1 when it is not what the steps are.

      Examples:
        kumo-fixtures migrate sum --steps migrations            # in CI
        kumo-fixtures migrate sum --steps migrations --write    # after adding a step
      """)

  @OptionGroup var steps: StepOptions

  @Flag(name: .long, help: "Write the file.")
  var write = false

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    guard let place = steps.sumFile(in: context) else {
      throw CommandFailure(
        .usage, "nothing says where the sum file is",
        hint: "name the folder of the steps with --steps, or the file with --sum")
    }
    let sum = try SumFile(steps.coveredRegistry(in: context))
    let file = try Directory.containing(place.path)
    let standing =
      try file.directory.status(file.name) == nil
      ? nil : file.directory.read(file.name, limit: SumFile.sizeLimit)
    if write {
      if standing != sum.bytes { try file.directory.replace(file.name, with: sum.bytes, mode: 0o644) }
      try context.result("\(standing == sum.bytes ? "unchanged" : "wrote") \(place.shown)")
      return .success
    }
    guard let standing else {
      try context.result(
        "\(place.shown) is not there; 'kumo-fixtures migrate sum --write\(steps.stepArguments)' makes it")
      return .findings
    }
    let differences = sum.differences(from: standing)
    for difference in differences { try context.result("\(place.shown): \(difference)") }
    guard !differences.isEmpty else {
      try context.message("\(place.shown) is what the steps are", unless: common.quiet)
      return .success
    }
    try context.message(
      "if the steps are as they should be, run 'kumo-fixtures migrate sum --write\(steps.stepArguments)' and commit",
      unless: common.quiet)
    return .findings
  }
}
