/// A list of files with their SHA-256 digests, in the text form of GNU `sha256sum`: what it writes, `sha256sum -c`
/// checks, on any machine, without this program.
///
/// One line each: 64 hexadecimal digits, two spaces, the name. A name with a backslash, line feed or carriage return is
/// written with `\\`, `\n`, `\r`, and its line begins with a backslash (as coreutils 9 does). Sorted by the bytes of the
/// name, no name twice. (One name `sha256sum -c` cannot check: a file called `-`, which it takes for standard input.)
package struct Manifest: Sendable, Equatable {
  /// One line.
  package struct Entry: Sendable, Hashable {
    /// The digest of the content.
    package let digest: SHA256Digest
    /// The path, relative, as bytes.
    package let name: [UInt8]

    package init(digest: SHA256Digest, name: [UInt8]) {
      self.digest = digest
      self.name = name
    }
  }

  /// Sorted by the bytes of the name.
  package let entries: [Entry]

  /// A manifest of entries in any order.
  ///
  /// - Throws: `ManifestError` when a name is not a relative path inside the directory, or comes twice. Its line number
  ///   is the place in the sorted list, from 1.
  package init(_ unsorted: [Entry]) throws(ManifestError) {
    let entries = unsorted.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    for (index, entry) in entries.enumerated() {
      if let reason = ManifestError.Reason(unsafeName: entry.name) {
        throw ManifestError(line: index + 1, reason: reason, name: entry.name)
      }
      if index > 0, entries[index - 1].name == entry.name {
        throw ManifestError(line: index + 1, reason: .duplicate(firstLine: index), name: entry.name)
      }
    }
    self.entries = entries
  }

  /// The digest of a name, nil when the manifest does not name it.
  package subscript(name: [UInt8]) -> SHA256Digest? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].name.lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, entries[low].name == name else { return nil }
    return entries[low].digest
  }

  /// The text: what `parse` reads and `sha256sum -c` checks.
  package func serialise() -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(entries.reduce(0) { $0 + $1.name.count + 67 })
    for entry in entries {
      let escaped = entry.name.contains { Manifest.escape($0) != nil }
      if escaped { text.append(backslash) }
      text += entry.digest.hexBytes
      text += [space, space]
      for byte in entry.name {
        if let letter = Manifest.escape(byte) { text += [backslash, letter] } else { text.append(byte) }
      }
      text.append(lineFeed)
    }
    return text
  }

  /// The letter after the backslash, for bytes that are escaped.
  private static func escape(_ byte: UInt8) -> UInt8? {
    switch byte {
    case backslash: backslash
    case lineFeed: UInt8(ascii: "n")
    case carriageReturn: UInt8(ascii: "r")
    default: nil
    }
  }
}

let backslash = UInt8(ascii: "\\")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
let space = UInt8(ascii: " ")
