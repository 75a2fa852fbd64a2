import CZlib
import CZstd

/// What a compressed body turned out to be.
enum Decompressed {
  /// Everything in it.
  case whole([UInt8])
  /// What came out before an error or before the limit: enough to look at, not enough to write anew.
  case part([UInt8])
}

/// Compressed bodies: gzip (RFC 1952), zlib (RFC 1950), zstd (RFC 8878) and zip files, told by their first bytes.
enum CompressedBody: String, Sendable {
  case gzip
  case zlib
  case zstd
  case zip

  /// The most that is taken out of one body, in bytes; more is not looked at and the body is removed.
  static let limit = 64 << 20

  /// What a body is by its first bytes; nil for anything else.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= 8 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    case (0x1F, 0x8B, 0x08, _): self = .gzip
    case (0x28, 0xB5, 0x2F, 0xFD): self = .zstd
    case (0x50, 0x4B, 0x03, 0x04), (0x50, 0x4B, 0x05, 0x06): self = .zip
    case (0x78, 0x01, _, _), (0x78, 0x5E, _, _), (0x78, 0x9C, _, _), (0x78, 0xDA, _, _): self = .zlib
    default: return nil
    }
  }

  /// Takes out what is in a gzip, zlib or zstd body; zip files have members and go another way.
  func decompress(_ bytes: UnsafeRawBufferPointer) -> Decompressed {
    self == .zstd ? ZstdBody.decompress(bytes) : DeflateBody.decompress(bytes)
  }

  /// Makes a body like `original` with another content; nil when the library fails.
  func compress(_ content: [UInt8], like original: UnsafeRawBufferPointer) -> [UInt8]? {
    switch self {
    case .gzip: DeflateBody.compress(content, windowBits: 15 + 16)
    case .zlib: DeflateBody.compress(content, windowBits: 15)
    case .zstd: ZstdBody.compress(content)
    case .zip: nil
    }
  }
}

/// gzip and zlib by zlib.
enum DeflateBody {
  /// All members of a gzip body, one after another, or a zlib stream.
  static func decompress(_ bytes: UnsafeRawBufferPointer) -> Decompressed {
    var stream = z_stream()
    // 15 + 32: gzip or zlib, whichever the header says.
    guard kumo_inflate_init(&stream, 15 + 32) == Z_OK else { return .part([]) }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 64 << 10)
    stream.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
    stream.avail_in = UInt32(truncatingIfNeeded: min(bytes.count, Int(UInt32.max)))
    while true {
      let (status, count) = block.withUnsafeMutableBufferPointer { room in
        stream.next_out = room.baseAddress
        stream.avail_out = UInt32(room.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, room.count - Int(stream.avail_out))
      }
      output += block[..<count]
      if output.count > CompressedBody.limit { return .part(output) }
      if status == Z_STREAM_END {
        guard stream.avail_in > 0 else { return .whole(output) }
        // Another member, or bytes behind the last one that cannot be written anew.
        guard stream.avail_in >= 18, stream.next_in.pointee == 0x1F, inflateReset(&stream) == Z_OK else {
          return .part(output)
        }
      } else if status != Z_OK {
        return .part(output)
      }
    }
  }

  /// One member with the default level, no name and no time.
  static func compress(_ content: [UInt8], windowBits: Int32) -> [UInt8]? {
    var stream = z_stream()
    guard kumo_deflate_init(&stream, windowBits) == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(content.count))) + 64)
    let room = output.count
    let written: Int? = content.withUnsafeBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(room)
        return deflate(&stream, Z_FINISH) == Z_STREAM_END ? room - Int(stream.avail_out) : nil
      }
    }
    return written.map { Array(output[..<$0]) }
  }
}

/// zstd by libzstd.
enum ZstdBody {
  /// All frames of a body.
  static func decompress(_ bytes: UnsafeRawBufferPointer) -> Decompressed {
    guard let stream = ZSTD_createDStream() else { return .part([]) }
    defer { ZSTD_freeDStream(stream) }
    // 128 MiB of window is what zstd itself takes by default.
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 27)
    var output: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 128 << 10)
    var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    while true {
      let (status, count) = block.withUnsafeMutableBytes { room in
        var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
        let status = ZSTD_decompressStream(stream, &target, &input)
        return (status, target.pos)
      }
      output += block[..<count]
      if ZSTD_isError(status) != 0 || output.count > CompressedBody.limit { return .part(output) }
      if input.pos == input.size {
        if status == 0 { return .whole(output) }
        if count == 0 { return .part(output) }
      }
    }
  }

  /// One frame with its length and a checksum.
  static func compress(_ content: [UInt8]) -> [UInt8]? {
    guard let context = ZSTD_createCCtx() else { return nil }
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(content.count))
    let room = output.count
    let written = output.withUnsafeMutableBytes { target in
      content.withUnsafeBytes { ZSTD_compress2(context, target.baseAddress, room, $0.baseAddress, $0.count) }
    }
    guard ZSTD_isError(written) == 0 else { return nil }
    return Array(output[..<written])
  }
}
