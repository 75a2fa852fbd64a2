import Glibc
import SystemPackage

/// Something that a killed run left beside a target, and what was done with it.
package struct StaleDirectory: Sendable, Equatable {
  /// What was done.
  package enum Action: Sendable, Equatable {
    /// Removed: an unfinished new tree, or an old one that had been replaced already.
    case removed
    /// Put back at the target: the run had moved the old tree aside and died before the new one was in place.
    case putBack
    /// Neither, for this reason.
    case failed(FilesError)
  }

  /// Where it stood.
  package let path: FilePath
  /// What was done with it.
  package let action: Action

  /// Cleans up for a target. Directories that a running process has locked are left alone and not named.
  static func cleanUp(_ place: StagingPlace) -> [StaleDirectory] {
    guard let siblings = try? place.parent.list() else { return [] }
    let names = siblings.map(\.path)
    var result = putBack(names.filter { ScratchName.matches($0.bytes, .old, for: place.name) }, place)
    let leftovers = names.filter { name in
      [.old, .stage].contains { ScratchName.matches(name.bytes, $0, for: place.name) }
    }
    for name in leftovers {
      guard let locked = lockedDirectory(name, in: place.parent) else { continue }
      // Without a target, a tree that was moved aside is the only copy.
      if ScratchName.kind(of: name.bytes) == .old, !place.isPresent { continue }
      let action: Action
      do {
        try place.parent.removeTree(name)
        action = .removed
      } catch {
        action = .failed(error)
      }
      result.append(StaleDirectory(path: place.parent.path.appending(name), action: action))
      withExtendedLifetime(locked) {}
    }
    return result
  }

  /// Puts the tree that was moved aside last back when the target is absent.
  private static func putBack(_ names: [RelativePath], _ place: StagingPlace) -> [StaleDirectory] {
    guard !names.isEmpty, place.isAbsent else { return [] }
    // A rename sets the time of the last change of attributes, so the newest is the one that the dead run moved.
    let dated = names.compactMap { name in
      (try? place.parent.status(name)).map { (name: name, changed: $0.changed) }
    }
    guard let newest = dated.max(by: { $0.changed < $1.changed })?.name,
      let locked = lockedDirectory(newest, in: place.parent)
    else { return [] }
    let action: Action
    do {
      try renameToAbsent(newest, place)
      try place.parent.descriptor.synchronize()
      action = .putBack
    } catch {
      action = .failed(FilesError.failed("put back", place.parent.path.appending(newest).display, error))
    }
    return withExtendedLifetime(locked) {
      [StaleDirectory(path: place.parent.path.appending(newest), action: action)]
    }
  }

  private static func renameToAbsent(_ name: RelativePath, _ place: StagingPlace) throws(Errno) {
    let parent = place.parent.descriptor
    let (old, new) = (SystemPath(name.bytes), SystemPath(place.name.bytes))
    do {
      try parent.rename(old, to: parent, new, .failingIfTaken)
    } catch {
      // A file system without RENAME_NOREPLACE. A plain rename cannot destroy anything either: a directory that has
      // come up meanwhile is replaced only when it is empty.
      guard error == .invalidArgument || error == .noFunction || error == .notSupported else { throw error }
      try parent.rename(old, to: parent, new, .replacing)
    }
  }

  /// Opens and locks a directory; nil when a running process has it, or when it is gone or no directory.
  private static func lockedDirectory(_ name: RelativePath, in parent: Directory) -> Directory? {
    guard let directory = try? parent.subdirectory(name), lock(directory.descriptor, name, in: parent) else {
      return nil
    }
    return directory
  }

  /// Locks an open directory without waiting, and makes sure that the name still means it.
  static func lock(_ descriptor: Descriptor, _ name: RelativePath, in parent: Directory) -> Bool {
    guard (try? descriptor.lock(LOCK_EX | LOCK_NB)) != nil, let own = try? descriptor.status() else { return false }
    guard let named = try? parent.descriptor.status(SystemPath(name.bytes)) else { return false }
    return own.isSameFile(as: named)
  }
}
