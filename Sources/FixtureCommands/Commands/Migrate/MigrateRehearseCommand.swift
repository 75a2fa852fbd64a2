import ArgumentParser
import Emulator
import Files
import Glibc
import JSONBytes
import Migrations
import SystemPackage

/// `migrate rehearse`: the whole migration on a copy.
package struct MigrateRehearseCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "rehearse",
    abstract: "Do the whole migration on a copy, show what would be different, and throw the copy away.",
    discussion: """
      With --chaos the migration is done again and again on copies, each time with another accident at one of its \
      durable operations: the process is killed, the disk is full, an operation fails with an I/O error, a write is \
      cut short. Each time the copy must stand in the old state or in the new one, and a second run must finish the \
      work; exit code 1 when it does not. The directory itself is only read. There are some hundred possible accidents \
      for each step, so 200 of them are tried unless --chaos-trials says otherwise; the result says how many of how \
      many.

      Examples:
        kumo-fixtures migrate rehearse .kumo-data/shop --steps migrations
        kumo-fixtures migrate rehearse .kumo-data/shop --steps migrations --stat
        kumo-fixtures migrate rehearse .kumo-data/shop --steps migrations --chaos
        kumo-fixtures migrate rehearse shop --layout blobs --chaos --chaos-trials all
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "The version to stop at (default: the last one).")
  var to: Int?

  @Flag(name: .long, help: "Rehearse steps although later ones were applied.")
  var allowOutOfOrder = false

  @Flag(name: .long, help: "Let it go wrong in every way instead.")
  var chaos = false

  @Option(name: .long, help: "With --chaos: how many accidents at most, evenly chosen, or all.")
  var chaosTrials = TrialLimit(count: 200)

  @Flag(name: .long, help: "Show only how many resources would be added, removed and changed.")
  var stat = false

  @OptionGroup var layout: LayoutOptions
  @OptionGroup var options: MigrationOptions

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if chaos, stat { throw ValidationError("--stat is about the difference, which --chaos does not show") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let isQuiet = common.quiet || chaos
    let run = try options.run(path, quiet: isQuiet, in: context)
    try run.checkSum()
    let request = MigrationPlanner.Request(
      path: path, target: to, allowsOutOfOrder: allowOutOfOrder, arguments: options.steps.stepArguments)
    let rehearsal = Rehearsal(run.executor)
    if chaos { return try self.chaos(run, rehearsal, request, in: context) }
    let layout = layout.request?.step(quiet: isQuiet, in: context)
    return try rehearsal.run(run.target, request, layout: layout) { original, copy, outcome in
      try report(outcome, try RehearsalDifference(original, copy, isStatistic: stat, in: context), in: context)
      return .success
    }
  }

  private func report(
    _ outcome: MigrationOutcome, _ difference: RehearsalDifference, in context: CommandContext
  ) throws {
    switch options.format {
    case .text:
      guard !outcome.steps.isEmpty else {
        return try context.result("\(path) has version \(outcome.versions.after), nothing to do")
      }
      for step in outcome.steps {
        try context.result("  would have \(step.what) \(step.id) (\(step.milliseconds) ms)")
        for note in step.notes { try context.result("    \(note)") }
      }
      try context.environment.standardOutput.write(difference.text)
      try context.result(
        "rehearsed \(path) from version \(outcome.versions.before) to \(outcome.versions.after); nothing was changed")
    case .json:
      var json = JSONWriter(style: .pretty)
      json.beginObject()
      json.key("outcome")
      MigrationRun.write(path, outcome, to: &json)
      json.key("difference")
      difference.write(to: &json)
      json.endObject()
      try context.result(json)
    }
  }

  private func chaos(
    _ run: MigrationRun, _ rehearsal: Rehearsal, _ request: MigrationPlanner.Request, in context: CommandContext
  ) throws -> ExitStatus {
    let progress = ProgressMeter("rehearsing accidents", in: context.environment, quiet: common.quiet)
    let trials = ChaosRehearsal(
      run.executor, request, limit: chaosTrials.count, layout: layout.request?.step(quiet: true, in: context),
      kill: killer(run.executor.settings, in: context))
    let report = try rehearsal.chaos(run.target, trials) { _, _ in progress.add(files: 1) }
    progress.finish()
    let shown = ChaosText(path: path, report: report)
    switch options.format {
    case .text: for line in shown.lines { try context.result(line) }
    case .json: try context.result(shown.json)
    }
    return report.failures.isEmpty ? .success : .findings
  }

  /// Starts this program again to migrate a copy, and to be killed on the way. Only there does a kill end what a kill
  /// ends.
  private func killer(
    _ settings: MigrationSettings, in context: CommandContext
  ) -> (@Sendable (FilePath, Int) throws -> Void)? {
    guard let program = context.environment.program else { return nil }
    var variables = context.environment.variables
    // Both must write the same ledger, or the result of the child is another: the very second, not a new look at the
    // clock.
    variables["SOURCE_DATE_EPOCH"] = "\(settings.now)"
    let (steps, running) = (options.steps, options.running)
    var arguments = [
      "--quiet", "--step-timeout", "\(running.stepTimeout)", "--keep-snapshots", "\(running.keepSnapshots)",
    ]
    if let folder = steps.folder(in: context) { arguments += ["--steps", folder.path.string] }
    if let sum = steps.sumFile(in: context) { arguments += steps.sum == nil ? [] : ["--sum", sum.path.string] }
    if let to { arguments += ["--to", "\(to)"] }
    if let name = layout.layout { arguments += ["--layout", name.rawValue] }
    if allowOutOfOrder { arguments.append("--allow-out-of-order") }
    let (environment, typed) = (variables, arguments)
    return { copy, number in
      var launch = ChildProcess.Launch(
        program, ["migrate", "apply", copy.string] + typed + ["--kill-at", "\(number)"], environment: environment)
      launch.log = "/dev/null"
      // When the rehearsal itself is killed, nothing works on in its folder.
      launch.deathSignal = SIGKILL
      let child = try ChildProcess(launch)
      _ = child.wait()
      // Programs that a step had started live in the child's group.
      child.endGroup(patience: .zero)
    }
  }
}

/// How many accidents are tried: a number or `all`.
struct TrialLimit: ExpressibleByArgument, Sendable {
  let count: Int

  init(count: Int) { self.count = count }

  init?(argument: String) {
    guard let count = argument == "all" ? Int.max : Int(argument), count > 0 else { return nil }
    self.count = count
  }

  var defaultValueDescription: String { "\(count)" }
}
