import Files
import JSONBytes

/// Reads one record of a file again, from the offset that a scan noted.
enum RecordReader {
  /// A reader on the first token of the value of the member whose key begins at `offset`, and that key.
  ///
  /// - Throws: the JSON reader's error, when the file is not what it was.
  static func member(of file: ReadableFile, at offset: Int) throws -> (reader: JSONReader, key: [UInt8]) {
    let reader = open(file, at: offset, behind: UInt8(ascii: "{"))
    _ = try reader.next()
    _ = try reader.next()
    let key = try reader.string()
    _ = try reader.next()
    return (reader, key)
  }

  /// A reader on the first token of the array element that begins at `offset`.
  ///
  /// - Throws: as `member(of:at:)`.
  static func element(of file: ReadableFile, at offset: Int) throws -> JSONReader {
    let reader = open(file, at: offset, behind: UInt8(ascii: "["))
    _ = try reader.next()
    _ = try reader.next()
    return reader
  }

  /// The rest of the file behind the bracket that makes a document of its next record.
  private static func open(_ file: ReadableFile, at offset: Int, behind bracket: UInt8) -> JSONReader {
    var options = RecordSource.options
    options.bufferSize = 16 << 10
    return JSONReader(source: RecordSource(file: file, offset: Int64(offset), prefix: bracket), options: options)
  }
}

/// A file, or the rest of one, as the source of a JSON reader.
struct RecordSource: JSONByteSource {
  /// What KUMO reads can be compared; that a key stands twice is for `validate` to say. A record that is compared
  /// whole is held, so that its length and depth have bounds.
  static var options: JSONReader.Options {
    var options = JSONReader.Options()
    options.duplicateKeys = .allow
    options.loneSurrogates = .allow
    options.maxDepth = 1000
    options.maxStringBytes = 512 << 20
    return options
  }

  let file: ReadableFile
  var offset: Int64 = 0
  var prefix: UInt8?

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if let prefix {
      buffer[0] = prefix
      self.prefix = nil
      return 1
    }
    let count = try file.read(into: buffer, at: offset)
    offset += Int64(count)
    return count
  }
}
