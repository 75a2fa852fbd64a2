extension Manifest {
  /// Reads the text of a manifest. Lines may be in any order; the last may lack its line feed. The mark of a binary file
  /// (`*` before the name) is accepted and means nothing. No blank lines, no comments.
  ///
  /// - Throws: `ManifestError` with the number of the first line that is wrong.
  package init(parsing text: [UInt8]) throws(ManifestError) {
    var entries: [Entry] = []
    var lines: [[UInt8]: Int] = [:]
    var rest = text[...]
    var number = 0
    while !rest.isEmpty {
      number += 1
      let end = rest.firstIndex(of: lineFeed) ?? rest.endIndex
      let entry = try Self.entry(rest[..<end], line: number)
      if let first = lines.updateValue(number, forKey: entry.name) {
        throw ManifestError(line: number, reason: .duplicate(firstLine: first), name: entry.name)
      }
      entries.append(entry)
      rest = rest[min(end + 1, rest.endIndex)...]
    }
    try self.init(entries)
  }

  private static func entry(_ whole: ArraySlice<UInt8>, line: Int) throws(ManifestError) -> Entry {
    let escaped = whole.first == backslash
    let content = escaped ? whole.dropFirst() : whole
    guard let digest = SHA256Digest(hex: content.prefix(64)) else { throw ManifestError(line: line, reason: .digest) }
    let separator = content.dropFirst(64).prefix(2)
    guard separator.elementsEqual([space, space]) || separator.elementsEqual([space, UInt8(ascii: "*")]) else {
      throw ManifestError(line: line, reason: .separator)
    }
    let written = content.dropFirst(66)
    // GNU escapes a carriage return in a name, so a bare one at the end comes from a conversion of line ends.
    if written.last == carriageReturn { throw ManifestError(line: line, reason: .carriageReturn) }
    let name = escaped ? try unescape(written, line: line) : Array(written)
    if let reason = ManifestError.Reason(unsafeName: name) {
      throw ManifestError(line: line, reason: reason, name: name)
    }
    return Entry(digest: digest, name: name)
  }

  private static func unescape(_ written: ArraySlice<UInt8>, line: Int) throws(ManifestError) -> [UInt8] {
    var name: [UInt8] = []
    var bytes = written.makeIterator()
    while let byte = bytes.next() {
      guard byte == backslash else {
        name.append(byte)
        continue
      }
      switch bytes.next() {
      case backslash: name.append(backslash)
      case UInt8(ascii: "n"): name.append(lineFeed)
      case UInt8(ascii: "r"): name.append(carriageReturn)
      default: throw ManifestError(line: line, reason: .escape)
      }
    }
    return name
  }
}
