import Glibc
import SystemPackage

extension StagedDirectory {
  /// A staged tree that stands beside a target and that no running process has.
  package struct Leftover: Sendable {
    /// Where it stands.
    package let path: FilePath
    /// The tree, open for looking at it.
    package let directory: Directory
    let name: RelativePath
  }

  /// The path that a target stands for: with a link at its end followed.
  ///
  /// - Throws: as `create(for:mode:)` for a target that cannot be staged.
  package static func resolvedTarget(_ target: FilePath) throws(FilesError) -> FilePath {
    try StagingPlace(target).target
  }

  /// What killed runs left of their staged trees beside a target, sorted by name. Takes no lock and changes nothing;
  /// a tree that a running process has locked, as far as the system tells, is not named.
  ///
  /// - Throws: as `create(for:mode:)` for a target that cannot be staged.
  package static func leftovers(for target: FilePath) throws(FilesError) -> [Leftover] {
    let place = try StagingPlace(target)
    var found: [Leftover] = []
    for entry in try place.parent.list() where ScratchName.matches(entry.path.bytes, .stage, for: place.name) {
      guard let directory = try? place.parent.subdirectory(entry.path), let status = try? directory.status(),
        LockHolder.find(status).isEmpty
      else { continue }
      found.append(
        Leftover(path: place.parent.path.appending(entry.path), directory: directory, name: entry.path))
    }
    return found
  }

  /// Takes over the staged tree of a killed run, to commit it or to discard it. Nil when another process has it now.
  ///
  /// - Throws: as `create(for:mode:)` for a target that cannot be staged.
  package static func takeOver(_ leftover: Leftover, for target: FilePath) throws(FilesError) -> StagedDirectory? {
    let place = try StagingPlace(target)
    guard StaleDirectory.lock(leftover.directory.descriptor, leftover.name, in: place.parent) else { return nil }
    return StagedDirectory(
      place: place, stage: leftover.name, directory: leftover.directory, original: try place.status(), recovered: [])
  }
}
