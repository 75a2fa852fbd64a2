import Files
import SystemPackage

/// What is checked out, read from git's own files: no git process, which may be absent or refuse a folder of another
/// owner.
public enum GitBranch {
  /// The branch of the work tree that holds a folder: `feature/retry`, or `detached-` and twelve digits of the commit.
  ///
  /// - Returns: nil outside a work tree, and where git keeps its references in another form than files.
  public static func current(in folder: FilePath) -> String? {
    var place = folder.isEmpty ? FilePath(".") : folder
    if place.isRelative, let absolute = try? WorkingDirectory.current() { place = absolute.pushing(place) }
    while true {
      if let head = head(below: place.appending(".git")) { return branch(in: head) }
      guard place.lastComponent != nil else { return nil }
      place.removeLastComponent()
    }
  }

  /// The content of HEAD; in a linked work tree or a submodule `.git` is a file that names the directory.
  private static func head(below git: FilePath) -> String? {
    if let text = text(of: git.appending("HEAD")) { return text }
    guard let link = text(of: git), link.hasPrefix("gitdir: ") else { return nil }
    let target = FilePath(String(link.dropFirst("gitdir: ".count)))
    return text(of: git.removingLastComponent().pushing(target).appending("HEAD"))
  }

  private static func branch(in head: String) -> String? {
    let reference = "ref: refs/heads/"
    if head.hasPrefix(reference) {
      let name = head.dropFirst(reference.count)
      // What git writes where references are in a reftable instead of files.
      return name == ".invalid" ? nil : String(name)
    }
    guard head.utf8.count >= 40, head.utf8.allSatisfy({ NameWords.isPlain($0) }) else { return nil }
    return "detached-\(head.prefix(12))"
  }

  /// The first line of a small file.
  private static func text(of path: FilePath) -> String? {
    guard let bytes = try? ReadableFile.open(path).readAll(limit: 64 * 1024) else { return nil }
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }
}
