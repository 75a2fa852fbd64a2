/// What `fixture.json` says of the data directory it stands in (product.md, "Files in a data directory that are ours").
///
/// The file is canonical: members sorted by bytes, two spaces of indentation, one final newline, so that it reads well
/// in a review and the same fixture has the same bytes everywhere. It holds no time of its own making and, outside of
/// what was done to a fixture once, no tool version: both would change a fixture's digest when nothing in the fixture
/// changed.
public struct FixtureDocument: Sendable, Equatable {
  /// The format of `fixture.json` that this tool writes. A greater number is refused for writing.
  public static let currentFormat = 1

  /// How the directory came to be a fixture.
  public enum Origin: String, Sendable {
    /// Written by `generate` from a spec.
    case generated
    /// Written by KUMO and given its `fixture.json` by `adopt`.
    case adopted
  }

  /// What the generating spec was, enough to notice that the same name now means something else.
  public struct SpecRecord: Sendable, Equatable {
    /// SHA-256 over the canonical form of the spec, as `sha256:<64 hex>`.
    public var digest: String
    /// The seed that every generated value derives from.
    public var seed: String
    /// The instant that every generated time derives from, RFC 3339.
    public var clock: String
    /// The prefix of names and keys; empty when there is none.
    public var namespace: String
    /// Each generator that the spec uses with the version of its algorithm, as `name/version`, sorted by bytes.
    public var generators: [String]

    /// Describes a spec.
    public init(digest: String, seed: String, clock: String, namespace: String, generators: [String]) {
      self.digest = digest
      self.seed = seed
      self.clock = clock
      self.namespace = namespace
      self.generators = generators
    }
  }

  /// The format number of the file itself.
  public var format: Int
  /// The fixture's name.
  public var name: String
  /// The fixture's version: what migrations count.
  public var version: Int
  /// The version of the application that the fixture was made for, when somebody said so.
  public var appVersion: String?
  /// How the directory came to be a fixture.
  public var origin: Origin
  /// The S3 layout as users name it: `inline`, `portable`, `blobs`, or `none` where no S3 body shows one.
  public var layout: String
  /// The services that have a file here, sorted by bytes.
  public var services: [String]
  /// The spec behind a generated fixture.
  public var spec: SpecRecord?
  /// The migration steps that were applied, oldest first.
  public var ledger: [LedgerRow]
  /// When the last migration was applied, RFC 3339.
  public var lastMigration: String?
  /// What the last redaction replaced; nil for a fixture that was never redacted.
  public var redaction: RedactionRecord?

  /// Describes a fixture in the current format.
  public init(
    name: String, version: Int, appVersion: String? = nil, origin: Origin, layout: String, services: [String],
    spec: SpecRecord? = nil, ledger: [LedgerRow] = [], lastMigration: String? = nil
  ) {
    self.format = FixtureDocument.currentFormat
    self.name = name
    self.version = version
    self.appVersion = appVersion
    self.origin = origin
    self.layout = layout
    self.services = services
    self.spec = spec
    self.ledger = ledger
    self.lastMigration = lastMigration
  }
}
