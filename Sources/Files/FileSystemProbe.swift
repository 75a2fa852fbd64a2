import CLinux
import Glibc
import SystemPackage

/// Tries on a file system what this program builds its promises on, in a scratch directory of its own.
package struct FileSystemProbe: Sendable {
  /// One thing that was tried.
  package struct Answer: Sendable, Equatable {
    /// What: `exchange`, `flock`, ….
    package let name: String
    /// Whether the file system can.
    package let isGood: Bool
    /// Whether a promise breaks without it; otherwise it only costs time or comfort.
    package let isNeeded: Bool
    /// What was seen, and what it means.
    package let meaning: String

    init(_ name: String, _ isGood: Bool, isNeeded: Bool = true, _ meaning: String) {
      self.name = name
      self.isGood = isGood
      self.isNeeded = isNeeded
      self.meaning = meaning
    }
  }

  private let directory: Directory

  /// Tries everything in a directory. Nothing is left there.
  ///
  /// - Throws: `FilesError` when no scratch directory can be made or removed.
  package static func run(in place: FilePath) throws(FilesError) -> [Answer] {
    let parent = try Directory.open(place)
    let name = try ScratchName.make(.stage, for: RelativePath(text: "doctor"))
    try parent.makeDirectory(name, mode: 0o700)
    let answers: [Answer]
    do {
      answers = try FileSystemProbe(directory: parent.subdirectory(name)).answers()
    } catch {
      try? parent.removeTree(name)
      throw error
    }
    try parent.removeTree(name)
    return answers
  }

  private func answers() throws(FilesError) -> [Answer] {
    try [
      replace(), exchange(), noReplace(), synchronize(), lock(), letterCase(), longNames(), unicode(), clone(), space(),
    ]
  }

  private func make(_ name: RelativePath, _ text: String = "x") throws(FilesError) {
    try directory.create(name).write(Array(text.utf8))
  }

  private func replace() throws(FilesError) -> Answer {
    try make("old", "old")
    try directory.replace("old", with: Array("new".utf8))
    let isNew = try directory.read("old", limit: 16) == Array("new".utf8)
    return Answer("rename", isNew, isNew ? "files are replaced in one step" : "a replaced file kept its old content")
  }

  private func exchange() throws(FilesError) -> Answer {
    try directory.makeDirectory("one")
    try directory.makeDirectory("two")
    let can = attempt(.exchanging, "one", "two")
    return Answer(
      "exchange", can, isNeeded: false,
      can
        ? "directories are swapped in one step" : "directories are swapped in two renames: for an instant none is there"
    )
  }

  private func noReplace() throws(FilesError) -> Answer {
    try make("taken")
    try make("other")
    // The call must be known and must refuse.
    let refuses = !attempt(.failingIfTaken, "other", "taken")
    let knows = attempt(.failingIfTaken, "other", "free")
    return Answer(
      "no-replace", refuses && knows, isNeeded: false,
      refuses && knows ? "a name that is taken is never overwritten" : "taken names are guarded by an empty directory")
  }

  private func attempt(_ how: Descriptor.Rename, _ old: RelativePath, _ new: RelativePath) -> Bool {
    let place = directory.descriptor
    return (try? place.rename(SystemPath(old.bytes), to: place, SystemPath(new.bytes), how)) != nil
  }

  private func synchronize() throws(FilesError) -> Answer {
    let start = ContinuousClock.now
    let file = try directory.create("synchronized")
    try file.write(Array("x".utf8))
    try file.synchronize()
    try directory.sync()
    let milliseconds = Int((ContinuousClock.now - start) / .milliseconds(1))
    return Answer("fsync", true, "writing to disk works and took \(milliseconds) ms")
  }

  private func lock() throws(FilesError) -> Answer {
    try directory.makeDirectory("locked")
    let first = try directory.subdirectory("locked").descriptor
    let second = try directory.subdirectory("locked").descriptor
    let isLocked = (try? first.lock(LOCK_EX | LOCK_NB)) != nil
    let isExclusive = (try? second.lock(LOCK_EX | LOCK_NB)) == nil
    withExtendedLifetime(first) {}
    return Answer(
      "flock", isLocked && isExclusive,
      isLocked && isExclusive
        ? "locks keep two programs apart" : "locks do not hold: two jobs could change one directory")
  }

  private func letterCase() throws(FilesError) -> Answer {
    try make("Letter")
    let isSensitive = try directory.status("letter") == nil
    return Answer(
      "case", isSensitive,
      isSensitive ? "names differ by case" : "names do not differ by case: tests may pass only here")
  }

  private func longNames() throws(FilesError) -> Answer {
    let name = try RelativePath([UInt8](repeating: UInt8(ascii: "n"), count: longestName))
    let can = (try? make(name)) != nil
    return Answer("long-names", can, can ? "names may have 255 bytes" : "names of 255 bytes are refused")
  }

  private func unicode() throws(FilesError) -> Answer {
    // The same letter composed, decomposed, and a byte that is no UTF-8 at all.
    let names: [[UInt8]] = [[0xc3, 0xa9], [0x65, 0xcc, 0x81], [0xff]]
    try directory.makeDirectory("unicode")
    let place = try directory.subdirectory("unicode")
    for name in names { _ = try? place.create(RelativePath(name)) }
    let kept = try place.list().map(\.path.bytes)
    let isExact = Set(kept) == Set(names)
    return Answer(
      "unicode", isExact,
      isExact ? "names keep their bytes" : "names are normalised or refused: they do not keep their bytes")
  }

  private func clone() throws(FilesError) -> Answer {
    try directory.makeDirectory("source")
    try directory.makeDirectory("copy")
    try make("source/file", String(repeating: "x", count: 4096))
    let report = try directory.subdirectory("source").copyTree(to: directory.subdirectory("copy"))
    return Answer(
      "clone", report.shared > 0, isNeeded: false,
      report.shared > 0 ? "copies share their blocks" : "copies are written out: a run costs the fixture's size")
  }

  private func space() throws(FilesError) -> Answer {
    var status = statvfs()
    do {
      try directory.descriptor.call { fstatvfs($0, &status) }
    } catch {
      throw FilesError.failed("look at", directory.path.display, error)
    }
    let bytes = UInt64(status.f_bavail) * UInt64(status.f_frsize)
    let isEnough = bytes >= 1 << 30 && (status.f_files == 0 || status.f_favail >= 10_000)
    return Answer(
      "space", isEnough, isNeeded: false, "\(bytes / 1_000_000) MB and \(status.f_favail) files are free")
  }
}
