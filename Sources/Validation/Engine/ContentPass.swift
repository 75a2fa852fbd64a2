import Digests
import Files
import FixtureTree
import KumoState

/// Hashes what must be hashed, each file once: with a manifest every file it covers, without one the blobs.
struct ContentPass {
  /// The files that were to be hashed, in byte order; nil for one that could not be read.
  private(set) var digests: [(path: RelativePath, digest: SHA256Digest?)] = []
  /// The blobs.
  private(set) var blobs = BlobTable([])
  /// Findings about files that could not be read and blobs that are not what their names say.
  private(set) var findings = FindingCollector(file: DataDirectoryName.blobDirectoryName)

  init(_ scan: DirectoryScan, in directory: Directory, isWhole: Bool, workers: Int) {
    let entries = isWhole ? scan.files.filter { FixtureNames.isCovered($0.path) } : scan.blobs
    let blobNames = entries.map { DirectoryScan.blobName($0.path) }
    let results = ContentDigests.read(entries, in: directory, workers: workers) { blobNames[$0] != nil }
    var found: [BlobTable.Blob] = []
    for ((entry, name), result) in zip(zip(entries, blobNames), results) {
      digests.append((entry.path, try? result.get().sha256))
      guard let name else {
        // A service's file is reported where it is read as JSON.
        if case .failure(let failure) = result, !scan.isService(entry.path) { report(failure, entry.path) }
        continue
      }
      found.append(blob(name, entry, result))
    }
    blobs = BlobTable(found)
  }

  private mutating func blob(
    _ name: SHA256Digest, _ entry: DirectoryScan.Entry, _ result: Result<ContentDigest, ContentDigests.Failure>
  ) -> BlobTable.Blob {
    switch result {
    case .failure(let failure):
      report(failure, entry.path)
      return BlobTable.Blob(name: name, size: entry.size, md5: nil)
    case .success(let digest):
      guard digest.sha256 != name else { return BlobTable.Blob(name: name, size: digest.size, md5: digest.md5) }
      findings.add(
        .s3BlobDigest, in: entry.path.description,
        "the content (\(digest.size) bytes) has the SHA-256 \(digest.sha256.hex)")
      return BlobTable.Blob(name: name, size: digest.size, md5: nil)
    }
  }

  private mutating func report(_ failure: ContentDigests.Failure, _ path: RelativePath) {
    findings.add(.fileUnreadable, in: path.description, fix: failure.hint, failure.message)
  }
}
