import CZlib
import CZstd

/// Writes a gzip, zlib or zstd stream piece by piece, into memory.
final class CompressedWriter {
  private enum Engine {
    case deflate(UnsafeMutablePointer<z_stream>)
    case zstd(OpaquePointer)
  }

  private let engine: Engine
  private var output: [UInt8] = []
  private var block = [UInt8](repeating: 0, count: 128 << 10)

  /// Begins a stream with the default level, without a name or time; nil for a zip file, and without memory.
  ///
  /// - Parameter length: of the content, which zstd writes down where it is known.
  init?(_ body: CompressedBody, length: Int?) {
    switch body {
    case .gzip, .zlib:
      let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
      stream.initialize(to: z_stream())
      guard kumo_deflate_init(stream, body == .gzip ? 15 + 16 : 15) == Z_OK else {
        stream.deallocate()
        return nil
      }
      engine = .deflate(stream)
    case .zstd:
      guard let context = ZSTD_createCCtx() else { return nil }
      ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
      if let length { ZSTD_CCtx_setPledgedSrcSize(context, UInt64(length)) }
      engine = .zstd(context)
    case .zip: return nil
    }
  }

  deinit {
    switch engine {
    case .deflate(let stream):
      deflateEnd(stream)
      stream.deallocate()
    case .zstd(let context): ZSTD_freeCCtx(context)
    }
  }

  /// Adds content; false when the library fails.
  func write(_ content: [UInt8]) -> Bool { content.isEmpty || put(content, isLast: false) }

  /// Ends the stream and gives all of it; nil when the library fails.
  func finish() -> [UInt8]? { put([], isLast: true) ? output : nil }

  private func put(_ content: [UInt8], isLast: Bool) -> Bool {
    switch engine {
    case .deflate(let stream): deflated(content, stream, isLast: isLast)
    case .zstd(let context): written(content, context, isLast: isLast)
    }
  }

  private func deflated(_ content: [UInt8], _ stream: UnsafeMutablePointer<z_stream>, isLast: Bool) -> Bool {
    content.withUnsafeBufferPointer { source in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      stream.pointee.avail_in = UInt32(source.count)
      while true {
        let (status, count) = block.withUnsafeMutableBufferPointer { room in
          stream.pointee.next_out = room.baseAddress
          stream.pointee.avail_out = UInt32(room.count)
          let status = deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
          return (status, room.count - Int(stream.pointee.avail_out))
        }
        output += block[..<count]
        if status == Z_STREAM_END { return true }
        guard status == Z_OK || status == Z_BUF_ERROR else { return false }
        if !isLast, stream.pointee.avail_in == 0, count < block.count { return true }
      }
    }
  }

  private func written(_ content: [UInt8], _ context: OpaquePointer, isLast: Bool) -> Bool {
    content.withUnsafeBytes { source in
      var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      while true {
        let (rest, count) = block.withUnsafeMutableBytes { room in
          var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
          let rest = ZSTD_compressStream2(context, &target, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
          return (rest, target.pos)
        }
        if ZSTD_isError(rest) != 0 { return false }
        output += block[..<count]
        if isLast ? rest == 0 : input.pos == input.size { return true }
      }
    }
  }
}
