import Glibc
import SystemPackage

/// A file being written, from its beginning to its end. Not for use from two threads at once.
package final class WritableFile {
  /// Where it was created, for messages.
  package let path: FilePath
  /// How many bytes have been written.
  package private(set) var position: Int64 = 0
  let descriptor: Descriptor

  init(path: FilePath, descriptor: Descriptor) {
    self.path = path
    self.descriptor = descriptor
  }

  /// Writes all the bytes.
  ///
  /// - Throws: `.noSpace`, `.io` and the like; the file then holds a part of them.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FilesError) {
    do {
      try descriptor.writeAll(bytes)
    } catch {
      throw FilesError.failed("write", path.display, error)
    }
    position += Int64(bytes.count)
  }

  /// Writes all the bytes.
  ///
  /// - Throws: as `write(_:)` with a buffer.
  package func write(_ bytes: [UInt8]) throws(FilesError) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(FilesError) -> Void in
      try write(UnsafeRawBufferPointer(buffer))
    }
  }

  /// Waits until the content is on the disk (fsync).
  ///
  /// - Throws: `.io`, `.noSpace` when the file system finds out only now.
  package func synchronize() throws(FilesError) {
    do {
      try descriptor.synchronize()
    } catch {
      throw FilesError.failed("write to disk", path.display, error)
    }
  }

  /// Sets the permission bits exactly, whatever the umask.
  ///
  /// - Throws: `.permission` and the like.
  package func setMode(_ mode: UInt32) throws(FilesError) {
    do {
      try descriptor.setMode(mode)
    } catch {
      throw FilesError.failed("change the mode of", path.display, error)
    }
  }
}

/// Collects small pieces and writes them in large ones. `flush()` must be called at the end.
package final class BufferedWriter {
  /// The file behind it.
  package let file: WritableFile
  private var buffer: [UInt8] = []
  private let capacity: Int

  /// - Parameter capacity: how many bytes are held at most.
  package init(_ file: WritableFile, capacity: Int = 256 * 1024) {
    self.file = file
    self.capacity = capacity
    buffer.reserveCapacity(capacity)
  }

  /// How many bytes have been given to it.
  package var position: Int64 { file.position + Int64(buffer.count) }

  /// Takes the bytes; writes when the buffer is full.
  ///
  /// - Throws: as `WritableFile.write(_:)`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FilesError) {
    if buffer.count + bytes.count > capacity { try flush() }
    if bytes.count >= capacity {
      try file.write(bytes)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  /// Takes the bytes; writes when the buffer is full.
  ///
  /// - Throws: as `WritableFile.write(_:)`.
  package func write(_ bytes: [UInt8]) throws(FilesError) {
    try bytes.withUnsafeBufferPointer { (pointer) throws(FilesError) -> Void in
      try write(UnsafeRawBufferPointer(pointer))
    }
  }

  /// Writes what is held.
  ///
  /// - Throws: as `WritableFile.write(_:)`.
  package func flush() throws(FilesError) {
    guard !buffer.isEmpty else { return }
    try file.write(buffer)
    buffer.removeAll(keepingCapacity: true)
  }
}
