import Glibc

/// The process that a run belongs to: as long as it lives, nobody else touches the run's directory.
package struct RunOwner: Sendable, Equatable {
  /// Its process id.
  package var process: Int32
  /// When it started, in clock ticks since the machine did.
  package var started: UInt64
  /// The start of the machine that `started` counts from.
  package var bootID: String
  /// The name space of `process`.
  package var processNamespace: String
  /// The machine's name, for messages.
  package var host: String

  /// Describes an owner.
  package init(process: Int32, started: UInt64, bootID: String, processNamespace: String, host: String) {
    self.process = process
    self.started = started
    self.bootID = bootID
    self.processNamespace = processNamespace
    self.host = host
  }

  /// A process of this machine.
  ///
  /// - Throws: `.noProcess` when it is not there or `/proc` does not show it.
  package init(process: Int32) throws(RunsError) {
    guard let entry = ProcessTable.entry(process), !entry.isZombie, let boot = ProcessTable.bootID(),
      let space = ProcessTable.processNamespace()
    else {
      throw RunsError(
        .noProcess, "process \(process) cannot own a run: it is not there, or /proc does not show it",
        hint: "name a process that lives as long as the run is in use")
    }
    self.init(
      process: process, started: entry.started, bootID: boot, processNamespace: space, host: ProcessTable.hostName())
  }

  /// Who owns a run that a short command prepares for others: the leader of the session (the terminal's shell, or
  /// what the CI agent started), because the command itself and often also its shell end at once.
  ///
  /// - Throws: `.noProcess` when `/proc` shows neither the leader nor the parent.
  package static func session() throws(RunsError) -> RunOwner {
    let leader = getsid(0)
    if leader > 1, leader != getpid(), let owner = try? RunOwner(process: leader) { return owner }
    return try RunOwner(process: max(1, getppid()))
  }

  /// Whether an owner is still there.
  package enum Life: Sendable, Equatable {
    /// It is.
    case alive
    /// It is not, for this reason.
    case dead(String)
    /// It cannot be known here, for this reason; it counts as alive.
    case unknown(String)
  }

  /// Looks whether the owner is still there.
  package var life: Life {
    guard ProcessTable.bootID() == bootID else {
      return .unknown("it ran on '\(host)' or before this machine was started")
    }
    guard ProcessTable.processNamespace() == processNamespace else {
      return .unknown("it runs in another container of this machine ('\(host)')")
    }
    guard ProcessTable.exists(process) else { return .dead("process \(process) is gone") }
    // Hidden processes of other users exist without an entry.
    guard let entry = ProcessTable.entry(process) else { return .alive }
    if entry.started != started { return .dead("process \(process) is gone, its number is used by another") }
    return entry.isZombie ? .dead("process \(process) has ended") : .alive
  }

  /// For messages: `process 123 on 'host'`.
  package var description: String { "process \(process) on '\(host)'" }
}
