import CZstd

/// Compresses pieces of tar into zstd frames of their own, each with its content's size and checksum. Same input, level
/// and libzstd give the same bytes, on any machine. One compressor serves one thread.
final class ZstdCompressor: PieceCompressor {
  private let context: OpaquePointer

  init(level: Int) throws(ArtifactError) {
    guard let context = ZSTD_createCCtx() else {
      throw ArtifactError(.unwritable, "not enough memory for a zstd compressor")
    }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Int32(level))
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  func compress(_ piece: UnsafeRawBufferPointer, into output: ByteBuffer) throws(ArtifactError) {
    let context = context
    _ = try output.fill(ZSTD_compressBound(piece.count)) { (room) throws(ArtifactError) -> Int in
      let count = ZSTD_compress2(context, room.baseAddress, room.count, piece.baseAddress, piece.count)
      guard ZSTD_isError(count) == 0 else {
        throw ArtifactError(.unwritable, "zstd failed: \(String(cString: ZSTD_getErrorName(count)))")
      }
      return count
    }
  }
}

/// Decodes whole frames. One decompressor serves one thread.
final class ZstdDecompressor {
  private let context: OpaquePointer

  init() throws(ArtifactError) {
    guard let context = ZSTD_createDCtx() else {
      throw ArtifactError(.unreadable, "not enough memory for a zstd decompressor")
    }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  /// Decodes one frame whose content has `size` bytes; says why when it is damaged.
  func decode(_ frame: UnsafeRawBufferPointer, size: Int, into output: ByteBuffer) throws(CodecFault) {
    let context = context
    _ = try output.fill(size) { (room) throws(CodecFault) -> Int in
      let count = ZSTD_decompressDCtx(context, room.baseAddress, room.count, frame.baseAddress, frame.count)
      guard ZSTD_isError(count) == 0 else { throw .damaged(String(cString: ZSTD_getErrorName(count))) }
      guard count == size else { throw .damaged("it holds \(count) bytes where its header says \(size)") }
      return count
    }
  }
}

/// Why compressed data cannot be decoded.
enum CodecFault: Error {
  case damaged(String)
  case truncated
  case trailing
}

/// Turns one piece of tar into one piece of the artifact that decodes on its own.
protocol PieceCompressor {
  func compress(_ piece: UnsafeRawBufferPointer, into output: ByteBuffer) throws(ArtifactError)
}

/// For `.tar`: a piece is stored as it is.
struct NoCompressor: PieceCompressor {
  func compress(_ piece: UnsafeRawBufferPointer, into output: ByteBuffer) { output.append(piece) }
}
