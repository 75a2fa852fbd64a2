import Files
import JSONBytes

/// Writes a copy of a file in which some ranges are replaced; every other byte stays as it is, by construction.
///
/// The ranges are given in ascending order, so that a rewrite is one pass with bounded memory (two buffers of 256
/// KiB): a reader walks the source, and what it finds is spliced while it goes on. `finish()` copies what is left and
/// must be called.
package struct SpliceWriter {
  private let source: ReadableFile
  private let writer: BufferedWriter
  /// Bytes of the source from `windowStart` on: splices are often a few hundred bytes apart.
  private var window = [UInt8](repeating: 0, count: 256 * 1024)
  private var windowStart = 0
  private var windowCount = 0
  /// What an edit does to an object.
  private var edited = ObjectSplices()
  /// Bytes of the source that were copied or replaced so far.
  package private(set) var position = 0
  /// How many ranges were replaced.
  package private(set) var spliceCount = 0

  /// Begins a copy at the start of both files.
  package init(source: ReadableFile, target: WritableFile) {
    self.source = source
    writer = BufferedWriter(target)
  }

  /// Copies everything before the range that was not copied yet, and writes `bytes` for the range. An empty range
  /// inserts.
  ///
  /// - Parameter range: byte offsets in the source; it begins where the last one ended or later.
  /// - Throws: errors of reading and writing; `.changed` when the source ends before the range does.
  package mutating func replace(_ range: Range<Int>, with bytes: [UInt8]) throws(FilesError) {
    try skip(range)
    try writer.write(bytes)
  }

  /// Does to an object of the source what an edit says.
  ///
  /// - Throws: as `replace(_:with:)`.
  mutating func apply(_ edit: ObjectEdit, to object: JSONNode) throws(FilesError) {
    edit.splices(in: object, to: &edited)
    let offset = object.offset
    let writer = writer
    for splice in edited.splices {
      try skip((offset + splice.range.lowerBound)..<(offset + splice.range.upperBound))
      try edited.text.withUnsafeBufferPointer { (text) throws(FilesError) -> Void in
        try writer.write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: text[splice.text])))
      }
    }
  }

  /// Copies everything before the range and leaves the range out; what stands for it may follow with `insert`.
  ///
  /// - Throws: as `replace(_:with:)`.
  package mutating func skip(_ range: Range<Int>) throws(FilesError) {
    precondition(range.lowerBound >= position, "splices are given in ascending order")
    try copy(upTo: range.lowerBound)
    position = range.upperBound
    spliceCount += 1
  }

  /// Writes bytes at the place reached, for replacements too long to be held.
  ///
  /// - Throws: errors of writing.
  package mutating func insert(_ bytes: UnsafeRawBufferPointer) throws(FilesError) {
    try writer.write(bytes)
  }

  /// Writes bytes at the place reached.
  ///
  /// - Throws: errors of writing.
  package mutating func insert(_ bytes: [UInt8]) throws(FilesError) {
    try writer.write(bytes)
  }

  /// Copies the rest of the source and writes what is held.
  ///
  /// - Throws: errors of reading and writing; `.changed` when the source became shorter than what was replaced.
  package mutating func finish() throws(FilesError) {
    if Int64(position) > source.size { throw shortened() }
    try copy(upTo: .max)
    try writer.flush()
  }

  private mutating func copy(upTo end: Int) throws(FilesError) {
    while position < end {
      if position < windowStart || position >= windowStart + windowCount { try fill() }
      if windowCount == 0 {
        guard end == .max else { throw shortened() }
        return
      }
      let start = position - windowStart
      let count = min(windowCount - start, end - position)
      let writer = writer
      try window.withUnsafeBufferPointer { (bytes) throws(FilesError) -> Void in
        try writer.write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start..<(start + count)])))
      }
      position += count
    }
  }

  private mutating func fill() throws(FilesError) {
    let source = source
    let offset = Int64(position)
    windowStart = position
    windowCount = try window.withUnsafeMutableBufferPointer { (bytes) throws(FilesError) -> Int in
      try source.read(into: UnsafeMutableRawBufferPointer(bytes), at: offset)
    }
  }

  private func shortened() -> FilesError {
    let name = source.path.display
    return FilesError(
      .changed, path: name, message: "'\(name)' became shorter while it was read",
      hint: "stop what writes to it, and try again")
  }
}
