import Files
import JSONBytes

/// A file as the source of a JSON reader.
package struct FileByteSource: JSONByteSource {
  private let file: ReadableFile

  /// Reads from where the file stands.
  package init(_ file: ReadableFile) {
    self.file = file
  }

  /// The next bytes; 0 is the end.
  ///
  /// - Throws: `FilesError`.
  package mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try file.read(into: buffer)
  }
}
