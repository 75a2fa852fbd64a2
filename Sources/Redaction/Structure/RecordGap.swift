import Files
import JSONBytes

/// Whole records of one container that are passed over: without them a document is still one.
struct RecordGap: Sendable {
  let range: Range<Int>
  /// How many records they are.
  let count: Int
}

/// A file without some stretches of records, as the source of a JSON reader.
struct GappedByteSource: JSONByteSource {
  private let file: ReadableFile
  private var gaps: ArraySlice<RecordGap>
  private var offset = 0

  init(_ file: ReadableFile, _ gaps: [RecordGap]) {
    self.file = file
    self.gaps = gaps[...]
  }

  /// The next bytes; 0 is the end.
  ///
  /// - Throws: `FilesError`.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if let gap = gaps.first, gap.range.lowerBound == offset {
      offset = gap.range.upperBound
      gaps.removeFirst()
    }
    let room = min(buffer.count, (gaps.first?.range.lowerBound ?? .max) - offset)
    let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<room]), at: Int64(offset))
    offset += count
    return count
  }
}

/// Tells where in the file the bytes stand that a reader meets without the gaps.
struct GapCursor {
  private var gaps: ArraySlice<RecordGap>
  /// Bytes that were passed over so far.
  private(set) var shift = 0

  init(_ gaps: [RecordGap]) { self.gaps = gaps[...] }

  /// Goes on to a byte as the reader counts; offsets ascend.
  ///
  /// - Returns: how many records were passed over on the way.
  mutating func move(to offset: Int) -> Int {
    var count = 0
    while let gap = gaps.first, gap.range.lowerBound <= offset + shift {
      shift += gap.range.count
      count += gap.count
      gaps.removeFirst()
    }
    return count
  }
}
