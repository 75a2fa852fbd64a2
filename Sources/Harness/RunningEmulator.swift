import Emulator
import Runs
import SystemPackage

/// An emulator that a command can use, started by us or not.
struct RunningEmulator: Sendable {
  let endpoint: Endpoint
  /// Nil when it was there before.
  let process: EmulatorProcess?

  /// Stops it if it is ours.
  ///
  /// - Throws: `HarnessProblem` when it did not end by itself, so that its last state may be lost.
  func stop(_ directory: FilePath, unless isUrgent: () -> Bool) throws {
    guard let process else { return }
    let (end, wasKilled) = process.stop(bytes: RunStatus(path: directory).size().bytes, unless: isUrgent)
    guard wasKilled || end?.code != 0 else { return }
    let how = wasKilled ? "did not end in time and was killed" : "ended with code \(end?.code ?? -1)"
    throw HarnessProblem(
      "KUMO \(how): what it had not saved yet is lost", hint: "see \(directory)/logs/kumo.log",
      details: LogTail.lines(of: directory.appending("logs/kumo.log"), count: 5))
  }
}
