/// One step from a fixture's version to the next.
///
/// A shipped step never changes: directories remember the digest of its `definition`, and a step whose digest is
/// another than the recorded one is reported as changed. Steps see the data through `DirectoryView` only.
public protocol MigrationStep: Sendable {
  /// Names the step for ever: letters, digits, `.`, `_` and `-`, for example `0002-split-names`.
  var id: String { get }
  /// The version that it begins at.
  var from: Int { get }
  /// The version that it leads to, greater than `from`. The next step begins there.
  var to: Int { get }
  /// One line for people.
  var title: String { get }
  /// How the step was written.
  var kind: StepKind { get }
  /// The fixture that the step is for; nil for every fixture (the default).
  var fixture: String? { get }
  /// What the step does, as bytes that do not depend on the version of any tool: the text of a document, the constant
  /// and parameters of a Swift step, the digest of a program. Line ends are taken as LF and a byte order mark is left
  /// out.
  ///
  /// `id`, `from`, `to` and `title` are no part of it, so that a step can get another place when two branches meet.
  var definition: [UInt8] { get }
  /// What the step declares to touch.
  var scope: StepScope { get }
  /// Ids of older steps that this one stands for; they are no longer registered. A directory to which all of them were
  /// applied only gets the new record; one to which none was applied gets this step.
  var supersedes: [String] { get }
  /// Where the step was written.
  var location: StepLocation { get }
  /// Whether `revert(in:)` takes the step back exactly.
  var isReversible: Bool { get }
  /// Why it cannot be taken back, as the end of a sentence; only asked when `isReversible` is false.
  var irreversibility: String { get }

  /// Does the step on a copy that nobody else sees yet.
  func apply(to view: DirectoryView) throws
  /// The same for a directory to which some, but not all, of the superseded steps were applied. Refused by default.
  func apply(to view: DirectoryView, after applied: Set<String>) throws
  /// Takes the step back; only called when `isReversible`.
  func revert(in view: DirectoryView) throws
}

extension MigrationStep {
  /// For every fixture.
  public var fixture: String? { nil }
  /// Stands for no older step.
  public var supersedes: [String] { [] }
  /// Cannot be taken back.
  public var isReversible: Bool { false }
  /// Nothing is known.
  public var irreversibility: String { "it says nothing about how to take it back" }

  /// Refuses: what the missing part would be is not known.
  public func apply(to view: DirectoryView, after applied: Set<String>) throws {
    let missing = supersedes.filter { !applied.contains($0) }.joined(separator: ", ")
    throw StepError(
      "'\(id)' stands for several steps of which only a part was applied (missing: \(missing))",
      hint: "apply the older steps with the version of the project that has them, then apply this one")
  }

  /// Refuses.
  public func revert(in view: DirectoryView) throws {
    throw StepError("'\(id)' cannot be taken back: \(irreversibility)", hint: "restore the snapshot instead")
  }
}
