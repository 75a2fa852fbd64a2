import Digests
import Files

/// One way in which a directory differs from a manifest.
package struct ManifestDifference: Sendable, Equatable {
  /// The kinds of difference.
  package enum Kind: Sendable, Equatable {
    /// The manifest names a file that is not there.
    case missing
    /// A file is there that the manifest does not name.
    case extra
    /// The content has another digest.
    case changed
    /// The file could not be read, or is no regular file.
    case unreadable(FilesError)
  }

  /// The file's path as bytes.
  package let path: [UInt8]
  /// What differs.
  package let kind: Kind

  /// The path, printable.
  package var displayPath: String { DisplayName.escape(path) }
}

extension TreeManifest {
  /// Compares a directory with this manifest and names every difference, sorted by path.
  ///
  /// - Parameters:
  ///   - workers: threads to use; 0 for one on each core.
  ///   - progress: told the bytes of each piece that was read; called on any worker.
  /// - Throws: `FilesError` when the directory itself cannot be walked, and whatever `progress` throws.
  package func differences(
    from directory: Directory, workers: Int = 0, progress: (@Sendable (Int) throws -> Void)? = nil
  ) throws -> [ManifestDifference] {
    var differences: [ManifestDifference] = []
    var present: Set<[UInt8]> = []
    var paths: [RelativePath] = []
    var problems: [FilesError] = []
    for entry in directory.walk(WalkOptions(), collecting: &problems) where FixtureNames.isCovered(entry.path) {
      guard entry.kind != .directory else { continue }
      present.insert(entry.path.bytes)
      if manifest[entry.path.bytes] == nil {
        differences.append(ManifestDifference(path: entry.path.bytes, kind: .extra))
      } else {
        // What is no regular file is refused when it is opened, with a message that says what it is.
        paths.append(entry.path)
      }
    }
    if let problem = problems.first, paths.isEmpty { throw problem }
    for problem in problems {
      differences.append(ManifestDifference(path: Array(problem.path.utf8), kind: .unreadable(problem)))
    }
    for hashed in try TreeHasher.hash(paths, in: directory, workers: workers, progress: progress) {
      switch hashed.result {
      case .success(let digest) where digest == manifest[hashed.path.bytes]: continue
      case .success: differences.append(ManifestDifference(path: hashed.path.bytes, kind: .changed))
      case .failure(let error):
        differences.append(ManifestDifference(path: hashed.path.bytes, kind: .unreadable(error)))
      }
    }
    for entry in manifest.entries where !present.contains(entry.name) {
      differences.append(ManifestDifference(path: entry.name, kind: .missing))
    }
    return differences.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }
}
