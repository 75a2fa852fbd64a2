import Glibc
import SystemPackage

extension StagedDirectory {
  /// What may stand at the target when the new tree is put there.
  package enum Replacement: Sendable {
    /// Nothing.
    case mustNotExist
    /// Nothing, or a directory, which is replaced as a whole.
    case exchange
  }

  /// How a commit ended.
  package struct Outcome: Sendable {
    /// Whether a directory was replaced.
    package let replaced: Bool
    /// The new tree is in place and safe, but the old one could not be removed; the next run for the same target tries
    /// again.
    package let leftover: FilesError?
  }

  /// Puts the tree in its place: everything is written to disk first, then one rename makes it visible.
  ///
  /// A replaced directory's mode and, where allowed, owner are kept on the new one. The lock on the tree is held until
  /// this value goes away.
  ///
  /// - Throws: `.exists` when something stands there and nothing may, `.changed` when the target is no longer what it
  ///   was when staging began, `.noSpace` and `.io` from writing to disk, `.crossDevice` and `.busy` when the target
  ///   cannot be renamed. After an error the target is what it was, and the staged tree is still there to be discarded;
  ///   but when only the very last write to disk fails, the new tree is in place already, and the message says so.
  @discardableResult
  package func commit(replacing replacement: Replacement) throws(FilesError) -> Outcome {
    guard !isFinished else {
      throw FilesError(.notFound, path: target.display, message: "'\(target.display)' was staged and is done with")
    }
    if original != nil, replacement == .mustNotExist { throw taken() }
    do {
      if let original { try directory.descriptor.takeAttributes(of: original, mode: original.mode) }
      if waitsForDisk { try directory.descriptor.synchronizeFileSystem() }
    } catch {
      throw FilesError.failed("write to disk", directory.path.display, error)
    }
    guard let original else {
      try putWhereNothingIs()
      markFinished()
      try synchronizeParent()
      return Outcome(replaced: false, leftover: nil)
    }
    return try putInPlace(of: original)
  }

  private func putWhereNothingIs() throws(FilesError) {
    do {
      try rename(stage, place.name, .failingIfTaken)
    } catch {
      switch error {
      case .fileExists: throw taken()
      case .invalidArgument, .noFunction, .notSupported: try putOverReservation()
      default: throw FilesError.failed("create", target.display, error)
      }
    }
  }

  /// For file systems without RENAME_NOREPLACE: an empty directory takes the name, and renaming over it is one step.
  func putOverReservation() throws(FilesError) {
    do {
      try place.parent.descriptor.makeDirectory(SystemPath(place.name.bytes), mode: 0o700)
    } catch {
      throw error == .fileExists ? taken() : FilesError.failed("create", target.display, error)
    }
    do {
      try rename(stage, place.name, .replacing)
    } catch {
      try? place.parent.descriptor.unlink(SystemPath(place.name.bytes), directory: true)
      throw FilesError.failed("create", target.display, error)
    }
  }

  private func putInPlace(of original: FileStatus) throws(FilesError) -> Outcome {
    guard let now = try place.status(), now.isSameFile(as: original) else { throw swapped() }
    // Keeps another run's clean-up away from the old tree; when it fails, the caller's own lock on it does that.
    let old = try? place.parent.subdirectory(place.name)
    try? old?.descriptor.lock(LOCK_EX | LOCK_NB)
    var aside = stage
    do {
      try rename(stage, place.name, .exchanging)
    } catch {
      switch error {
      case .invalidArgument, .noFunction, .notSupported: aside = try moveAsideAndPut()
      default: throw FilesError.failed("replace", target.display, error)
      }
    }
    // Somebody without our lock may have put another directory there between the look and the exchange.
    if let moved = try? place.parent.status(aside), !moved.isSameFile(as: original) {
      try? rename(stage, place.name, .exchanging)
      throw swapped()
    }
    markFinished()
    try synchronizeParent()
    do {
      try place.parent.removeTree(aside)
      return withExtendedLifetime(old) { Outcome(replaced: true, leftover: nil) }
    } catch {
      return Outcome(replaced: true, leftover: error)
    }
  }

  /// For file systems without RENAME_EXCHANGE. Between the two renames the target is absent; a run that is killed there
  /// leaves the old tree under a name from which the next run puts it back.
  func moveAsideAndPut() throws(FilesError) -> RelativePath {
    let aside = try ScratchName.make(.old, for: place.name)
    do {
      try rename(place.name, aside, .replacing)
    } catch {
      throw FilesError.failed("move aside", target.display, error)
    }
    do {
      try rename(stage, place.name, .replacing)
    } catch {
      try? rename(aside, place.name, .replacing)
      throw FilesError.failed("replace", target.display, error)
    }
    return aside
  }

  private func synchronizeParent() throws(FilesError) {
    guard waitsForDisk else { return }
    do {
      try place.parent.descriptor.synchronize()
    } catch {
      throw FilesError(
        .io, path: target.display, errno: error,
        message: "'\(target.display)' is in place, but the disk did not confirm it: \(error)",
        hint: "see the kernel's log (dmesg); a power cut now may bring the old state back")
    }
  }

  private func rename(_ old: RelativePath, _ new: RelativePath, _ how: Descriptor.Rename) throws(Errno) {
    let parent = place.parent.descriptor
    try parent.rename(SystemPath(old.bytes), to: parent, SystemPath(new.bytes), how)
  }

  private func taken() -> FilesError {
    FilesError(
      .exists, path: target.display, errno: .fileExists,
      message: "cannot create '\(target.display)': it exists already", hint: "remove it or choose another name")
  }

  private func swapped() -> FilesError {
    FilesError(
      .changed, path: target.display,
      message: "'\(target.display)' was replaced or removed by another program while its successor was being built",
      hint: "find out which program writes there, then run again")
  }
}
