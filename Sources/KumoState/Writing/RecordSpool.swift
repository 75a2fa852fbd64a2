import Files

/// Records that arrive in any order and leave sorted by the bytes of their keys, as Go writes the members of a map.
///
/// The records wait in a file; memory holds their keys and 40 bytes for each of them. The file stands in the directory
/// that the caller names and is gone when the spool is.
package final class RecordSpool {
  private struct Entry {
    var keyStart: Int
    var keyLength: Int32
    /// Whatever the caller wants to find again with the record.
    var tag: Int32
    var offset: Int64
    var length: Int64
  }

  /// A record in its place.
  package struct Record: Sendable {
    /// The record's key.
    package let key: [UInt8]
    /// What the caller gave with the record.
    package let tag: Int32
    fileprivate let offset: Int64
    fileprivate let length: Int64
  }

  private let directory: Directory
  private let name: RelativePath
  private let writer: BufferedWriter
  private var keys: [UInt8] = []
  private var entries: ContiguousArray<Entry> = []
  private var isSorted = true

  /// Begins an empty spool in a file of that name, which must not exist.
  ///
  /// - Throws: `FilesError` when the file cannot be made.
  package init(in directory: Directory, name: RelativePath) throws(FilesError) {
    self.directory = directory
    self.name = name
    self.writer = BufferedWriter(try directory.create(name))
  }

  deinit {
    // Best effort: the file is inside a staged directory, which is removed as a whole when this fails.
    try? directory.remove(name)
  }

  /// How many records there are.
  package var count: Int { entries.count }

  /// Begins a record; its bytes follow with `write`.
  package func begin(key: [UInt8], tag: Int32 = 0) {
    if isSorted, let last = entries.last, precedes(key: key, entry: last) { isSorted = false }
    entries.append(
      Entry(keyStart: keys.count, keyLength: Int32(key.count), tag: tag, offset: writer.position, length: 0))
    keys.append(contentsOf: key)
  }

  /// Adds bytes to the record that was begun last.
  ///
  /// - Throws: `FilesError`, such as `.noSpace`.
  package func write(_ bytes: [UInt8]) throws(FilesError) {
    try writer.write(bytes)
    if !entries.isEmpty { entries[entries.count - 1].length += Int64(bytes.count) }
  }

  /// Adds a whole record.
  ///
  /// - Throws: `FilesError`, such as `.noSpace`.
  package func append(key: [UInt8], tag: Int32 = 0, _ bytes: [UInt8]) throws(FilesError) {
    begin(key: key, tag: tag)
    try write(bytes)
  }

  /// Walks the records in the order of their keys; records of equal keys come in the order in which they arrived.
  ///
  /// - Throws: `FilesError`, and whatever the body throws.
  package func forEachSorted(_ body: (Record, Contents) throws -> Void) throws {
    try writer.flush()
    sort()
    let contents = Contents(file: try directory.open(name))
    for entry in entries {
      let key = Array(keys[entry.keyStart..<entry.keyStart + Int(entry.keyLength)])
      try body(Record(key: key, tag: entry.tag, offset: entry.offset, length: entry.length), contents)
    }
  }

  /// The bytes of the records.
  package final class Contents {
    private let file: ReadableFile
    private var window = [UInt8](repeating: 0, count: 256 * 1024)
    private var windowStart: Int64 = 0
    private var windowCount = 0

    fileprivate init(file: ReadableFile) { self.file = file }

    /// Gives a record's bytes in pieces. Records that were written one after another are read in one call.
    ///
    /// - Throws: `FilesError`, and whatever the sink throws.
    package func copy(_ record: Record, to sink: ([UInt8]) throws -> Void) throws {
      var offset = record.offset
      let end = record.offset + record.length
      while offset < end {
        if offset < windowStart || offset >= windowStart + Int64(windowCount) {
          windowCount = try window.withUnsafeMutableBytes { try file.read(into: $0, at: offset) }
          windowStart = offset
          guard windowCount > 0 else {
            throw FilesError(.changed, path: "\(file.path)", message: "a temporary file became shorter while in use")
          }
        }
        let from = Int(offset - windowStart)
        let to = Int(min(end - windowStart, Int64(windowCount)))
        try sink(Array(window[from..<to]))
        offset += Int64(to - from)
      }
    }
  }

  private func precedes(key: [UInt8], entry: Entry) -> Bool {
    key.lexicographicallyPrecedes(keys[entry.keyStart..<entry.keyStart + Int(entry.keyLength)])
  }

  private func sort() {
    guard !isSorted else { return }
    keys.withUnsafeBufferPointer { keys in
      entries.sort { left, right in
        let a = keys[left.keyStart..<left.keyStart + Int(left.keyLength)]
        let b = keys[right.keyStart..<right.keyStart + Int(right.keyLength)]
        if a.elementsEqual(b) { return left.offset < right.offset }
        return a.lexicographicallyPrecedes(b)
      }
    }
    isSorted = true
  }
}
