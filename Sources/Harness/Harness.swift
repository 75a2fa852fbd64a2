import Emulator
import Files
import Glibc
import Runs
import SystemPackage

/// The whole way of one test command: a private directory, a checked start of KUMO, the command, an end that leaves nothing.
package struct Harness {
  /// What is to be done.
  package struct Plan {
    /// The folder of the runs.
    package var runs: RunsFolder
    /// The run to be.
    package var request: RunsFolder.Request
    /// What it begins as, when that is known before.
    package var fixture: RunRecord.Fixture?
    /// Writes the data into the new directory.
    package var fill: (Directory) throws -> RunRecord.Fixture?
    /// Looks at the directory before KUMO does; throws what makes a start pointless or harmful.
    package var preflight: (FilePath) throws -> Void = { _ in }
    /// What a directory holds; nil when that is not to be compared with what KUMO serves.
    package var expectation: ((FilePath) throws -> ServedState)?
    /// Where KUMO comes from.
    package var emulator: Source
    /// The command's program and its arguments.
    package var program: FilePath
    /// The command's arguments, without its name.
    package var arguments: [String]
    /// The environment that the command's and KUMO's are made from.
    package var variables: [String: String]
    /// How often the command is run, at least once; the first failure ends it.
    package var repetitions = 1
    /// Whether KUMO is stopped and started between two of them.
    package var restartsBetween = false
    /// Whether the directory stays when all went well.
    package var keeps = false
    /// Whether the directory stays when something failed.
    package var keepsFailed = true
    /// How long KUMO may take to start.
    package var patience: Duration = .seconds(30)

    /// Describes what is to be done; the rest has defaults.
    package init(
      runs: RunsFolder, request: RunsFolder.Request, emulator: Source, program: FilePath, arguments: [String],
      variables: [String: String], fill: @escaping (Directory) throws -> RunRecord.Fixture?
    ) {
      self.runs = runs
      self.request = request
      self.emulator = emulator
      self.program = program
      self.arguments = arguments
      self.variables = variables
      self.fill = fill
    }
  }

  /// Where KUMO comes from.
  package enum Source: Sendable {
    /// It is started, from this program, on a free port or this one.
    case program(FilePath, port: UInt16?)
    /// It is there already.
    case running(Endpoint)
  }

  /// How it ended.
  package struct Outcome: Sendable {
    /// The exit code of the last command that ran.
    package var code: Int32
    /// How often the command ran.
    package var iterations: Int
    /// The directory, when it stays.
    package var keptDirectory: FilePath?
    /// Milliseconds of each stage that took any.
    package var milliseconds: [(stage: HarnessError.Stage, count: Int)]
  }

  let plan: Plan
  /// Told what happens, in words for the user.
  let notice: (String) -> Void
  /// The signal that somebody sent us, if any.
  let signal: () -> Int32?

  /// Makes a harness.
  package init(_ plan: Plan, notice: @escaping (String) -> Void, signal: @escaping () -> Int32?) {
    self.plan = plan
    self.notice = notice
    self.signal = signal
  }

  /// Goes the whole way.
  ///
  /// - Throws: `HarnessError` with the stage that failed. No process and no port is left then either.
  package func run() throws(HarnessError) -> Outcome {
    var clock = StageClock()
    let prepared = try clock.time(.prepare) {
      try plan.runs.prepare(plan.request, beginningAs: plan.fixture, fill: plan.fill)
    }
    if case .purged(let reason) = prepared.decision { notice("removed an older run of this name: \(reason)") }
    if case .resumed(let reason) = prepared.decision { notice("going on with an older run's data: \(reason)") }
    let path = prepared.path
    do throws(HarnessError) {
      let (code, iterations) = try work(in: path, namespace: prepared.record.namespace, &clock)
      withExtendedLifetime(prepared) {}
      let stays = code == 0 ? plan.keeps : plan.keepsFailed
      if !stays { try tearDown(path, prepared, &clock) }
      return Outcome(
        code: code, iterations: iterations, keptDirectory: stays ? path : nil, milliseconds: clock.milliseconds)
    } catch {
      if plan.keepsFailed {
        notice("the run's directory is kept: \(path)")
      } else {
        try? tearDown(path, prepared, &clock)
      }
      throw error
    }
  }

  /// Everything that happens with the directory.
  private func work(
    in path: FilePath, namespace: String?, _ clock: inout StageClock
  ) throws(HarnessError) -> (Int32, Int) {
    try clock.time(.preflight) { try plan.preflight(path) }
    var emulator: RunningEmulator?
    var iteration = 0
    var code: Int32 = 0
    do throws(HarnessError) {
      while iteration < max(1, plan.repetitions), code == 0 {
        iteration += 1
        if emulator == nil { emulator = try start(path, &clock) }
        guard let current = emulator else { break }
        let variables = CommandVariables.make(
          from: plan.variables, directory: path, endpoint: current.endpoint, namespace: namespace, iteration: iteration)
        code = try clock.time(.command) { try command(variables, beside: current, in: path) }
        if plan.restartsBetween, iteration < plan.repetitions, code == 0 {
          try clock.time(.stop) { try current.stop(path) }
          emulator = nil
        }
      }
      if let emulator { try clock.time(.stop) { try emulator.stop(path) } }
    } catch {
      // The first failure is the one that is told.
      try? emulator?.stop(path)
      throw error
    }
    return (code, iteration)
  }

  private func start(_ path: FilePath, _ clock: inout StageClock) throws(HarnessError) -> RunningEmulator {
    let emulator = try clock.time(.start) {
      let expected = try plan.expectation?(path)
      switch plan.emulator {
      case .running(let endpoint):
        try Health.wait(for: endpoint, deadline: Deadline(in: plan.patience)) {
          signal().map { "stopped by signal \($0)" }
        }
        return (RunningEmulator(endpoint: endpoint, process: nil), expected)
      case .program(let program, let port):
        var launch = EmulatorProcess.Launch(
          program: program, dataDirectory: path, log: path.appending("logs/kumo.log"), environment: plan.variables)
        launch.port = port
        launch.patience = plan.patience
        let process = try EmulatorProcess.start(launch) { signal() != nil }
        notice("KUMO answers at \(process.endpoint) after \(process.startMilliseconds) ms")
        return (RunningEmulator(endpoint: process.endpoint, process: process), expected)
      }
    }
    do throws(HarnessError) {
      try clock.time(.verify) { try verify(emulator.0, expected: emulator.1) }
    } catch {
      // Not stopped but killed: what KUMO would save now is what it failed to load.
      emulator.0.process?.kill()
      throw error
    }
    return emulator.0
  }

  private func verify(_ emulator: RunningEmulator, expected: ServedState?) throws {
    guard let expected, emulator.process != nil else { return }
    let served = try LiveView(emulator.endpoint, deadline: Deadline(in: plan.patience)).state()
    let differences = expected.differences(from: served)
    guard !differences.isEmpty else { return }
    throw HarnessProblem(
      "KUMO does not serve what its directory holds: it dropped something silently",
      hint: "run 'kumo-fixtures validate' on the directory to see what this release does not load",
      details: differences.map { difference in
        let name = DisplayName.escape(difference.name)
        let expected = difference.expected.map(String.init) ?? "none"
        return
          "\(difference.kind) '\(name)': \(expected) in the directory, \(difference.served.map(String.init) ?? "none") served"
      })
  }

  /// Runs the command to its end, passing signals on.
  private func command(
    _ variables: [String: String], beside emulator: RunningEmulator, in path: FilePath
  ) throws -> Int32 {
    var launch = ChildProcess.Launch(plan.program, plan.arguments, environment: variables)
    launch.takesTerminal = true
    launch.deathSignal = SIGTERM
    let child = try ChildProcess(launch)
    defer {
      Terminal.takeBack()
      child.endGroup(patience: .seconds(2))
      let count = Leftovers.end(of: path, patience: .seconds(2))
      if count > 0 { notice("ended \(count) process(es) that the command left behind") }
    }
    var passedOn: Int32?
    var emulatorEnd: ChildProcess.End?
    while child.wait(unless: { emulator.process?.end() != nil || signal() != passedOn }) == nil {
      if let number = signal(), passedOn != number {
        child.send(number)
        passedOn = number
      }
      emulatorEnd = emulator.process?.end()
      guard emulatorEnd != nil else { continue }
      child.endGroup(patience: .seconds(5))
      break
    }
    // It may have died first and the command of that.
    if let emulatorEnd = emulatorEnd ?? emulator.process?.end() {
      throw HarnessProblem(
        "KUMO ended while the command was running (exit code \(emulatorEnd.code)), so the command was ended",
        hint: "see \(path)/logs/kumo.log", details: LogTail.lines(of: path.appending("logs/kumo.log"), count: 5))
    }
    return child.end()?.code ?? 1
  }

  private func tearDown(
    _ path: FilePath, _ prepared: RunsFolder.Prepared, _ clock: inout StageClock
  ) throws(HarnessError) {
    try clock.time(.teardown) {
      prepared.release()
      let report = try Teardown(path, options: .init(wait: .seconds(10))).run()
      guard report.isComplete else {
        throw HarnessProblem(
          "\(report.remaining) of \(report.files) files of the run could not be removed",
          hint: "run 'kumo-fixtures runs teardown \(path)' when the cause is gone",
          details: report.failures.map { "\($0.path): \($0.message)" })
      }
    }
  }
}
