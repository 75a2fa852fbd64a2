import Files

/// The state of a run, which is the name of its sentinel file. It changes by rename only, in this order.
package enum RunState: String, Sendable, CaseIterable, Comparable {
  /// The run may be in use.
  case active
  /// It is being torn down: nobody begins to write any more, those who do are waited for.
  case draining
  /// Nobody works there; it is being deleted.
  case deletable

  /// The sentinel's name in the run's directory.
  package var sentinel: RelativePath {
    switch self {
    case .active: "active"
    case .draining: "draining"
    case .deletable: "deletable"
    }
  }

  package static func < (left: RunState, right: RunState) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .active: 0
    case .draining: 1
    case .deletable: 2
    }
  }

  /// The state of a directory; nil when it is no run. With two sentinels, which only a hand can have made, the later
  /// state counts.
  ///
  /// - Throws: `FilesError` when the directory cannot be looked at.
  package static func of(_ directory: Directory) throws(FilesError) -> RunState? {
    for state in allCases.reversed() where try directory.status(state.sentinel)?.kind == .file { return state }
    return nil
  }
}
