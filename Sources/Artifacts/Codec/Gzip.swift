import CZlib

/// Compresses pieces of tar into gzip members of their own, which `gzip`, `tar` and every other reader join.
final class GzipCompressor: PieceCompressor {
  private let stream: UnsafeMutablePointer<z_stream>

  init(level: Int) throws(ArtifactError) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard kumo_deflate_init_gzip(stream, Int32(level)) == Z_OK else {
      throw ArtifactError(.unwritable, "not enough memory for a gzip compressor")
    }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func compress(_ piece: UnsafeRawBufferPointer, into output: ByteBuffer) throws(ArtifactError) {
    let stream = stream
    deflateReset(stream)
    // 18 bytes of gzip's own beyond what deflateBound counts in some versions.
    let bound = Int(deflateBound(stream, UInt(piece.count))) + 32
    _ = try output.fill(bound) { (room) throws(ArtifactError) -> Int in
      stream.pointee.next_in = UnsafeMutablePointer(mutating: piece.bindMemory(to: UInt8.self).baseAddress)
      stream.pointee.avail_in = UInt32(piece.count)
      stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = UInt32(room.count)
      guard deflate(stream, Z_FINISH) == Z_STREAM_END else {
        throw ArtifactError(.unwritable, "gzip failed on a piece of \(piece.count) bytes")
      }
      return room.count - Int(stream.pointee.avail_out)
    }
  }
}

/// The gzip twin of `StoredZstd`: one member of uncompressed blocks, its length known before its content.
enum StoredGzip {
  private static let blockSize = 65535
  /// RFC 1952: no name, no time, no flags, unknown system.
  private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]

  static func encodedSize(_ count: Int) -> Int {
    header.count + max(1, (count + blockSize - 1) / blockSize) * 5 + count + 8
  }

  static func encode(_ content: UnsafeRawBufferPointer) -> [UInt8] {
    var output = header
    output.reserveCapacity(encodedSize(content.count))
    var start = 0
    repeat {
      let end = min(start + blockSize, content.count)
      let size = UInt16(end - start)
      output += [end == content.count ? 1 : 0, UInt8(size & 0xFF), UInt8(size >> 8)]
      output += [UInt8(~size & 0xFF), UInt8(~size >> 8)]
      output += content[start..<end]
      start = end
    } while start < content.count
    var checksum = crc32(0, nil, 0)
    if let base = content.bindMemory(to: UInt8.self).baseAddress {
      checksum = crc32_z(checksum, base, content.count)
    }
    for value in [UInt32(truncatingIfNeeded: checksum), UInt32(truncatingIfNeeded: content.count)] {
      for shift in stride(from: UInt32(0), through: 24, by: 8) {
        output.append(UInt8(truncatingIfNeeded: value >> shift))
      }
    }
    return output
  }
}
