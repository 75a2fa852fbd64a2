import CZlib
import CZstd

/// Takes a gzip, zlib or zstd stream apart piece by piece, in bounded memory. Members of gzip and frames of zstd that
/// follow each other are one stream.
///
/// The compressed bytes must stay where they are as long as this lives.
final class CompressedStream {
  /// How far the stream has come.
  enum State {
    /// There may be more.
    case running
    /// It ended where it had to.
    case ended
    /// What follows is no such stream, or is cut off.
    case damaged
  }

  private enum Engine {
    case deflate(UnsafeMutablePointer<z_stream>)
    case zstd(OpaquePointer)
  }

  /// The most that one step gives when nobody says otherwise, in bytes.
  static let pieceLength = 128 << 10

  private let engine: Engine
  private let source: UnsafeRawBufferPointer
  private var block: [UInt8]
  /// How far it has come.
  private(set) var state = State.running
  /// Compressed bytes that were used up.
  private(set) var consumed = 0

  /// How the header of a deflate stream looks; the numbers are zlib's own.
  enum Framing: Int32 {
    /// gzip or zlib, whichever the header says.
    case header = 47
    /// None, as in the members of a zip file.
    case raw = -15
  }

  /// Begins a stream; nil when its library has no memory.
  ///
  /// - Parameter pieceLength: the most that one step gives, in bytes.
  convenience init?(
    _ body: CompressedBody, _ source: UnsafeRawBufferPointer, pieceLength: Int = CompressedStream.pieceLength
  ) {
    if body == .zstd {
      self.init(zstd: source, pieceLength)
    } else {
      self.init(deflate: source, .header, pieceLength: pieceLength)
    }
  }

  /// Begins a deflate stream.
  init?(deflate source: UnsafeRawBufferPointer, _ framing: Framing, pieceLength: Int = CompressedStream.pieceLength) {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard kumo_inflate_init(stream, framing.rawValue) == Z_OK else {
      stream.deallocate()
      return nil
    }
    engine = .deflate(stream)
    self.source = source
    block = [UInt8](repeating: 0, count: pieceLength)
  }

  private init?(zstd source: UnsafeRawBufferPointer, _ pieceLength: Int) {
    guard let stream = ZSTD_createDStream() else { return nil }
    // 128 MiB of window is what zstd itself takes by default.
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 27)
    engine = .zstd(stream)
    self.source = source
    block = [UInt8](repeating: 0, count: pieceLength)
  }

  deinit {
    switch engine {
    case .deflate(let stream):
      inflateEnd(stream)
      stream.deallocate()
    case .zstd(let stream): ZSTD_freeDStream(stream)
    }
  }

  /// Appends the next piece, and says whether there may be another one.
  func next(into output: inout [UInt8]) -> State {
    guard state == .running else { return state }
    switch engine {
    case .deflate(let stream): state = inflatePiece(stream, into: &output)
    case .zstd(let stream): state = zstdPiece(stream, into: &output)
    }
    return state
  }

  private func inflatePiece(_ stream: UnsafeMutablePointer<z_stream>, into output: inout [UInt8]) -> State {
    // zlib counts in 32 bits; what is longer comes in turns.
    let available = min(source.count - consumed, 1 << 30)
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: source.bindMemory(to: UInt8.self).baseAddress.map { $0 + consumed })
    stream.pointee.avail_in = UInt32(available)
    let (status, count) = block.withUnsafeMutableBufferPointer { room in
      stream.pointee.next_out = room.baseAddress
      stream.pointee.avail_out = UInt32(room.count)
      let status = inflate(stream, Z_NO_FLUSH)
      return (status, room.count - Int(stream.pointee.avail_out))
    }
    consumed += available - Int(stream.pointee.avail_in)
    output += block[..<count]
    switch status {
    case Z_OK: return .running
    case Z_STREAM_END: return beginsMember(at: consumed) && inflateReset(stream) == Z_OK ? .running : .ended
    default: return .damaged
    }
  }

  /// Whether another member of gzip begins at a place.
  private func beginsMember(at offset: Int) -> Bool {
    offset + 18 <= source.count && source[offset] == 0x1F && source[offset + 1] == 0x8B && source[offset + 2] == 8
  }

  private func zstdPiece(_ stream: OpaquePointer, into output: inout [UInt8]) -> State {
    var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: consumed)
    let (status, count) = block.withUnsafeMutableBytes { room in
      var target = ZSTD_outBuffer(dst: room.baseAddress, size: room.count, pos: 0)
      let status = ZSTD_decompressStream(stream, &target, &input)
      return (status, target.pos)
    }
    let used = input.pos - consumed
    consumed = input.pos
    output += block[..<count]
    if ZSTD_isError(status) != 0 { return .damaged }
    if status == 0 { return beginsFrame(at: consumed) ? .running : .ended }
    return used == 0 && count == 0 ? .damaged : .running
  }

  /// Whether another frame of zstd begins at a place, or one to be skipped (RFC 8878 3.1.2).
  private func beginsFrame(at offset: Int) -> Bool {
    guard offset + 8 <= source.count else { return false }
    let magic = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    return magic == 0xFD2F_B528 || magic & 0xFFFF_FFF0 == 0x184D_2A50
  }
}
