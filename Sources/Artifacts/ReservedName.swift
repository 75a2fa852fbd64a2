/// The names at the top of a data directory that are ours (product.md).
package enum ReservedName {
  /// First member of an artifact; names every file but itself, a sentinel and `logs/`.
  package static let manifest = Array("manifest-sha256.txt".utf8)
  static let manifestText = "manifest-sha256.txt"
  /// Second member, when the directory has one.
  package static let fixture = Array("fixture.json".utf8)
  /// Logs of a run: kept in artifacts, and not part of the tree digest.
  static let logs = Array("logs/".utf8)
  /// In an artifact only: the hashes of the logs, with paths relative to `logs/`. Third member, when there are logs.
  package static let logManifest = Array("logs/manifest-sha256.txt".utf8)
  /// A run's state; says nothing about a copy of the run, so that it is never packed.
  static let sentinels = ["active", "draining", "deletable"].map { Array($0.utf8) }

  /// Whether a path lies under `logs/`.
  static func isLog(_ path: [UInt8]) -> Bool { path.starts(with: logs) }

  /// What pack never takes from a directory, because it writes its own or because it belongs to the run only.
  static func isLeftOut(_ path: [UInt8]) -> Bool {
    path == manifest || path == logManifest || sentinels.contains(path)
  }
}
