import Files

/// Works out lines and columns for byte offsets, for the few files that have findings.
///
/// KUMO writes its files on one line, so that a column is nearly the offset; people who edit them use many.
enum LinePlaces {
  /// The place of each offset, or nothing for offsets behind the end and for a file that cannot be read any more.
  ///
  /// - Parameter offsets: sorted, ascending.
  static func find(_ offsets: [Int], in file: ReadableFile) -> [Int: Finding.Position] {
    var places: [Int: Finding.Position] = [:]
    var rest = offsets[...]
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    var base = 0
    var line = 1
    var lineStart = 0
    while let last = rest.last, base <= last {
      let count = buffer.withUnsafeMutableBytes { (try? file.read(into: $0, at: Int64(base))) ?? 0 }
      var index = 0
      while let offset = rest.first, offset < base + count || (count == 0 && offset == base) {
        while index < offset - base {
          if buffer[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = base + index + 1
          }
          index += 1
        }
        places[offset] = Finding.Position(offset: offset, line: line, column: offset - lineStart + 1)
        rest.removeFirst()
      }
      guard count > 0 else { break }
      while index < count, !rest.isEmpty {
        if buffer[index] == UInt8(ascii: "\n") {
          line += 1
          lineStart = base + index + 1
        }
        index += 1
      }
      base += count
    }
    return places
  }
}
