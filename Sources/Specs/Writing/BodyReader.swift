import Digests
import Files

/// Reads a body in pieces, so that a large one never stands in memory.
enum BodyReader {
  private static let pieceSize = 256 * 1024

  /// Gives the body's bytes in order. A file must still have the size and SHA-256 that it had when the spec was resolved.
  static func forEachPiece(of body: ResolvedBody, _ use: (UnsafeRawBufferPointer) throws -> Void) throws {
    switch body {
    case .bytes(let bytes):
      try bytes.withUnsafeBytes { try use($0) }
    case .file(let path, let size, let digest):
      try readFile(ReadableFile.open(path), size: size, digest: digest, use)
    case .seeded(let count, var stream):
      var left = count
      var piece = [UInt8](repeating: 0, count: min(pieceSize, max(count, 1)))
      while left > 0 {
        let length = min(left, piece.count)
        try piece.withUnsafeMutableBytes { buffer in
          stream.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[..<length]))
          try use(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<length]))
        }
        left -= length
      }
    }
  }

  private static func readFile(
    _ file: ReadableFile, size: Int, digest: String, _ use: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let hasher = try SHA256Hasher()
    var total = 0
    var piece = [UInt8](repeating: 0, count: pieceSize)
    while true {
      let count = try piece.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { break }
      total += count
      try piece.withUnsafeBytes { buffer in
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        hasher.update(bytes)
        try use(bytes)
      }
    }
    guard total == size, try hasher.finalize().hex == digest else {
      throw FilesError(
        .changed, path: "\(file.path)", message: "'\(file.path)' changed while the fixture was made from it",
        hint: "run the command again when nothing writes to the file")
    }
  }
}
