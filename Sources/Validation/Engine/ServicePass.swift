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

  /// What one file gave.
  private struct Result: Sendable {
    var findings: [Finding]
    var layout: DetectedLayout?
    /// The blobs after S3's check, each with whether an object refers to it.
    var blobs: BlobTable?
    var isS3 = false
  }

  /// Checks every file, the largest first.
  func run(_ scan: DirectoryScan, blobs: BlobTable, workers: Int) -> Outcome {
    let files = scan.services.sorted { ($0.entry.size, $1.service.name) > ($1.entry.size, $0.service.name) }
    let results = Parallel.map(count: files.count, workers: workers) {
      { index in check(files[index].service, files[index].entry.path, blobs) }
    }
    var outcome = Outcome()
    for result in results {
      outcome.findings += result.findings
      outcome.layout = result.layout ?? outcome.layout
    }
    // With a broken s3.json nobody can tell which blobs are referred to.
    let s3 = results.first { $0.isS3 }
    if let table = s3 == nil ? blobs : s3?.blobs { outcome.findings += unreferenced(table) }
    return outcome
  }

  private func check(_ service: KumoService, _ path: RelativePath, _ blobs: BlobTable) -> Result {
    var findings = FindingCollector(file: path.description)
    var result = Result(findings: [], isS3: service.name == "s3")
    let file = ServiceFile(
      directory: directory, path: path,
      targets: targets ?? KumoRelease.known.filter { claimedLayout?.loads(in: $0) ?? true },
      targetsAreExplicit: targets != nil, layoutIsClaimed: targets != nil || claimedLayout != nil, now: now)
    if GenericPass.check(file, of: service, into: &findings) {
      do {
        if result.isS3 {
          let outcome = try S3Checker.check(file, blobs: blobs, findings: findings)
          findings = outcome.findings
          result.layout = outcome.layout
          result.blobs = outcome.blobs
        }
        for checker in CheckerRegistry.all where checker.service == service.name {
          try checker.check(file, into: &findings)
        }
      } catch let error as JSONError {
        findings.add(.fileUnreadable, "the file changed while it was read: \(error.message)")
      } catch {
        findings.add(.fileUnreadable, "\(error)")
      }
    }
    let offsets = findings.openOffsets
    let opened = offsets.isEmpty ? nil : try? directory.open(path)
    result.findings = findings.finish(places: opened.map { LinePlaces.find(offsets, in: $0) } ?? [:])
    return result
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
