import Files
import Glibc
import SystemPackage

/// An artifact opened for reading: one file, and what its first bytes say it is.
package final class ArtifactFile: Sendable {
  /// For messages.
  package let path: FilePath
  /// How its tar stream is stored, by its content and not by its name.
  package let compression: Compression
  /// Bytes of the file.
  package let size: Int
  let file: ReadableFile

  /// Opens a `.tar.zst`, `.tar.gz` or `.tar`.
  ///
  /// - Throws: `.unreadable` when it cannot be opened, `.notAnArtifact` when it is none of the three.
  package static func open(_ path: FilePath) throws(ArtifactError) -> ArtifactFile {
    let file = try withFiles(.unreadable) { () throws(FilesError) in try ReadableFile.open(path) }
    return try ArtifactFile(file)
  }

  init(_ file: ReadableFile) throws(ArtifactError) {
    self.file = file
    path = file.path
    size = Int(file.size)
    let buffer = ByteBuffer(capacity: TarBlock.size)
    try Self.read(file, at: 0, count: min(TarBlock.size, size), into: buffer)
    let start = buffer.bytes
    let isSkippable =
      start.count >= 4 && start[0] & 0xF0 == 0x50 && start[1...3].elementsEqual([0x2A, 0x4D, 0x18])
    if start.starts(with: ZstdFrameHeader.magic) || isSkippable {
      compression = .zstd
    } else if start.starts(with: [0x1F, 0x8B]) {
      compression = .gzip
    } else if start.count == TarBlock.size, start[257..<262].elementsEqual(Array("ustar".utf8)) {
      compression = .none
    } else {
      throw ArtifactError(
        .notAnArtifact, "'\(DisplayName.escape(path.description.utf8))' is not a tar archive, plain or in zstd or gzip",
        hint: "make an artifact with pack")
    }
  }

  /// Reads exactly `count` bytes at an offset; a file that has become shorter is unreadable.
  static func read(_ file: ReadableFile, at offset: Int, count: Int, into buffer: ByteBuffer) throws(ArtifactError) {
    var done = 0
    while done < count {
      let place = Int64(offset + done)
      let got = try withFiles(.unreadable) { () throws(FilesError) in
        try buffer.fill(count - done) { (room) throws(FilesError) in try file.read(into: room, at: place) }
      }
      guard got > 0 else { throw ArtifactError(.unreadable, "the artifact became shorter while it was read") }
      done += got
    }
  }
}
