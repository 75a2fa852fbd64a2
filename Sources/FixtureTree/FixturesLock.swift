import Digests
import Files

/// `fixtures.lock`: the tree digest of each fixture of a project, committed, so that a change of a fixture shows in a
/// review and two branches that change one conflict in git.
package struct FixturesLock: Sendable, Equatable {
  /// One fixture's line.
  package struct Entry: Sendable, Equatable {
    /// The fixture's name.
    package var name: String
    /// Its version.
    package var version: Int
    /// Its layout.
    package var layout: String
    /// Its tree digest.
    package var treeDigest: SHA256Digest

    /// Pins a fixture.
    package init(name: String, version: Int, layout: String, treeDigest: SHA256Digest) {
      self.name = name
      self.version = version
      self.layout = layout
      self.treeDigest = treeDigest
    }
  }

  /// The pinned fixtures, sorted by name and layout.
  package private(set) var entries: [Entry] = []

  private static let header =
    "# The tree digest of each fixture, written by kumo-fixtures generate. Commit this file; do not edit it.\n"

  /// A lock that pins nothing.
  package init() {}

  /// The entry of a fixture in a layout.
  package func entry(name: String, layout: String) -> Entry? {
    entries.first { $0.name.utf8.elementsEqual(name.utf8) && $0.layout == layout }
  }

  /// Pins a fixture, in place of what was pinned for its name and layout.
  package mutating func pin(_ entry: Entry) {
    entries.removeAll { $0.name.utf8.elementsEqual(entry.name.utf8) && $0.layout == entry.layout }
    entries.append(entry)
    entries.sort { ($0.name, $0.layout) < ($1.name, $1.layout) }
  }

  /// The file's text: one line for each fixture.
  package var bytes: [UInt8] {
    var text = Self.header
    for entry in entries {
      text += "\(entry.name) \(entry.version) \(entry.layout) sha256:\(entry.treeDigest.hex)\n"
    }
    return Array(text.utf8)
  }

  /// Reads a lock file.
  ///
  /// - Throws: `FixtureTreeError` with `.badLock` and the line.
  package init(parsing bytes: [UInt8]) throws(FixtureTreeError) {
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
      guard words.count == 4, let version = Int(words[1]), words[3].hasPrefix("sha256:"),
        let digest = SHA256Digest(hex: String(words[3].dropFirst("sha256:".count)))
      else {
        throw FixtureTreeError(
          .badLock, "line \(index + 1) of the lock file is not 'NAME VERSION LAYOUT sha256:DIGEST'", line: index + 1)
      }
      let entry = Entry(name: words[0], version: version, layout: words[2], treeDigest: digest)
      guard self.entry(name: entry.name, layout: entry.layout) == nil else {
        throw FixtureTreeError(
          .badLock, "line \(index + 1) of the lock file pins '\(entry.name)' a second time; two branches were merged",
          line: index + 1)
      }
      pin(entry)
    }
  }
}
