/// One change of a fixture by a migration, as `fixture.json` records it.
public struct LedgerRow: Sendable, Equatable {
  /// How the row came to be. Rows of kinds that this tool does not know keep their word.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    /// The word in `fixture.json`.
    public let rawValue: String
    /// A kind by its word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The step was run.
    public static let applied = Kind(rawValue: "applied")
    /// `adopt --baseline` said that the data has the effect of this step and of all before it.
    public static let baseline = Kind(rawValue: "baseline")
    /// The row stands for the rows of several steps that were merged into one.
    public static let merged = Kind(rawValue: "merged")
    /// The directory was brought to another layout of KUMO; the fixture's version stayed.
    public static let layout = Kind(rawValue: "layout")
  }

  /// The step's id.
  public var id: String
  /// How the row came to be.
  public var kind: Kind
  /// How the step was written: `swift`, `declarative`, `exec` or `layout`.
  public var stepKind: String
  /// The step's title.
  public var title: String
  /// The version that the step began at.
  public var from: Int
  /// The version that it led to.
  public var to: Int
  /// The step's digest when it was applied, `sha256:<64 hex>`.
  public var digest: String
  /// When it was applied, RFC 3339 in UTC.
  public var appliedAt: String
  /// The version of the tool that applied it.
  public var toolVersion: String
  /// The tree digest of the directory before the step, `sha256:<64 hex>`.
  public var treeDigestBefore: String
  /// The content digest of the directory after the step (it cannot be the tree digest: this row is part of that),
  /// `sha256:<64 hex>`.
  public var contentDigestAfter: String
  /// Whether a step that comes later in the list had been applied before it, and somebody accepted that.
  public var isOutOfOrder: Bool
  /// The ids of the steps that a merged row stands for.
  public var supersedes: [String]
  /// Members of a later tool that this one does not know: names, and values as they stand in `fixture.json`. They are
  /// kept.
  package var unknown: [String: [UInt8]] = [:]

  /// Describes a change.
  public init(
    id: String, kind: Kind = .applied, stepKind: String = "swift", title: String = "", from: Int = 0, to: Int = 0,
    digest: String, appliedAt: String, toolVersion: String, treeDigestBefore: String, contentDigestAfter: String,
    isOutOfOrder: Bool = false, supersedes: [String] = []
  ) {
    self.id = id
    self.kind = kind
    self.stepKind = stepKind
    self.title = title
    self.from = from
    self.to = to
    self.digest = digest
    self.appliedAt = appliedAt
    self.toolVersion = toolVersion
    self.treeDigestBefore = treeDigestBefore
    self.contentDigestAfter = contentDigestAfter
    self.isOutOfOrder = isOutOfOrder
    self.supersedes = supersedes
  }
}
