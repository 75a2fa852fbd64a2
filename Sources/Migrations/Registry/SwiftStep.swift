/// A step written in Swift.
///
/// ```swift
/// let splitNames = SwiftStep(
///   "0002-split-names", from: 1, to: 2, title: "Split names", scope: .tables("customers")
/// ) { view in
///   …
/// }
/// ```
public struct SwiftStep: MigrationStep {
  /// Names the step for ever.
  public let id: String
  /// The version that it begins at.
  public let from: Int
  /// The version that it leads to.
  public let to: Int
  /// One line for people.
  public let title: String
  /// The fixture that it is for; nil for every fixture.
  public let fixture: String?
  /// What it declares to touch.
  public let scope: StepScope
  /// Ids of older steps that it stands for.
  public let supersedes: [String]
  /// Where it was written.
  public let location: StepLocation
  /// What a change of the code must change too, because nobody can take the digest of code: `v1`, then `v2`, together
  /// with parameters of the step if it has some.
  public let revision: String
  private let applied: @Sendable (DirectoryView) throws -> Void
  private let reverted: (@Sendable (DirectoryView) throws -> Void)?

  /// Describes a step.
  ///
  /// - Parameters:
  ///   - revision: change it when the code changes before the step is shipped.
  ///   - revert: takes the step back exactly, where that can be done.
  public init(
    _ id: String, from: Int, to: Int, title: String, fixture: String? = nil, scope: StepScope, revision: String = "v1",
    supersedes: [String] = [], file: String = #fileID, line: Int = #line,
    apply: @escaping @Sendable (DirectoryView) throws -> Void,
    revert: (@Sendable (DirectoryView) throws -> Void)? = nil
  ) {
    self.id = id
    self.from = from
    self.to = to
    self.title = title
    self.fixture = fixture
    self.scope = scope
    self.revision = revision
    self.supersedes = supersedes
    self.location = StepLocation(file: file, line: line)
    self.applied = apply
    self.reverted = revert
  }

  /// Always `.swift`.
  public var kind: StepKind { .swift }
  /// The id and the revision.
  public var definition: [UInt8] { Array("swift step\nid: \(id)\nrevision: \(revision)\n".utf8) }
  /// Whether it was given a `revert`.
  public var isReversible: Bool { reverted != nil }

  /// Runs the code.
  public func apply(to view: DirectoryView) throws { try applied(view) }

  /// Runs the code that takes it back.
  public func revert(in view: DirectoryView) throws {
    guard let reverted else { throw StepError("'\(id)' says nothing about how to take it back") }
    try reverted(view)
  }
}
