import Emulator
import Glibc
import Runs
import SystemPackage

/// Processes that a run's command left behind although they gave themselves another group or session.
enum Leftovers {
  /// Those that carry the run's mark in their environment, ascending; never this process or those above it.
  static func processes(of directory: FilePath) -> [Int32] {
    let wanted = Array(directory.string.utf8)
    let own = ProcessTable.ancestors()
    return ProcessTable.all().filter { process in
      !own.contains(process) && ProcessTable.variable(CommandVariables.mark, of: process) == wanted
    }
  }

  /// Asks them to end, and ends those that do not.
  ///
  /// - Returns: how many there were.
  static func end(of directory: FilePath, patience: Duration) -> Int {
    let found = processes(of: directory)
    for process in found { kill(process, SIGTERM) }
    let deadline = Deadline(in: patience)
    while !processes(of: directory).isEmpty, !deadline.hasPassed { deadline.sleep(milliseconds: 10) }
    for process in processes(of: directory) { kill(process, SIGKILL) }
    return found.count
  }
}
