import Documents

/// What a fixture holds: the one model behind documents and Swift code.
public struct FixtureSpec: Sendable, Hashable {
  /// Name of the fixture: lower-case letters, digits and `-`.
  public let name: String
  /// Version of the fixture, at least 1.
  public let version: Int
  /// Version of the application whose data this is.
  public var appVersion: String?
  /// One line for people.
  public var description: String?
  /// What every random stream derives from.
  public var seed: String
  /// When everything was created.
  public var clock: Instant
  /// Prefix of names or keys.
  public var namespace: String?
  /// What the prefix is put in front of.
  public var namespaceMode: NamespaceMode = .names
  /// Region in ARNs.
  public var region: String
  package var dataSets: [DataSet] = []
  package var buckets: [Bucket] = []
  package var tables: [Table] = []
  package var queues: [Queue] = []
  package var secrets: [Secret] = []
  package var parameters: [Parameter] = []
  package var topics: [Topic] = []
  package var rawDocuments: [RawDocument] = []
  /// What was wrong already when the model was built from Swift code; reported when the spec is resolved.
  package var problems: [SpecProblem] = []
  package var location: SpecLocation

  /// The default clock.
  public static let defaultClock = Instant(clamping: 1_767_225_600)
  /// The default region.
  public static let defaultRegion = "us-east-1"

  package init(name: String, version: Int, location: SpecLocation) {
    self.name = name
    self.version = version
    self.location = location
    seed = name
    clock = Self.defaultClock
    region = Self.defaultRegion
  }
}

/// How often an entry is written.
package enum Repetition: Sendable, Hashable {
  case once
  case count(Int)
  /// Once for each row of a data set.
  case rows(of: String)
}

/// A named set of rows that entries are written for and values are taken from.
public struct DataSet: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    case generated(count: Int, fields: [SpecMember])
    case rows([SpecValue])
    /// Path relative to the spec's directory.
    case file(String, FileFormat)
  }

  package var name: String
  package var source: Source
  package var location: SpecLocation
}

/// Formats of row files.
package enum FileFormat: String, Sendable, Hashable, CaseIterable {
  case csv
  case ndjson
}
