/// One thing that a walk found.
package struct TreeEntry: Sendable, Hashable {
  /// Relative to the directory that was walked.
  package let path: RelativePath
  /// What it is; links are named as links, never followed.
  package let kind: FileKind
  /// Size, mode and the rest, when the walk was asked for them.
  package let status: FileStatus?
}

/// How to walk.
package struct WalkOptions: Sendable {
  /// Also ask for size, mode and times of each entry; one more system call each.
  package var statuses: Bool
  /// How many levels of directories are entered; what lies deeper is an error. The limit is there to end a walk
  /// through a hostile tree, not for any real fixture.
  package var maximumDepth: Int

  package init(statuses: Bool = false, maximumDepth: Int = 4096) {
    self.statuses = statuses
    self.maximumDepth = maximumDepth
  }
}
