import Digests
import Files
import JSONBytes
import KumoState

/// Checks the files of all services on all cores.
struct ServicePass {
  let directory: Directory
  /// The releases that the user named.
  let targets: [KumoRelease]?
  /// The layout that `fixture.json` claims; every release that loads it is meant when the user named none.
  let claimedLayout: Layout?
  let now: Int64

  /// What was found.
  struct Outcome {
    var findings: [Finding] = []
    var layout = DetectedLayout.none
  }

  /// What is done with a file: everything, or a half of it.
  private enum Part {
    case all
    case types
    case rules
  }

  /// What a part of the work on a file gave.
  private struct Result: Sendable {
    var findings: FindingCollector
    /// Whether the JSON is sound; nil when this part did not look.
    var isSound: Bool?
    var layout: DetectedLayout?
    /// The blobs after S3's check, each with whether an object refers to it.
    var blobs: BlobTable?
  }

  /// How large a file is whose types and rules are checked at the same time, in bytes.
  private static let shared = 256 << 10
  /// The services whose files grow large. Rules of others look at what the types gave.
  private static let large: Set<String> = ["dynamodb", "s3", "sqs"]

  /// Checks every file, the largest first.
  func run(_ scan: DirectoryScan, blobs: BlobTable, workers: Int) -> Outcome {
    let files = scan.services.sorted { ($0.entry.size, $1.service.name) > ($1.entry.size, $0.service.name) }
    let jobs = files.indices.flatMap { index -> [(file: Int, part: Part)] in
      let isShared =
        workers > 1 && files[index].entry.size > Self.shared && Self.large.contains(files[index].service.name)
      return (isShared ? [.rules, .types] : [.all]).map { (index, $0) }
    }
    let parts = Parallel.map(count: jobs.count, workers: workers) {
      { job in check(files[jobs[job].file].service, files[jobs[job].file].entry.path, jobs[job].part, blobs) }
    }
    var results: [Result?] = files.map { _ in nil }
    for (job, part) in zip(jobs, parts) {
      results[job.file] = results[job.file].map { Self.joined(types: part, rules: $0) } ?? part
    }
    var outcome = Outcome()
    for (file, result) in zip(files, results) {
      guard let result else { continue }
      outcome.findings += placed(result.findings, in: file.entry.path)
      outcome.layout = result.layout ?? outcome.layout
    }
    // With a broken s3.json nobody can tell which blobs are referred to.
    let s3 = files.firstIndex { $0.service.name == "s3" }
    if let table = s3.map({ results[$0]?.blobs }) ?? blobs { outcome.findings += unreferenced(table) }
    return outcome
  }

  private func check(_ service: KumoService, _ path: RelativePath, _ part: Part, _ blobs: BlobTable) -> Result {
    var result = Result(findings: FindingCollector(file: path.description))
    let file = ServiceFile(
      directory: directory, path: path,
      targets: targets ?? KumoRelease.known.filter { claimedLayout?.loads(in: $0) ?? true },
      targetsAreExplicit: targets != nil, layoutIsClaimed: targets != nil || claimedLayout != nil, now: now)
    if part != .rules { result.isSound = GenericPass.check(file, of: service, into: &result.findings) }
    guard part != .types, result.isSound != false else { return result }
    do {
      if service.name == "s3" {
        let outcome = try S3Checker.check(file, blobs: blobs, findings: result.findings)
        result.findings = outcome.findings
        result.layout = outcome.layout
        result.blobs = outcome.blobs
      }
      for checker in CheckerRegistry.all where checker.service == service.name {
        try checker.check(file, into: &result.findings)
      }
    } catch let error as JSONError {
      result.findings.add(.fileUnreadable, "the file changed while it was read: \(error.message)")
    } catch {
      result.findings.add(.fileUnreadable, "\(error)")
    }
    return result
  }

  /// The whole of two parts: what rules say of JSON that is not sound means nothing.
  private static func joined(types: Result, rules: Result) -> Result {
    guard types.isSound == true else { return types }
    var whole = rules
    whole.findings = types.findings
    whole.findings.add(contentsOf: rules.findings)
    return whole
  }

  /// Findings with the lines that their places are in.
  private func placed(_ findings: FindingCollector, in path: RelativePath) -> [Finding] {
    let offsets = findings.openOffsets
    let opened = offsets.isEmpty ? nil : try? directory.open(path)
    return findings.finish(places: opened.map { LinePlaces.find(offsets, in: $0) } ?? [:])
  }

  private func unreferenced(_ table: BlobTable) -> [Finding] {
    var findings = FindingCollector(file: DataDirectoryName.blobDirectoryName)
    for blob in table.blobs where !blob.isReferenced {
      findings.add(
        .s3UnreferencedBlob, in: "\(DataDirectoryName.blobDirectoryName)/\(blob.name.hex)",
        "no object refers to this blob of \(blob.size) bytes")
    }
    return findings.finish()
  }
}
