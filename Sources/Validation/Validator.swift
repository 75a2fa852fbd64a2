import Digests
import Files
import FixtureTree
import Glibc
import KumoState
import SystemPackage

/// Finds everything in a data directory that KUMO would lose, crash on or serve wrongly, and every difference from the
/// directory's own manifest.
///
/// Reads only. Memory: one buffer and one record for each core, about 300 bytes a file, 64 bytes a blob, and what the
/// checkers state (`S3CopyIndex`, 64 bytes a key of the largest bucket).
public struct Validator: Sendable {
  /// What a fixture should be.
  public struct Expectation: Sendable, Equatable {
    /// The fixture's version.
    public var version: Int?
    /// The spec's digest, `sha256:<64 hex>`.
    public var specDigest: String?

    /// Expects a version, a spec, or both.
    public init(version: Int? = nil, specDigest: String? = nil) {
      self.version = version
      self.specDigest = specDigest
    }
  }

  /// The releases that must load the directory; nil for every release that the layout claims to load in.
  package var targets: [KumoRelease]?
  /// The time against which expiry and delays are judged, in seconds since 1970; nil for now.
  public var now: Int64?
  /// How many threads work; 0 for one on each core.
  public var workers = 0
  /// What the fixture should be, where somebody said so.
  public var expectation: Expectation?

  /// Validates for every release that the layout claims to load in, as of now, on all cores.
  public init() {}

  /// Checks everything in a directory.
  ///
  /// - Throws: an error only when the directory itself is absent or cannot be read; whatever is wrong inside is a
  ///   finding.
  public func validate(directory path: FilePath) throws -> ValidationReport {
    try validate(Directory.open(path))
  }

  /// Checks everything in an open directory.
  ///
  /// - Throws: `DigestError` when OpenSSL cannot hash at all.
  package func validate(_ directory: Directory) throws -> ValidationReport {
    let workers = self.workers > 0 ? self.workers : ProcessCores.count
    let scan = DirectoryScan(directory)
    var fixture = FixtureCheck(directory, scan: scan)
    let content = ContentPass(scan, in: directory, isWhole: fixture.manifest != nil, workers: workers)
    fixture.compare(content.digests)
    if let expectation { fixture.compare(with: expectation) }
    let services = ServicePass(
      directory: directory, targets: targets, claimedLayout: fixture.document.flatMap { Layout(rawValue: $0.layout) },
      now: now ?? Int64(time(nil)))
    let outcome = services.run(scan, blobs: content.blobs, workers: workers)
    let findings = scan.findings + fixture.findings.finish() + content.findings.finish() + outcome.findings
    return ValidationReport(
      findings: findings, fileCount: scan.files.count, byteCount: scan.files.reduce(0) { $0 + $1.size },
      layout: outcome.layout.description,
      targets: targets?.map(\.description) ?? [claimedRange(fixture.document, outcome.layout).description])
  }

  /// The releases that the layout claims to load in: the layout that the fixture says it has, or the one that its
  /// objects show.
  private func claimedRange(_ document: FixtureDocument?, _ detected: DetectedLayout) -> ReleaseRange {
    let claimed = document.flatMap { Layout(rawValue: $0.layout) } ?? detected.layout
    return claimed?.loadingReleases ?? ReleaseRange(.v6)
  }
}
