import FixtureTree

/// What a rollback was asked to do.
package struct RollbackRequest: Sendable {
  /// How to go back.
  package enum Way: Sendable, Equatable {
    /// Put the snapshot that was taken before the step in place.
    case snapshot
    /// Let every step take its own work back, and prove that by the recorded digests.
    case down(acceptsUnproven: Bool)
  }

  /// The directory as the user named it.
  package var path: String
  /// The version to go back to; nil for the state before the last row of the ledger.
  package var target: Int?
  /// How to go back.
  package var way: Way
  /// The options about steps as they are typed again, with a space in front, for the commands in messages.
  package var arguments: String

  package init(path: String, target: Int? = nil, way: Way = .snapshot, arguments: String = "") {
    self.arguments = arguments
    self.path = path
    self.target = target
    self.way = way
  }

  /// The place of the first row of a ledger that is taken back.
  ///
  /// - Throws: `MigrationError` when there is none, or when no row begins at the version.
  func firstRow(in document: FixtureDocument) throws(MigrationError) -> Int {
    let ledger = document.ledger
    let steps = ledger.indices.filter { ledger[$0].kind != .baseline }
    guard let last = steps.last else {
      throw MigrationError(
        .refused, "no step was applied to '\(path)': it began with version \(document.version)",
        hint: "an older version is made with 'kumo-fixtures generate', from the spec as it was then")
    }
    guard let target else { return last }
    let first = ledger.indices.first { ledger[$0].kind != .baseline && ledger[$0].to > target }
    guard target < document.version, let first else {
      throw MigrationError(
        .usage, "'\(path)' has version \(document.version), which is not later than \(target)",
        hint: "run 'kumo-fixtures migrate status \(path)\(arguments)' to see its steps")
    }
    guard Self.version(before: first, of: document) == target else {
      let versions = Set(steps.map { Self.version(before: $0, of: document) }).sorted()
      throw MigrationError(
        .usage, "'\(path)' never had version \(target)",
        hint: "it can go back to \(versions.map { "\($0)" }.joined(separator: ", "))")
    }
    return first
  }

  /// The version that a directory had before a row was written.
  static func version(before index: Int, of document: FixtureDocument) -> Int {
    let rows = document.ledger[..<index].filter { $0.kind != .layout }
    return rows.map(\.to).max() ?? document.ledger[index].from
  }
}
