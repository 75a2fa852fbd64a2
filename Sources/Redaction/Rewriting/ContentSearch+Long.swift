import Digests

/// Compressed bodies with more in them than is held at a time.
extension ContentSearch {
  /// Searches such a body in windows and writes it again while it is read. A secret's replacement has its length there.
  ///
  /// Memory: a few windows, the compressed body, and the one that is written.
  ///
  /// - Throws: as `claims(in:)`.
  func longClaims(
    _ body: CompressedBody, _ bytes: UnsafeRawBufferPointer, depth: Int,
    limits: ContentFileSearch.Limits = .init(held: 0, packed: 0)
  ) throws(RedactionError) -> [Claim] {
    guard let stream = CompressedStream(body, bytes) else { return [try removeWhole(bytes, hits: [])] }
    let copy = mode == .rewrite ? SplicedCopy(body) : nil
    var budget = CompressedBody.longestContent
    let content = SequentialContent { output in
      let before = output.count
      guard budget > 0, stream.state == .running else { return false }
      _ = stream.next(into: &output)
      budget -= output.count - before
      return true
    } release: { (piece) throws(RedactionError) in
      try copy?.take(piece)
    }
    let hits = try pieceHits(content, depth: depth + 1, limits: limits) { copy?.expect($0) }
    let nested = [whole(bytes, [], hits)].nested(in: body.rawValue)
    guard stream.state == .ended, stream.consumed == bytes.count else {
      return [try removeWhole(bytes, hits: nested)]
    }
    if hits.isEmpty { return [] }
    guard let copy else { return [whole(bytes, [], nested)] }
    guard let encoded = try copy.finish() else { return [try removeWhole(bytes, hits: nested)] }
    return [whole(bytes, encoded, nested)]
  }
}

/// A compressed body that is written while another one is read, with claims replaced on the way.
private final class SplicedCopy {
  private let body: CompressedBody
  private let writer: CompressedWriter?
  private var claims: [Claim] = []
  private var position = 0
  private var isSound = true
  private var digest: SHA256Hasher?

  init(_ body: CompressedBody) {
    self.body = body
    writer = CompressedWriter(body, length: nil)
    digest = try? SHA256Hasher()
  }

  /// Notes a claim on bytes of which some were not taken yet; they come in order.
  func expect(_ claim: Claim) { claims.append(claim) }

  /// Takes the next bytes of the content.
  func take(_ piece: [UInt8]) throws(RedactionError) {
    let range = position..<(position + piece.count)
    var changed = piece
    // Every replacement has the length of what it replaces, so that a claim may lie in two pieces.
    for claim in claims where claim.range.overlaps(range) {
      let part = claim.range.clamped(to: range)
      let (from, to) = (part.lowerBound - claim.range.lowerBound, part.upperBound - claim.range.lowerBound)
      guard claim.replacement.count == claim.range.count else {
        throw RedactionError(.unproven, "a replacement in a compressed body has another length; nothing was written")
      }
      changed.replaceSubrange(
        (part.lowerBound - position)..<(part.upperBound - position), with: claim.replacement[from..<to])
    }
    position = range.upperBound
    claims.removeAll { $0.range.upperBound <= position }
    changed.withUnsafeBytes { digest?.update($0) }
    if writer?.write(changed) != true { isSound = false }
  }

  /// The whole body; nil when it could not be written, or does not give the content back.
  func finish() throws(RedactionError) -> [UInt8]? {
    guard isSound, let encoded = writer?.finish(), let wanted = try? digest?.finalize(), let again = try? SHA256Hasher()
    else { return nil }
    let isSame = encoded.withUnsafeBytes { bytes in
      guard let stream = CompressedStream(body, bytes) else { return false }
      var piece: [UInt8] = []
      while stream.state == .running {
        piece.removeAll(keepingCapacity: true)
        _ = stream.next(into: &piece)
        piece.withUnsafeBytes { again.update($0) }
      }
      return stream.state == .ended && stream.consumed == bytes.count
    }
    guard isSame, let got = try? again.finalize(), got == wanted else { return nil }
    return encoded
  }
}
