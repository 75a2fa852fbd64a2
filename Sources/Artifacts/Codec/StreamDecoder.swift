import CZlib
import CZstd

/// Decodes a stream whose pieces cannot be found without decoding: gzip, foreign zstd, or nothing at all.
protocol StreamDecoder {
  /// Takes some of `input` and writes some of `output`. `isEnd` says that nothing follows `input`.
  /// - Returns: bytes taken and bytes written; (0, 0) with `isEnd` is a clean end.
  func decode(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: UnsafeMutableRawBufferPointer
  ) throws(CodecFault) -> (taken: Int, written: Int)
}

/// A plain `.tar`.
struct PlainDecoder: StreamDecoder {
  func decode(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: UnsafeMutableRawBufferPointer
  ) throws(CodecFault) -> (taken: Int, written: Int) {
    let count = min(input.count, output.count)
    output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[..<count]))
    return (count, count)
  }
}

/// Any zstd stream; its window may have up to 128 MiB, libzstd's own limit.
final class ZstdStreamDecoder: StreamDecoder {
  private let context: OpaquePointer
  private var isInFrame = false

  init() throws(ArtifactError) {
    guard let context = ZSTD_createDCtx() else {
      throw ArtifactError(.unreadable, "not enough memory for a zstd decompressor")
    }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  func decode(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: UnsafeMutableRawBufferPointer
  ) throws(CodecFault) -> (taken: Int, written: Int) {
    if input.isEmpty && !isInFrame { return (0, 0) }
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let result = ZSTD_decompressStream(context, &target, &source)
    guard ZSTD_isError(result) == 0 else { throw .damaged(String(cString: ZSTD_getErrorName(result))) }
    isInFrame = result != 0
    if isEnd, isInFrame, source.pos == input.count, target.pos == 0 { throw .truncated }
    return (source.pos, target.pos)
  }
}

/// Any gzip file, of any number of members; CRC and length of each are checked.
final class GzipStreamDecoder: StreamDecoder {
  private let stream: UnsafeMutablePointer<z_stream>
  private var isInMember = true

  init() throws(ArtifactError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard kumo_inflate_init_gzip(stream) == Z_OK else {
      throw ArtifactError(.unreadable, "not enough memory for a gzip decompressor")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func decode(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: UnsafeMutableRawBufferPointer
  ) throws(CodecFault) -> (taken: Int, written: Int) {
    if !isInMember {
      guard !input.isEmpty else { return (0, 0) }
      inflateReset(stream)
      isInMember = true
    }
    stream.pointee.next_in = UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(input.count)
    stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(output.count)
    let status = inflate(stream, Z_NO_FLUSH)
    let taken = input.count - Int(stream.pointee.avail_in)
    let written = output.count - Int(stream.pointee.avail_out)
    switch status {
    case Z_STREAM_END: isInMember = false
    case Z_OK: break
    case Z_BUF_ERROR where taken == 0 && written == 0:
      if isEnd { throw .truncated }
    default: throw .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "gzip error \(status)")
    }
    return (taken, written)
  }
}
