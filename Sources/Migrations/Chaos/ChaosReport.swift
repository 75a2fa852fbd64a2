/// How a migration stands every kind of accident at every durable operation.
package struct ChaosReport: Sendable {
  /// One accident.
  package struct Trial: Sendable {
    /// How the directory was found afterwards.
    package enum End: Sendable, Equatable {
      /// As before the migration, in every byte.
      case old
      /// As after it, in every byte.
      case new
      /// Neither: this is what must never be.
      case third(String)
    }

    /// What went wrong.
    package var fault: ChaosFault
    /// Where.
    package var point: ChaosPoint
    /// How the directory was found.
    package var end: End
    /// Why it could not be resumed; nil when it could.
    package var resumeProblem: String?

    /// Whether all is well.
    package var isFine: Bool {
      if case .third = end { return false }
      return resumeProblem == nil
    }
  }

  /// Every durable operation of the migration.
  package var points: [ChaosPoint] = []
  /// The accidents that were tried.
  package var trials: [Trial] = []
  /// How many there are in all.
  package var possible = 0
  /// Why some kinds were not tried.
  package var notes: [String] = []

  /// Trials that ended in a third state or could not be resumed.
  package var failures: [Trial] { trials.filter { !$0.isFine } }
  /// How many ended so.
  package func count(_ end: Trial.End) -> Int { trials.filter { $0.end == end }.count }
}
