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
      // One finding for all releases that cannot load it: they differ in nothing that matters here.
      if file.layoutIsClaimed, let release = file.targets.last(where: { !layout.loads(in: $0) }) {
        findings.add(
          .targetLayout, pointer: JSONPointer().appending(key: "buckets".utf8),
          "the objects are stored in the \(layout) layout, which \(release) does not load; "
            + "\(layout.loadingReleases) do")
      }
    case .none: break
    }
    for (bucket, offset) in buckets { checkReserved(bucket, at: offset) }
    guard file.targetsAreExplicit, !buckets.isEmpty else { return }
    if let release = file.targets.first(where: { !$0.has(.multipartOnRestoredBuckets) }) {
      findings.add(
        .s3Multipart, pointer: JSONPointer().appending(key: "buckets".utf8),
        "\(release) cannot begin multipart uploads in the \(buckets.count) buckets of this file")
    }
  }

  /// Only at the end, because which releases count depends on the layout.
  private mutating func checkReserved(_ bucket: [UInt8], at offset: Int) {
    let layout = layouts.layout.layout
    let targets =
      file.targetsAreExplicit ? file.targets : file.targets.filter { layout?.loads(in: $0) ?? true }
    let shadowed = targets.compactMap { release in
      ReservedPaths.segment(shadowing: bucket, in: release).map { (release, $0) }
    }
    guard let (release, segment) = shadowed.last else { return }
    // A bucket that only some release nobody asked for cannot serve is worth a warning, not more.
    let isEverywhere = shadowed.count == targets.count
    findings.add(
      .s3ReservedBucket, at: offset, pointer: JSONPointer().appending(key: "buckets".utf8).appending(key: bucket),
      severity: file.targetsAreExplicit || isEverywhere ? .error : .warning,
      "bucket '\(DisplayName.escape(bucket))' cannot be reached "
        + (isEverywhere ? "" : "in \(release) ") + "because '/\(segment)' is one of KUMO's own paths")
  }
}
