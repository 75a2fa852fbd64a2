import Files

/// Leaves out, keeps and appends entries of one JSON object or array through a `SpliceWriter`, with the commas right
/// and every byte of what is kept as it was.
///
/// Entries are told in the order of the file. A member of an object reaches from the quote of its key to the last
/// byte of its value, an element of an array is its value; offsets are those of `JSONReader.tokenOffset`.
package struct ContainerSplicer {
  /// Behind the opening bracket.
  private let start: Int
  /// Where the last entry that is written ends in the source, nil while there is none.
  private var keptEnd: Int?
  /// Entries were left out and none has been kept yet, so the comma to go is the one behind them.
  private var leavesOutFirst = false
  private var hasAppended = false

  /// A container whose `{` or `[` is at an offset.
  package init(openedAt offset: Int) {
    start = offset + 1
  }

  /// Keeps an entry; splices inside it may follow.
  ///
  /// - Throws: as `SpliceWriter`.
  package mutating func keep(_ entry: Range<Int>, in writer: inout SpliceWriter) throws(FilesError) {
    try enter(at: entry.lowerBound, in: &writer)
    leave(at: entry.upperBound)
  }

  /// Keeps an entry whose end is not known yet: called before splices inside it, `leave(at:)` after them.
  ///
  /// - Throws: as `SpliceWriter`.
  package mutating func enter(at offset: Int, in writer: inout SpliceWriter) throws(FilesError) {
    guard leavesOutFirst else { return }
    try writer.skip(start..<offset)
    leavesOutFirst = false
  }

  /// The entry that was entered ends before this offset.
  package mutating func leave(at offset: Int) {
    keptEnd = offset
  }

  /// Leaves an entry out.
  ///
  /// - Throws: as `SpliceWriter`.
  package mutating func remove(_ entry: Range<Int>, in writer: inout SpliceWriter) throws(FilesError) {
    guard let end = keptEnd else {
      leavesOutFirst = true
      return
    }
    try writer.skip(end..<entry.upperBound)
    keptEnd = entry.upperBound
  }

  /// Adds an entry at the end, after the last one of the source was told; `offset` is that of the closing bracket.
  ///
  /// - Throws: as `SpliceWriter`.
  package mutating func append(
    _ entry: [UInt8], closingAt offset: Int, in writer: inout SpliceWriter
  ) throws(FilesError) {
    if hasAppended {
      try writer.insert([UInt8(ascii: ",")])
    } else if let end = keptEnd {
      try writer.replace(end..<end, with: [UInt8(ascii: ",")])
    } else {
      try writer.skip(start..<offset)
    }
    try writer.insert(entry)
    hasAppended = true
    leavesOutFirst = false
  }

  /// Ends the container; `offset` is that of the closing bracket.
  ///
  /// - Throws: as `SpliceWriter`.
  package mutating func close(at offset: Int, in writer: inout SpliceWriter) throws(FilesError) {
    guard leavesOutFirst else { return }
    try writer.skip(start..<offset)
    leavesOutFirst = false
  }
}
