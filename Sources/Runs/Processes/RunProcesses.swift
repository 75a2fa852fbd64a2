import Files
import Glibc
import SystemPackage

/// Finds and ends processes of a run whose owner started them: the command's, also those that gave themselves another
/// group or session, and the KUMO that a harness started.
///
/// They carry a mark in the environment that they were started with: the path of the run's directory. It counts when it
/// leads each process, which may have another root (a container), to the very directory that is meant.
package enum RunProcesses {
  /// The variable that marks the processes of a run's command.
  package static let commandMark = "KUMO_FIXTURES_RUN"
  /// The variable that marks the KUMO of a run.
  package static let emulatorMark = "KUMO_FIXTURES_EMULATOR"

  /// The processes of a run's command, ascending; never this process or those above it.
  package static func command(of directory: Directory) -> [Int32] { marked(commandMark, directory) }

  /// The KUMO that a harness started for a run; more than one when an older one does not end.
  package static func emulators(of directory: Directory) -> [Int32] { marked(emulatorMark, directory) }

  private static func marked(_ mark: String, _ directory: Directory) -> [Int32] {
    guard let own = try? directory.status() else { return [] }
    let above = ProcessTable.ancestors()
    return ProcessTable.all().filter { process in
      guard !above.contains(process), let path = ProcessTable.variable(mark, of: process) else { return false }
      return DirectoryUsers.status(of: path, seenBy: process)?.isSameFile(as: own) ?? false
    }
  }

  /// Asks processes to end, and ends those that do not.
  ///
  /// - Parameters:
  ///   - list: which ones, looked at again and again, because they may start others.
  ///   - patience: how long they may take.
  ///   - isUrgent: asked meanwhile; true ends the patience.
  /// - Returns: how many there were at first.
  @discardableResult
  package static func end(
    _ list: () -> [Int32], patience: Duration, isUrgent: () -> Bool = { false }
  ) -> Int {
    let found = list()
    guard !found.isEmpty else { return 0 }
    for process in found { kill(process, SIGTERM) }
    let deadline = ContinuousClock.now + patience
    while !list().isEmpty, ContinuousClock.now < deadline, !isUrgent() { usleep(5_000) }
    let last = ContinuousClock.now + .seconds(2)
    var left = list()
    while !left.isEmpty, ContinuousClock.now < last {
      for process in left { kill(process, SIGKILL) }
      usleep(2_000)
      left = list()
    }
    return found.count
  }
}
