import Files

/// The names in a data directory that are ours (product.md, "Files in a data directory that are ours").
public enum FixtureNames {
  /// `fixture.json`: what the fixture is.
  package static let document: RelativePath = "fixture.json"
  /// `manifest-sha256.txt`: what the fixture's files are.
  package static let manifest: RelativePath = "manifest-sha256.txt"
  /// `logs`: what a run left to read; never part of a fixture.
  package static let logs: RelativePath = "logs"
  /// The files that say what a run's directory is for; one of them is there in a run, none in a fixture.
  package static let sentinels: [RelativePath] = ["active", "draining", "deletable"]

  /// Whether the manifest covers a path: every file but itself, a sentinel and what is in `logs/`.
  package static func isCovered(_ path: RelativePath) -> Bool {
    path != manifest && !sentinels.contains(path) && path != logs && !path.isInside(logs)
  }
}
