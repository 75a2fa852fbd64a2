import ArgumentParser
import Emulator
import Files
import Glibc
import Harness
import KumoState
import Runs
import SystemPackage
import Validation

/// `run`: the whole harness around a test command.
package struct RunCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run a test command with a private directory and a KUMO of its own.",
    discussion: """
      Prepares a run, validates it (KUMO is never started on data that it would drop), starts KUMO on a free port, \
      checks that it serves everything, runs the command with AWS_ENDPOINT_URL, dummy credentials and KUMO_DATA_DIR, \
      stops KUMO so that it saves, and removes the run. After a failure logs and directory are redacted and packed, \
      and the path is printed; when that cannot be done the directory is kept. Ctrl-C is passed on; a second one ends \
      everything by force.

      Exit code: the command's own; 2 or 3 when the harness failed, with the stage in the message.

      Examples:
        kumo-fixtures run --spec shop -- pytest tests/integration
        kumo-fixtures run --from shop.tar.zst --kumo ./kumo -- go test ./...
        kumo-fixtures run --endpoint http://127.0.0.1:4566 --seed shop -- npm test
        kumo-fixtures run --from ./shop --repeat 2 --restart-between -- ./survives.sh
      """)

  @OptionGroup var options: RunOptions
  @OptionGroup var place: RunsFolderOptions

  @Option(name: .long, help: "KUMO's program (default: KUMO_BIN, or 'kumo' from PATH).")
  var kumo: String?

  @Option(name: .long, help: "Use the KUMO at this address instead of starting one.")
  var endpoint: String?

  @Option(name: .long, help: "After the start, put in over the API what KUMO does not serve of this spec.")
  var seed: String?

  @Option(name: .long, help: "KUMO's port (default: a free one).")
  var port: UInt16?

  @Option(name: .customLong("repeat"), help: "Run the command so often; the first failure ends it.")
  var repetitions = 1

  @Flag(name: .long, help: "Stop KUMO and start it again between two commands.")
  var restartBetween = false

  @Flag(name: .long, help: "Keep the directory, also when all went well.")
  var keep = false

  @Flag(name: .long, help: "Remove the directory also when something failed, and pack nothing.")
  var removeFailed = false

  @Option(name: .long, help: "The folder for the redacted artifact of a failed run.")
  var failures = ".kumo-data/failures"

  @Flag(name: .long, help: "Start KUMO also when validation finds errors, and do not compare what it serves.")
  var noCheck = false

  @Option(name: .long, help: "Seconds that KUMO may take to start.")
  var timeout: Int = 30

  @OptionGroup var common: CommonOptions

  @Argument(parsing: .postTerminator, help: "The command and its arguments, after '--'.")
  var command: [String] = []

  package init() {}

  package func validate() throws {
    if command.isEmpty { throw ValidationError("name the command after '--'") }
    if repetitions < 1 { throw ValidationError("--repeat counts from 1") }
    if endpoint != nil, kumo != nil || port != nil || restartBetween {
      throw ValidationError("--endpoint means a KUMO that runs already; --kumo, --port and --restart-between start one")
    }
    if keep, removeFailed { throw ValidationError("--keep and --remove-failed contradict each other") }
    if timeout < 1 { throw ValidationError("--timeout takes seconds from 1") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let outcome = try CommandFailure.translating {
      let cancellation = context.environment.cancellation
      let plan = try plan(in: context)
      // From here on there may be a server and a command to be ended, whatever signals come.
      cancellation.stayForCleanUp()
      return try Harness(plan) { line in
        // A closed standard error is no reason to leave a server running.
        try? context.message(line, unless: common.quiet)
      } signal: {
        cancellation.signal
      } isUrgent: {
        cancellation.isUrgent
      }.run()
    }
    if let preserved = outcome.preserved {
      try context.message("what is left of the run is in \(preserved), without secrets", unless: false)
    }
    if let kept = outcome.keptDirectory { try context.message("the run's directory is kept: \(kept)", unless: false) }
    guard outcome.code == 0 else { throw CommandExit(code: outcome.code) }
    return .success
  }

  private func plan(in context: CommandContext) throws -> Harness.Plan {
    let environment = context.environment
    let owner = try RunOwner(process: getpid())
    let (source, program) = (try emulator(in: context), try program(command[0], in: context, what: "the command"))
    var plan = Harness.Plan(
      runs: place.folder(in: context), request: try options.request(owner: owner, in: context), emulator: source,
      program: program, arguments: Array(command.dropFirst()), variables: environment.variables
    ) { try options.fill($0, in: context) }
    plan.fixture = try options.fixture(in: context)
    plan.repetitions = repetitions
    plan.restartsBetween = restartBetween
    plan.keeps = keep
    plan.keepsFailed = !removeFailed
    plan.patience = .seconds(timeout)
    if !removeFailed {
      let failed = FailedRun(folder: environment.path(failures), context: context)
      plan.preserve = { try failed.pack($0) }
    }
    if let seed {
      plan.seed = { _, endpoint in try RunSeed(spec: seed, context: context).put(into: endpoint) }
    }
    plan.adoptsOrphans = context.environment.ownsProcess
    guard !noCheck else { return plan }
    let now = environment.now()
    plan.preflight = { directory in try Self.check(directory, now: now) }
    plan.expectation = { directory in try ServedState(holding: Directory.open(directory)) }
    return plan
  }

  private func emulator(in context: CommandContext) throws -> Harness.Source {
    if let endpoint { return .running(try Endpoint(parsing: endpoint)) }
    let name = kumo ?? context.environment.variables["KUMO_BIN"] ?? "kumo"
    return .program(try program(name, in: context, what: "KUMO"), port: port)
  }

  private func program(_ name: String, in context: CommandContext, what: String) throws -> FilePath {
    let environment = context.environment
    if let path = ProgramPath.find(name, in: environment.variables, from: environment.workingDirectory) { return path }
    let hint = what == "KUMO" ? "name its program with --kumo or KUMO_BIN, or its address with --endpoint" : nil
    throw CommandFailure(.failure, "\(what) '\(name)' is no program that can be started", hint: hint)
  }

  /// Refuses a directory that KUMO would not load completely.
  private static func check(_ directory: FilePath, now: Int64) throws {
    var validator = Validator()
    validator.now = now
    let report = try validator.validate(directory: directory)
    let errors = report.count(of: .error)
    guard errors > 0 else { return }
    let text = String(decoding: FindingFormat.text.render(report, of: directory.string), as: UTF8.self)
    throw HarnessProblem(
      "KUMO would not load this directory completely (\(errors) errors), so it was not started",
      hint: "correct the fixture, or add --no-check", details: text.split(separator: "\n").prefix(20).map(String.init))
  }
}

/// Ends the program with the code of the command that it ran.
struct CommandExit: Error {
  let code: Int32
}
