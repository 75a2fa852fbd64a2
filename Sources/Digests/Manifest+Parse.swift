import Glibc

extension Manifest {
  /// Reads the text of a manifest. Lines may be in any order; the last may lack its line feed. The mark of a binary file
  /// (`*` before the name) is accepted and means nothing. No blank lines, no comments.
  ///
  /// - Throws: `ManifestError` with the number of the first line that is wrong.
  package init(parsing text: [UInt8]) throws(ManifestError) {
    var entries: [Entry] = []
    // 66 bytes before a name; a guess that is seldom too small.
    entries.reserveCapacity(text.count / 80)
    var isAscending = true
    do throws(ManifestError) {
      try text.withUnsafeBufferPointer { (bytes) throws(ManifestError) in
        var start = 0
        while start < bytes.count {
          let rest = UnsafeBufferPointer(rebasing: bytes[start...])
          let end = Self.lineEnd(rest)
          let entry = try Self.entry(UnsafeBufferPointer(rebasing: rest[..<end]), line: entries.count + 1)
          if let last = entries.last, !ByteOrder.precedes(last.name, entry.name) { isAscending = false }
          entries.append(entry)
          start += end + 1
        }
      }
    } catch {
      // A name that comes twice before the line that is wrong is the first fault.
      if !isAscending { try Self.checkUnique(entries) }
      throw error
    }
    guard isAscending else {
      try Self.checkUnique(entries)
      try self.init(entries)
      return
    }
    self.init(checked: entries)
  }

  private static func checkUnique(_ entries: [Entry]) throws(ManifestError) {
    var lines: [[UInt8]: Int] = [:]
    for (index, entry) in entries.enumerated() {
      if let first = lines.updateValue(index + 1, forKey: entry.name) {
        throw ManifestError(line: index + 1, reason: .duplicate(firstLine: first), name: entry.name)
      }
    }
  }

  private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = bytes.baseAddress, let found = memchr(base, Int32(lineFeed), bytes.count) else {
      return bytes.count
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  private static func entry(_ whole: UnsafeBufferPointer<UInt8>, line: Int) throws(ManifestError) -> Entry {
    let escaped = whole.first == backslash
    let content = UnsafeBufferPointer(rebasing: whole[(escaped ? 1 : 0)...])
    guard content.count >= 64, let digest = SHA256Digest(hex: UnsafeBufferPointer(rebasing: content[..<64])) else {
      throw ManifestError(line: line, reason: .digest)
    }
    guard content.count >= 66, content[64] == space, content[65] == space || content[65] == UInt8(ascii: "*") else {
      throw ManifestError(line: line, reason: .separator)
    }
    let written = UnsafeBufferPointer(rebasing: content[66...])
    // GNU escapes a carriage return in a name, so a bare one at the end comes from a conversion of line ends.
    if written.last == carriageReturn { throw ManifestError(line: line, reason: .carriageReturn) }
    let name = escaped ? try unescape(written, line: line) : Array(written)
    if let reason = ManifestError.Reason(unsafeName: name) {
      throw ManifestError(line: line, reason: reason, name: name)
    }
    return Entry(digest: digest, name: name)
  }

  private static func unescape(_ written: UnsafeBufferPointer<UInt8>, line: Int) throws(ManifestError) -> [UInt8] {
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
