import Emulator
import Files
import Glibc
import Runs
import SystemPackage

/// The whole way of one test command: a private directory, a checked start of KUMO, the command, an end that leaves
/// nothing.
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
    /// Brings the data up to date before anybody looks at it; says what it did, or nil when there was nothing to do.
    package var prepareFixture: ((FilePath) throws -> String?)?
    /// Looks at the directory before KUMO does; throws what makes a start pointless or harmful.
    package var preflight: (FilePath) throws -> Void = { _ in }
    /// What a directory holds; nil when that is not to be compared with what KUMO serves.
    package var expectation: ((FilePath) throws -> ServedState)?
    /// Puts in over the API what the files cannot bring, after each first start; says what it did, or nil.
    package var seed: ((FilePath, Endpoint) throws -> String?)?
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
    /// Makes of a failed run, whose KUMO has stopped, something to take away; the directory goes then, unless `keeps`
    /// says that it stays. When this throws, the directory stays in any case.
    package var preserve: ((Failure) throws -> FilePath?)?
    /// Whether this process becomes the parent of all that the command leaves behind. For a process of its own only:
    /// its other new children would be ended, too.
    package var adoptsOrphans = false
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

  /// A run that failed.
  package struct Failure {
    /// Its directory.
    package let directory: FilePath
    /// Its name.
    package let run: String
    /// The stage of the harness that failed; nil when it was the command.
    package let stage: HarnessError.Stage?
    /// The command's exit code, when it ran to its end.
    package let code: Int32?
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
    /// What was made of a failed run.
    package var preserved: FilePath?
    /// Milliseconds of each stage that took any.
    package var milliseconds: [(stage: HarnessError.Stage, count: Int)]
  }

  let plan: Plan
  /// Told what happens, in words for the user.
  let notice: (String) -> Void
  /// The signal that somebody sent us, if any.
  let signal: () -> Int32?
  /// Whether it was sent more than once: nothing is waited for any more, everything is ended by force.
  let isUrgent: () -> Bool

  /// Makes a harness.
  package init(
    _ plan: Plan, notice: @escaping (String) -> Void, signal: @escaping () -> Int32?,
    isUrgent: @escaping () -> Bool = { false }
  ) {
    self.plan = plan
    self.notice = notice
    self.signal = signal
    self.isUrgent = isUrgent
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
      var outcome = Outcome(code: code, iterations: iterations, milliseconds: [])
      if code == 0 {
        outcome.keptDirectory = plan.keeps ? path : nil
      } else {
        (outcome.keptDirectory, outcome.preserved) = collect(
          Failure(directory: path, run: prepared.record.run, stage: nil, code: code), &clock)
      }
      if outcome.keptDirectory == nil { try tearDown(path, prepared, &clock) }
      outcome.milliseconds = clock.milliseconds
      return outcome
    } catch {
      // A directory that could not be removed is no failure to look into.
      guard error.stage != .teardown else { throw error }
      let failure = Failure(directory: path, run: prepared.record.run, stage: error.stage, code: nil)
      let (kept, preserved) = collect(failure, &clock)
      if let preserved { notice("what is left of the run is in \(preserved), without secrets") }
      if let kept { notice("the run's directory is kept: \(kept)") } else { try? tearDown(path, prepared, &clock) }
      throw error
    }
  }

  /// Makes of a failed run what is to be taken away.
  ///
  /// - Returns: the directory when it is to stay, and what was made.
  private func collect(_ failure: Failure, _ clock: inout StageClock) -> (kept: FilePath?, preserved: FilePath?) {
    guard let preserve = plan.preserve, !isUrgent() else {
      return (plan.keeps || plan.keepsFailed ? failure.directory : nil, nil)
    }
    do throws(HarnessError) {
      let made = try clock.time(.collect) { try preserve(failure) }
      return (plan.keeps || (made == nil && plan.keepsFailed) ? failure.directory : nil, made)
    } catch {
      // Without it the directory is all that tells what happened.
      notice("the failed run could not be packed: \(error.cause)")
      return (failure.directory, nil)
    }
  }
}
