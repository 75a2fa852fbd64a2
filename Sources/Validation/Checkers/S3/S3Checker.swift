import Digests
import Files
import JSONBytes
import KumoState

/// Checks `s3.json` together with the blobs beside it.
struct S3Checker {
  /// What else was learnt.
  struct Outcome {
    let findings: FindingCollector
    /// How the objects are stored.
    let layout: DetectedLayout
    /// The blobs, each with whether an object refers to it.
    let blobs: BlobTable
  }

  /// Reads the file once.
  ///
  /// - Parameter findings: those of the generic pass.
  /// - Throws: the JSON reader's error, or `DigestError` when OpenSSL fails.
  static func check(_ file: ServiceFile, blobs: BlobTable, findings: FindingCollector) throws -> Outcome {
    var check = try S3Check(file: file, findings: findings, blobs: blobs)
    let reader = try file.reader()
    try S3DocumentReader.read(reader, &check)
    check.checkDocument()
    return Outcome(findings: check.findings, layout: check.layouts.layout, blobs: check.blobs)
  }
}

extension S3Check {
  /// What holds for the file as a whole.
  fileprivate mutating func checkDocument() {
    switch layouts.layout {
    case .mixed:
      findings.add(
        .mixedLayout,
        "\(layouts.inline) inline, \(layouts.portable) portable and \(layouts.blobs) blob-only objects and versions")
    case .layout(let layout):
      for release in file.targets where !layout.loads(in: release) {
        findings.add(
          .targetLayout, pointer: JSONPointer().appending(key: "buckets".utf8),
          "the objects are stored in the \(layout) layout, which \(release) does not load; "
            + "\(layout.loadingReleases) do")
      }
    case .none: break
    }
    guard file.targetsAreExplicit, bucketCount > 0 else { return }
    if let release = file.targets.first(where: { !$0.has(.multipartOnRestoredBuckets) }) {
      findings.add(
        .s3Multipart, pointer: JSONPointer().appending(key: "buckets".utf8),
        "\(release) cannot begin multipart uploads in the \(bucketCount) buckets of this file")
    }
  }
}
