import Glibc
import SystemPackage

/// A directory tree that is built beside its place and put there in one step.
///
/// It stands as `.NAME.kumo-fixtures-stage.<random>` next to the target, locked with flock(2) as long as this value
/// lives, so that what a killed run left can be told from what a running one needs. A reader of the target sees the old
/// tree or the new one, also after a power cut. Not for use from two threads at once; its `directory` is.
package final class StagedDirectory {
  /// The tree being built; empty at the beginning.
  package let directory: Directory
  /// Where it goes.
  package var target: FilePath { place.target }
  /// What was found of killed runs for this target when staging began.
  package let recovered: [StaleDirectory]
  let place: StagingPlace
  let stage: RelativePath
  /// What stood at the target when staging began.
  let original: FileStatus?
  /// Whether `commit` waits for the disk. False for what nobody needs after a power cut, such as a test run's
  /// directory: it appears whole all the same, but a machine that is started anew may find a part of it.
  package var waitsForDisk = true
  private var finished = false

  init(
    place: StagingPlace, stage: RelativePath, directory: Directory, original: FileStatus?, recovered: [StaleDirectory]
  ) {
    self.place = place
    self.stage = stage
    self.directory = directory
    self.original = original
    self.recovered = recovered
  }

  deinit {
    if !finished { try? place.parent.removeTree(stage) }
    // The directory may still be open elsewhere, in a thread that worked on it and is just ending: the lock is not its.
    directory.descriptor.unlock()
  }

  /// Begins a tree for a target, which may or may not exist. First cleans up after killed runs for the same target.
  ///
  /// - Parameters:
  ///   - target: a path of the user's: relative, with a slash at its end, or a link to a directory.
  ///   - mode: of the new directory when there is none to be replaced; the umask applies.
  /// - Throws: `.invalidPath` for "/", "." and "..", `.busy` for a mount point, `.notDirectory`, `.notFound` when the
  ///   parent is absent, `.permission`, `.readOnly`, `.noSpace`.
  package static func create(for target: FilePath, mode: UInt32 = 0o750) throws(FilesError) -> StagedDirectory {
    let place = try StagingPlace(target)
    let recovered = StaleDirectory.cleanUp(place)
    let original = try place.status()
    // Another run's clean-up may take the new directory for a leftover before it is locked: then another is made.
    for _ in 0..<8 {
      let stage = try ScratchName.make(.stage, for: place.name)
      try place.parent.makeDirectory(stage, mode: mode)
      guard let directory = try? place.parent.subdirectory(stage) else { continue }
      guard StaleDirectory.lock(directory.descriptor, stage, in: place.parent) else { continue }
      return StagedDirectory(
        place: place, stage: stage, directory: directory, original: original, recovered: recovered)
    }
    throw FilesError(
      .busy, path: place.target.display,
      message: "cannot stage '\(place.target.display)': other runs keep removing the staging directory",
      hint: "wait for the other runs to end, then run again")
  }

  /// Removes the tree without using it.
  ///
  /// - Throws: as `Directory.removeTree(_:)`.
  package func discard() throws(FilesError) {
    guard !finished else { return }
    finished = true
    try place.parent.removeTree(stage)
  }

  /// Removes what killed runs left for a target, and puts back a directory that one had moved aside.
  ///
  /// - Throws: as `create(for:mode:)` for a target that cannot be staged; failures to clean up are in the result.
  @discardableResult
  package static func removeStale(for target: FilePath) throws(FilesError) -> [StaleDirectory] {
    StaleDirectory.cleanUp(try StagingPlace(target))
  }

  func markFinished() { finished = true }
  var isFinished: Bool { finished }
}
