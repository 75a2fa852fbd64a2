/// A list of files with their SHA-256 digests, in the text form of GNU `sha256sum`: what it writes, `sha256sum -c`
/// checks, on any machine, without this program.
///
/// One line each: 64 hexadecimal digits, two spaces, the name. A name with a backslash, line feed or carriage return
/// is written with `\\`, `\n`, `\r`, and its line begins with a backslash (as coreutils 9 does). Sorted by the bytes
/// of the name, no name twice. (One name `sha256sum -c` cannot check: a file called `-`, which it takes for standard
/// input.)
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
    let isAscending = zip(unsorted, unsorted.dropFirst()).allSatisfy { ByteOrder.precedes($0.name, $1.name) }
    let entries = isAscending ? unsorted : unsorted.sorted { ByteOrder.precedes($0.name, $1.name) }
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

  /// Entries that are sorted and known to be right.
  init(checked entries: [Entry]) { self.entries = entries }

  /// The digest of a name, nil when the manifest does not name it.
  package subscript(name: [UInt8]) -> SHA256Digest? {
    var low = 0
    var high = entries.count
    while low < high {
      let middle = (low + high) / 2
      if ByteOrder.precedes(entries[middle].name, name) { low = middle + 1 } else { high = middle }
    }
    guard low < entries.count, entries[low].name == name else { return nil }
    return entries[low].digest
  }

  /// The text: what `parse` reads and `sha256sum -c` checks.
  package func serialise() -> [UInt8] {
    // A backslash before the line and one for each byte, at the most.
    let longest = entries.reduce(0) { $0 + 2 * $1.name.count + 68 }
    return [UInt8](unsafeUninitializedCapacity: longest) { text, count in
      for entry in entries {
        let escaped = entry.name.contains { Manifest.escape($0) != nil }
        if escaped { text.append(backslash, &count) }
        entry.digest.writeHex(into: UnsafeMutableBufferPointer(rebasing: text[count..<(count + 64)]))
        count += 64
        text.append(space, &count)
        text.append(space, &count)
        if escaped {
          for byte in entry.name {
            if Manifest.escape(byte) != nil { text.append(backslash, &count) }
            text.append(Manifest.escape(byte) ?? byte, &count)
          }
        } else {
          _ = UnsafeMutableBufferPointer(rebasing: text[count...]).update(fromContentsOf: entry.name)
          count += entry.name.count
        }
        text.append(lineFeed, &count)
      }
    }
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

extension UnsafeMutableBufferPointer<UInt8> {
  /// Writes one byte behind the `count` that are there.
  fileprivate func append(_ byte: UInt8, _ count: inout Int) {
    self[count] = byte
    count += 1
  }
}
