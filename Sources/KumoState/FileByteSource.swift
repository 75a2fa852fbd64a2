import Files
import JSONBytes

/// An open file as the source of a JSON reader, read from its beginning whatever else reads it.
package struct FileByteSource: JSONByteSource {
  private let file: ReadableFile
  private var offset: Int64 = 0

  /// Reads a file from its first byte.
  package init(_ file: ReadableFile) {
    self.file = file
  }

  /// The next bytes; 0 is the end.
  ///
  /// - Throws: `FilesError`.
  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = try file.read(into: buffer, at: offset)
    offset += Int64(count)
    return count
  }
}

extension JSONReader {
  /// A reader for a file that is rewritten or compared. It takes what KUMO takes: that a key stands twice or a surrogate
  /// stands alone is for validation to say, and what is not named stays as it is.
  package static func rewriting(_ file: ReadableFile) -> JSONReader {
    var options = Options()
    options.duplicateKeys = .allow
    options.loneSurrogates = .allow
    return JSONReader(source: FileByteSource(file), options: options)
  }
}
