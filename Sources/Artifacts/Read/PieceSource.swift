import Files

/// Gives the tar stream of an artifact in pieces, numbered in order.
///
/// An artifact of ours is many zstd frames whose sizes stand in their headers: those are given undecoded, to be decoded
/// on any thread. Everything else is decoded here, one piece after the other.
final class PieceSource {
  enum Piece {
    /// The buffer holds decoded bytes.
    case decoded
    /// A frame to be decoded: its place in the file and the size of its content.
    case frame(offset: Int, length: Int, contentSize: Int)
    /// The rest cannot be decoded; nothing follows.
    case broken(CodecFault)
  }

  private let artifact: ArtifactFile
  private var offset = 0
  private var nextIndex = 0
  private var decoder: (any StreamDecoder)?
  private let input = ByteBuffer(capacity: 256 << 10)
  private var inputStart = 0
  private var isAtEnd = false
  private let window = ByteBuffer(capacity: ZstdFrameHeader.longest)

  /// Bytes of a decoded piece.
  static let pieceSize = 2 << 20
  /// A frame larger than this, compressed or not, is decoded as a stream instead: memory stays bounded.
  static let frameLimit = 16 << 20

  init(_ artifact: ArtifactFile) throws(ArtifactError) {
    self.artifact = artifact
    switch artifact.compression {
    case .zstd: decoder = nil
    case .gzip: decoder = try GzipStreamDecoder()
    case .none: decoder = PlainDecoder()
    }
  }

  /// Bytes of the file that have been handed out.
  var position: Int { offset - (input.count - inputStart) }

  /// The next piece and its number; nil at the end.
  func next(into buffer: ByteBuffer) throws(ArtifactError) -> (index: Int, piece: Piece)? {
    guard let piece = try piece(into: buffer) else { return nil }
    defer { nextIndex += 1 }
    return (nextIndex, piece)
  }

  private func piece(into buffer: ByteBuffer) throws(ArtifactError) -> Piece? {
    guard !isAtEnd else { return nil }
    if decoder == nil {
      guard offset < artifact.size else {
        isAtEnd = true
        return nil
      }
      if let frame = try frame() { return frame }
      decoder = try ZstdStreamDecoder()
    }
    do throws(CodecFault) {
      guard try stream(into: buffer) else { return nil }
      return .decoded
    } catch {
      isAtEnd = true
      return .broken(error)
    }
  }

  /// The frame at `offset`, when its sizes are stated and small enough.
  private func frame() throws(ArtifactError) -> Piece? {
    window.removeAll()
    try ArtifactFile.read(
      artifact.file, at: offset, count: min(ZstdFrameHeader.longest, artifact.size - offset), into: window)
    guard let header = ZstdFrameHeader(window.bytes), let contentSize = header.contentSize,
      contentSize <= Self.frameLimit
    else { return nil }
    var length = header.length
    while true {
      guard offset + length + 3 <= artifact.size, length <= Self.frameLimit else { return nil }
      window.removeAll()
      try ArtifactFile.read(artifact.file, at: offset + length, count: 3, into: window)
      let bytes = window.bytes
      guard let block = ZstdFrameHeader.block((bytes[0], bytes[1], bytes[2])) else { return nil }
      length += 3 + block.stored
      if block.isLast { break }
    }
    if header.hasChecksum { length += 4 }
    guard offset + length <= artifact.size else { return nil }
    defer { offset += length }
    return .frame(offset: offset, length: length, contentSize: contentSize)
  }

  /// Decodes until a piece is full or the stream ends; false when nothing was left.
  private func stream(into buffer: ByteBuffer) throws(CodecFault) -> Bool {
    buffer.reserve(Self.pieceSize)
    while buffer.count < Self.pieceSize {
      if inputStart == input.count { refill() }
      let rest = UnsafeRawBufferPointer(rebasing: input.bytes[inputStart...])
      let isEnd = offset >= artifact.size
      var taken = 0
      guard let decoder else { break }
      let written = try buffer.fill(Self.pieceSize - buffer.count) { (room) throws(CodecFault) -> Int in
        let result = try decoder.decode(rest, isEnd: isEnd, into: room)
        taken = result.taken
        return result.written
      }
      inputStart += taken
      if taken == 0 && written == 0 {
        // No decoder stands still while it has input and room: this is the end, or what follows is not its format.
        guard isEnd, inputStart == input.count else { throw .trailing }
        isAtEnd = true
        break
      }
    }
    return buffer.count > 0
  }

  private func refill() {
    input.removeAll()
    inputStart = 0
    let wanted = min(256 << 10, artifact.size - offset)
    guard wanted > 0 else { return }
    let place = offset
    // A failed read looks like an early end here, which every decoder reports as a truncation.
    let got = try? input.fill(wanted) { (room) throws(FilesError) in
      try artifact.file.read(into: room, at: Int64(place))
    }
    offset = (got ?? 0) > 0 ? offset + (got ?? 0) : artifact.size
  }
}
