import Glibc

extension RunRecord {
  /// Makes sure that this process may end an active run: whoever made it (the shell above us, a harness for itself,
  /// the session we are in), and anybody when its owner is dead.
  ///
  /// - Parameter deadOnly: whether a living owner counts as somebody else's in any case.
  /// - Throws: `RunsError` with `.taken`.
  package func requireOwnership(deadOnly: Bool = false) throws(RunsError) {
    switch owner.life {
    case .dead: return
    case .alive:
      let own = ProcessTable.ancestors().union([getsid(0)])
      if !deadOnly, own.contains(owner.process) { return }
      throw owned(because: "which is at work")
    case .unknown(let why):
      throw owned(because: "and whether it is still at work cannot be seen here: \(why)")
    }
  }

  private func owned(because reason: String) -> RunsError {
    RunsError(
      .taken, "the run '\(run)' belongs to \(ownerText), \(reason)",
      hint: "let its owner tear it down, or add --force when you know that nobody uses it")
  }
}
