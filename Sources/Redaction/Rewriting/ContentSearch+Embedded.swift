import CScan

/// Compressed streams inside binary content: entries of a container that is not known here, texts of a PDF file,
/// parts of a captured message. They cannot be written anew where they stand, so one with a secret in it goes whole.
extension ContentSearch {
  /// Appends the claims on every compressed stream in binary content.
  ///
  /// - Throws: as `claims(in:)`.
  func appendEmbedded(
    in bytes: UnsafeRawBufferPointer, depth: Int, to claims: inout [Claim]
  ) throws(RedactionError) {
    var start = 0
    while let candidate = EmbeddedStream.next(in: bytes, from: start) {
      start = candidate.start + 1
      guard candidate.isPlausible(in: bytes), let stream = candidate.open(in: bytes) else { continue }
      var isOver = false
      var budget = CompressedBody.longestContent
      let content = SequentialContent { output in
        guard !isOver, budget > 0 else { return false }
        let before = output.count
        isOver = stream.next(into: &output) != .running
        budget -= output.count - before
        return true
      }
      let hits = try pieceHits(content, depth: depth + 1)
      let range = candidate.start..<(candidate.content + stream.consumed)
      let isSound = stream.state == .ended
      if isSound { start = max(start, range.upperBound) }
      guard !hits.isEmpty || budget <= 0 else { continue }
      let found = Claim(range: range, replacement: [], isSecret: false, hits: hits)
      var claim = try removeWhole(
        UnsafeRawBufferPointer(rebasing: bytes[range]), hits: [found].nested(in: candidate.form))
      claim.range = range
      if mode != .collect { claim.replacement = PseudonymForm.filling(length: range.count) }
      claims.append(claim)
    }
  }
}

/// A place where a compressed stream may begin.
struct EmbeddedStream {
  /// What it may be.
  let form: String
  /// Its first byte.
  let start: Int
  /// Where its compressed bytes begin.
  let content: Int
  private let body: CompressedBody?

  /// Begins to read it.
  func open(
    in bytes: UnsafeRawBufferPointer, pieceLength: Int = CompressedStream.pieceLength
  ) -> CompressedStream? {
    let source = UnsafeRawBufferPointer(rebasing: bytes[content...])
    guard let body else { return CompressedStream(deflate: source, .raw, pieceLength: pieceLength) }
    return CompressedStream(body, source, pieceLength: pieceLength)
  }

  /// Whether something comes out of it: two bytes begin a stream by chance once in 16 KiB.
  func isPlausible(in bytes: UnsafeRawBufferPointer) -> Bool {
    guard let stream = open(in: bytes, pieceLength: 256) else { return true }
    var piece: [UInt8] = []
    return stream.next(into: &piece) != .damaged || piece.count >= 32
  }

  /// What has to be seen to look into it: as far as it goes, or a window when that is far; nil when nothing comes out.
  func extent(in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    guard isPlausible(in: bytes), let stream = open(in: bytes) else { return nil }
    var piece: [UInt8] = []
    var length = 0
    while stream.state == .running, stream.consumed < Self.farthest, length < 32 * Self.farthest {
      piece.removeAll(keepingCapacity: true)
      _ = stream.next(into: &piece)
      length += piece.count
    }
    let isFar = stream.state == .running || stream.consumed >= Self.farthest
    return start..<(isFar ? start + ContentFileSearch.Limits().window : content + max(1, stream.consumed))
  }

  /// How far a stream is followed to learn where it ends: as much as two blocks of a screen share, so that one that
  /// is cut off before is seen again from its beginning.
  private static let farthest = 32 << 10

  /// The first one at or after a place.
  static func next(in bytes: UnsafeRawBufferPointer, from start: Int) -> EmbeddedStream? {
    var index = start
    while index + 8 <= bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
      index += cscan_stream_head(rest.bindMemory(to: UInt8.self).baseAddress, rest.count)
      if let found = EmbeddedStream(in: bytes, at: index) { return found }
      index += 1
    }
    return nil
  }

  private init?(in bytes: UnsafeRawBufferPointer, at index: Int) {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[index...])
    guard let body = CompressedBody(rest) else { return nil }
    start = index
    form = body.rawValue
    guard body == .zip else {
      (content, self.body) = (index, body)
      return
    }
    // A member of a zip file: its header is 30 bytes, a name and more; only deflate is a stream of its own.
    guard rest.count > 30, rest[2] == 3, rest[8] == 8, rest[9] == 0 else { return nil }
    let lengths = Int(rest[26]) + Int(rest[27]) << 8 + Int(rest[28]) + Int(rest[29]) << 8
    guard rest.count > 30 + lengths else { return nil }
    (content, self.body) = (index + 30 + lengths, nil)
  }
}
