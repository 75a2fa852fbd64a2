import CScan

/// Tells at the speed of one pass where in some bytes nothing secret can be, so that only the rest is taken apart.
///
/// A screen never misses what `ContentSearch` finds: it asks the same database for candidates (without confirming them),
/// looks for the known secrets and for every word that can make a name telling, and does the same with everything that
/// may be an encoding, decoded into one batch, to the same depth. It does not say what was found.
///
/// Memory: the decoded batches, at most `largestBatch` for each depth that is reached. Not for two threads at once.
final class ContentScreen {
  /// Decoded bytes of one depth; where there are more, the block is taken apart as a whole.
  private static let largestBatch = 6 << 20
  /// A longer stretch of base64 begins where it seems to; see `ContentSearch`.
  static let longestShifted = 4096

  private let session: ScanSession
  private let known: LiteralSearch?
  private let asksRules: Bool
  private var batches: [ScreenBatch] = []
  private var stretches: [UInt32] = []

  /// - Parameters:
  ///   - known: the secrets gathered before; nil while they are gathered.
  ///   - asksRules: false where it is known already what the rules and names hear.
  init(_ session: ScanSession, known: LiteralSearch?, asksRules: Bool = true) {
    self.session = session
    self.known = known
    self.asksRules = asksRules
  }

  /// Adds the ranges in which, or at whose end, something may be; in no order.
  ///
  /// - Throws: `.engine`.
  func look(
    at bytes: UnsafeRawBufferPointer, depth: Int = 0, into loud: inout [Range<Int>]
  ) throws(RedactionError) {
    guard bytes.count >= 4 else { return }
    if asksRules { try session.candidateEnds(in: bytes, into: &loud) }
    if let known { known.heads(in: bytes) { loud.append($0..<($0 + 1)) } }
    guard depth < ContentSearch.maximumDepth else { return }
    if batches.count <= depth { batches.append(ScreenBatch()) }
    let batch = batches[depth]
    batch.reset()
    try gather(bytes, into: batch, &loud)
    guard batch.count > 0 else { return }
    guard batch.count <= Self.largestBatch else {
      loud.append(0..<bytes.count)
      return
    }
    var inner: [Range<Int>] = []
    try look(at: batch.bytes, depth: depth + 1, into: &inner)
    for range in inner { loud.append(batch.origin(of: range.lowerBound)) }
  }

  /// Decodes everything that may be an encoding.
  private func gather(
    _ bytes: UnsafeRawBufferPointer, into batch: ScreenBatch, _ loud: inout [Range<Int>]
  ) throws(RedactionError) {
    let base = bytes.bindMemory(to: UInt8.self).baseAddress
    if stretches.count < bytes.count / 8 + 2 { stretches = Array(repeating: 0, count: bytes.count / 8 + 2) }
    var seen: UInt32 = 0
    let count = cscan_stretches(base, bytes.count, &stretches, &seen)
    var end = 0
    for index in 0..<count where batch.count <= Self.largestBatch {
      let run = Int(stretches[2 * index])..<Int(stretches[2 * index + 1])
      let text = UnsafeRawBufferPointer(rebasing: bytes[run])
      let isHex = decodeHex(text, from: run, into: batch, &loud)
      if !isHex {
        try EncodedRuns.hex(in: text) { (digits) throws(RedactionError) in
          _ = decodeHex(UnsafeRawBufferPointer(rebasing: text[digits]), from: run, into: batch, &loud)
        }
      }
      guard run.lowerBound >= end else { continue }
      // Only padding and line ends make a stretch longer than its run.
      let isOver = run.upperBound == bytes.count || !"=\r\n".utf8.contains(bytes[run.upperBound])
      let stretch = isOver ? run : EncodedRuns.base64Stretch(at: run.lowerBound, in: bytes)
      end = stretch.upperBound
      if isHex, EncodedRuns.isHexadecimal(UnsafeRawBufferPointer(rebasing: bytes[stretch])) { continue }
      decodeBase64(bytes, stretch, into: batch, &loud)
    }
    if seen & UInt32(CSCAN_BACKSLASH) != 0 {
      try EncodedRuns.escapedLines(of: bytes) { (line) throws(RedactionError) in
        batch.appendUnescaped(bytes, line)
      }
    }
    if seen & UInt32(CSCAN_PERCENT) != 0 {
      try EncodedRuns.percentLines(of: bytes) { (line) throws(RedactionError) in
        batch.appendPercent(bytes, line)
      }
    }
    if seen & UInt32(CSCAN_ZERO) != 0 {
      try EncodedRuns.utf16(in: bytes) { (run, bigEndian) throws(RedactionError) in
        batch.appendUTF16(bytes, run, bigEndian: bigEndian)
      }
      var start = 0
      while let stream = EmbeddedStream.next(in: bytes, from: start) {
        start = stream.start + 1
        if stream.isPlausible(in: bytes) { loud.append(stream.start..<start) }
      }
    }
    // There is hardly any, and none of it is decoded here.
    try EncodedRuns.quotedPrintable(in: bytes) { (region) throws(RedactionError) in loud.append(region) }
  }

  /// Base64 may begin up to three characters later than it seems to.
  private func decodeBase64(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, into batch: ScreenBatch, _ loud: inout [Range<Int>]
  ) {
    let isWhole = range.count > Self.longestShifted && range.lowerBound > 0
    for skipped in 0..<(isWhole ? 1 : 4) {
      let text = UnsafeRawBufferPointer(rebasing: bytes[(range.lowerBound + skipped)..<range.upperBound])
      batch.begin(range)
      let space = batch.space(text.count / 4 * 3 + 3)
      let decoded = batch.commit(cscan_base64(text.bindMemory(to: UInt8.self).baseAddress, text.count, space))
      if mayHide(decoded) { loud.append(range) }
      batch.end()
    }
  }

  /// Whether a text is hexadecimal and nothing else.
  private func decodeHex(
    _ text: UnsafeRawBufferPointer, from origin: Range<Int>, into batch: ScreenBatch, _ loud: inout [Range<Int>]
  ) -> Bool {
    let space = batch.space(text.count / 2)
    let count = cscan_hex(text.bindMemory(to: UInt8.self).baseAddress, text.count, space)
    guard count > 0 else { return false }
    batch.begin(origin)
    if mayHide(batch.commit(count)) { loud.append(origin) }
    batch.end()
    return true
  }

  /// Whether something decoded is compressed or in UTF-16. The two bytes that zlib begins with are frequent by chance: a
  /// short one is tried.
  private func mayHide(_ decoded: UnsafeRawBufferPointer) -> Bool {
    guard ContentSearch.isContainer(decoded) else { return false }
    guard let body = CompressedBody(decoded) else { return decoded.count >= Self.shortestUTF16 }
    guard body == .zlib, decoded.count <= Self.longestShifted, case .part(let content, _) = body.decompress(decoded)
    else {
      return true
    }
    return content.count >= LiteralSearch.shortest
  }

  /// The mark and eight characters.
  private static let shortestUTF16 = 18
}
