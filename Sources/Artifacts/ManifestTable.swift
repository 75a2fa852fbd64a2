import Digests

/// A manifest as archives need it: its lines in order, found again by name.
struct ManifestTable: Sendable {
  private(set) var paths: [[UInt8]] = []
  private(set) var digests: [SHA256Digest] = []

  init() {}

  /// Reads `sha256sum`'s format in the one form that this tool writes: sorted, lower case, two spaces.
  init(_ bytes: [UInt8], named name: [UInt8]) throws(ArtifactError) {
    let manifest: Manifest
    do { manifest = try Manifest(parsing: bytes) } catch {
      throw ArtifactError(.badManifest, member: name, "it is not a manifest: \(error)")
    }
    paths = manifest.entries.map(\.name)
    digests = manifest.entries.map(\.digest)
    // Uppercase digits, another order or a name twice would read the same and hash differently: one form only.
    guard manifest.serialise() == bytes else {
      throw ArtifactError(
        .badManifest, member: name, "its lines are not sorted by bytes, or not in the form that this tool writes",
        hint: "make it anew with adopt, or with LC_ALL=C sort -k 2")
    }
  }

  mutating func append(_ path: [UInt8], _ digest: SHA256Digest) {
    paths.append(path)
    digests.append(digest)
  }

  /// The text, sorted by bytes.
  func serialized() throws(ArtifactError) -> [UInt8] {
    do {
      return try Manifest(zip(paths, digests).map { Manifest.Entry(digest: $1, name: $0) }).serialise()
    } catch {
      throw ArtifactError(.badManifest, "the manifest cannot be written: \(error)")
    }
  }

  /// Where a name stands. Names are mostly asked for in their order: `expected` is looked at first.
  func index(of path: [UInt8], expected: Int = 0) -> Int? {
    if expected < paths.count, paths[expected] == path { return expected }
    var low = 0
    var high = paths.count
    while low < high {
      let middle = (low + high) / 2
      if ByteOrder.precedes(paths[middle], path) { low = middle + 1 } else { high = middle }
    }
    return low < paths.count && paths[low] == path ? low : nil
  }
}
