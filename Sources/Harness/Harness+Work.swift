import Emulator
import Files
import Glibc
import Runs
import SystemPackage

extension Harness {
  /// Everything that happens with the directory.
  func work(
    in path: FilePath, namespace: String?, _ clock: inout StageClock
  ) throws(HarnessError) -> (Int32, Int) {
    if let prepareFixture = plan.prepareFixture {
      if let done = try clock.time(.migrate, { try prepareFixture(path) }) { notice(done) }
    }
    try clock.time(.preflight) { try plan.preflight(path) }
    var emulator: RunningEmulator?
    let log = Self.commandLog(in: path)
    var iteration = 0
    var code: Int32 = 0
    do throws(HarnessError) {
      while iteration < max(1, plan.repetitions), code == 0 {
        iteration += 1
        if emulator == nil { emulator = try start(path, isFirst: iteration == 1, &clock) }
        guard let current = emulator else { break }
        let variables = CommandVariables.make(
          from: plan.variables, directory: path, endpoint: current.endpoint, namespace: namespace, iteration: iteration)
        code = try clock.time(.command) { try command(variables, beside: current, in: path, log) }
        if plan.restartsBetween, iteration < plan.repetitions, code == 0 {
          try clock.time(.stop) { try current.stop(path, unless: isUrgent) }
          emulator = nil
        }
      }
      if let emulator { try clock.time(.stop) { try emulator.stop(path, unless: isUrgent) } }
    } catch {
      // The first failure is the one that is told.
      try? emulator?.stop(path, unless: isUrgent)
      throw error
    }
    return (code, iteration)
  }

  func start(
    _ path: FilePath, isFirst: Bool, _ clock: inout StageClock
  ) throws(HarnessError) -> RunningEmulator {
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
          program: program, dataDirectory: path, log: path.appending("logs/kumo.log"),
          environment: plan.variables.merging([RunProcesses.emulatorMark: path.string]) { $1 })
        launch.port = port
        launch.patience = plan.patience
        let process = try EmulatorProcess.start(launch) { signal() != nil }
        notice("KUMO answers at \(process.endpoint) after \(process.startMilliseconds) ms")
        return (RunningEmulator(endpoint: process.endpoint, process: process), expected)
      }
    }
    do throws(HarnessError) {
      // An emulator that is there already gets its data now; one that we start has it, and is looked at untouched first.
      if emulator.0.process == nil { try seed(path, emulator.0, &clock) }
      try clock.time(.verify) { try verify(emulator.0, expected: emulator.1) }
      if emulator.0.process != nil, isFirst { try seed(path, emulator.0, &clock) }
    } catch {
      // Not stopped but killed: what KUMO would save now is what it failed to load.
      emulator.0.process?.kill()
      throw error
    }
    return emulator.0
  }

  private func seed(
    _ path: FilePath, _ emulator: RunningEmulator, _ clock: inout StageClock
  ) throws(HarnessError) {
    guard let seed = plan.seed else { return }
    if let done = try clock.time(.seed, { try seed(path, emulator.endpoint) }) { notice(done) }
  }

  private func verify(_ emulator: RunningEmulator, expected: ServedState?) throws {
    guard let expected else { return }
    let served = try LiveView(emulator.endpoint, deadline: Deadline(in: plan.patience)).state()
    let isOurs = emulator.process != nil
    // What else an emulator serves that others use, too, is their business.
    let differences = expected.differences(from: served).filter { isOurs || $0.expected != nil }
    guard !differences.isEmpty else { return }
    throw HarnessProblem(
      isOurs
        ? "KUMO does not serve what its directory holds: it dropped something silently"
        : "the KUMO at \(emulator.endpoint) does not serve what the fixture holds",
      hint: isOurs
        ? "run 'kumo-fixtures validate' on the directory to see what this release does not load"
        : "start it on that fixture, or put in what it lacks with --seed SPEC",
      details: differences.map { difference in
        let name = DisplayName.escape(difference.name)
        let expected = difference.expected.map(String.init) ?? "none"
        return
          "\(difference.kind) '\(name)': \(expected) in the directory, \(difference.served.map(String.init) ?? "none") served"
      })
  }

  /// The file that keeps what the command prints; nil when there can be none, which is no reason not to run it.
  private static func commandLog(in path: FilePath) -> WritableFile? {
    guard let directory = try? Directory.open(path) else { return nil }
    // A run that is gone on with has one.
    try? directory.remove("logs/command.log")
    return try? directory.create("logs/command.log")
  }

  /// Runs the command to its end, passing signals and output on.
  private func command(
    _ variables: [String: String], beside emulator: RunningEmulator, in path: FilePath, _ log: WritableFile?
  ) throws -> Int32 {
    let output = log.map { CommandOutput($0) }
    let isUrgent = {
      output?.pump()
      return self.isUrgent()
    }
    var launch = ChildProcess.Launch(plan.program, plan.arguments, environment: variables)
    launch.sharesTerminal = true
    if let output { launch.streams = output.given }
    launch.deathSignal = SIGTERM
    let adopted = plan.adoptsOrphans ? AdoptedProcesses() : nil
    let child = try ChildProcess(launch)
    output?.closeGiven()
    defer {
      Terminal.takeBack()
      child.endGroup(patience: .seconds(2), unless: isUrgent)
      // Whoever adopts has all of them as children; only otherwise they must be looked for by their mark.
      let count =
        adopted?.end(except: child.process, patience: .seconds(2), isUrgent: isUrgent)
        ?? RunProcesses.end({ commandProcesses(of: path) }, patience: .seconds(2), isUrgent: isUrgent)
      output?.finish(patience: .seconds(1), unless: self.isUrgent)
      if count > 0 { notice("ended \(count) process(es) that the command left behind") }
    }
    var passedOn: Int32?
    var emulatorEnd: ChildProcess.End?
    while child.wait(unless: { isUrgent() || emulator.process?.end() != nil || signal() != passedOn }) == nil {
      if isUrgent() {
        child.send(SIGKILL)
        // It may have given itself another group; it is our child in any case, and not waited for yet.
        kill(child.process, SIGKILL)
        _ = child.wait(deadline: Deadline(in: .seconds(5)))
        break
      }
      if let number = signal(), passedOn != number {
        // The terminal sends Ctrl-C to the command, too; twice, it would be more than was asked for.
        if !child.sharesTerminal || number != SIGINT { child.send(number) }
        passedOn = number
      }
      emulatorEnd = emulator.process?.end()
      guard emulatorEnd != nil else { continue }
      child.endGroup(patience: .seconds(5), unless: isUrgent)
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

  private func commandProcesses(of path: FilePath) -> [Int32] {
    guard let directory = try? Directory.open(path) else { return [] }
    return RunProcesses.command(of: directory)
  }

  func tearDown(
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
