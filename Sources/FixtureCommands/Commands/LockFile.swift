import Digests
import Files
import FixtureTree
import SystemPackage

/// The project's `fixtures.lock`, when it uses one.
struct LockFile {
  /// The path for messages.
  let displayPath: String
  private let path: FilePath?
  private let contents: FixturesLock

  /// Reads the lock file that the option names, or `fixtures.lock` in the current folder if it is there.
  init(option: String?, context: CommandContext) throws {
    displayPath = option ?? "fixtures.lock"
    let path = context.environment.path(displayPath)
    do {
      contents = try FixturesLock(parsing: ReadableFile.open(path).readAll(limit: 16 * 1024 * 1024))
      self.path = path
    } catch let error as FilesError where error.code == .notFound {
      contents = FixturesLock()
      self.path = option == nil ? nil : path
    }
  }

  /// Why the fixture is not the one that is pinned; nil when it is, or when nothing is pinned for it.
  func drift(from entry: FixturesLock.Entry) -> CommandFailure? {
    guard path != nil else { return nil }
    guard let pinned = contents.entry(name: entry.name, layout: entry.layout) else {
      return CommandFailure(
        .findings, "'\(entry.name)' in the layout \(entry.layout) is not pinned",
        hint: "run 'kumo-fixtures generate' without --check and --locked, and commit \(displayPath)")
    }
    guard pinned != entry else { return nil }
    return CommandFailure(
      .findings,
      "'\(entry.name)' is pinned as version \(pinned.version) with sha256:\(pinned.treeDigest.hex), "
        + "the spec gives version \(entry.version) with sha256:\(entry.treeDigest.hex)",
      hint:
        "run 'kumo-fixtures generate' without --check and --locked if the change is wanted, and commit \(displayPath)")
  }

  /// Pins the fixture, if the project uses a lock file and it does not say so already.
  func pin(_ entry: FixturesLock.Entry) throws {
    guard let path, contents.entry(name: entry.name, layout: entry.layout) != entry else { return }
    var changed = contents
    changed.pin(entry)
    let place = try Directory.containing(path)
    try place.directory.replace(place.name, with: changed.bytes, mode: 0o644)
  }
}
