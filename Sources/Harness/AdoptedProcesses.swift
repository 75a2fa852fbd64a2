import CLinux
import Glibc
import Runs

/// Makes this process the parent of everything that a command leaves behind, whatever group, session or environment
/// it gives itself, and ends it.
struct AdoptedProcesses {
  private let before: Set<Int32>

  /// Begins to adopt. Children that this process has now are never ended: they may be anybody's.
  init() {
    cl_adopt_orphans(1)
    before = Set(Self.children())
  }

  private static func children() -> [Int32] {
    let own = getpid()
    return (ProcessTable.listedChildren() ?? ProcessTable.all()).filter { process in
      guard let entry = ProcessTable.entry(process), entry.parent == own else { return false }
      return !entry.isZombie
    }
  }

  /// Ends what was adopted, and stops adopting.
  ///
  /// - Parameter except: a child that is waited for elsewhere.
  /// - Returns: how many there were.
  func end(except: Int32, patience: Duration, isUrgent: () -> Bool) -> Int {
    let count = RunProcesses.end(
      { Self.children().filter { !before.contains($0) && $0 != except } }, patience: patience, isUrgent: isUrgent)
    cl_adopt_orphans(0)
    return count
  }
}
