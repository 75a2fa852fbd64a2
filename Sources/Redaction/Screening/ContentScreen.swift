import CScan

/// Tells at the speed of one pass where in some bytes nothing secret can be, so that only the rest is taken apart.
///
/// A screen never misses what `ContentSearch` finds: it asks the same database for candidates (without confirming
/// them), looks for the known secrets and for every word that can make a name telling, and does the same with
/// everything that may be an encoding, decoded into one batch, to the same depth. It does not say what was found.
///
/// Memory: the decoded batches, at most `largestBatch` for each depth that is reached. Not for two threads at once.
final class ContentScreen {
  /// Decoded bytes of one depth; where there are more, the block is taken apart as a whole.
  private static let largestBatch = 6 << 20
  /// A longer stretch of base64 begins where it seems to; see `ContentSearch`.
  static let longestShifted = 4096

  private let session: ScanSession
  private let known: LiteralSearch?
  private let isSurveyed: Bool
  /// Decoded pieces that are shorter hold nothing.
  private let leastDecoded: Int
  private var batches: [ScreenBatch] = []
  private var stretches: [UInt32] = []

  /// - Parameters:
  ///   - known: the secrets gathered before; nil while they are gathered.
  ///   - isSurveyed: whether it is known already what is heard but the known secrets.
  init(_ session: ScanSession, known: LiteralSearch?, isSurveyed: Bool = false) {
    self.session = session
    self.known = known
    self.isSurveyed = isSurveyed
    leastDecoded = isSurveyed ? known?.least ?? .max : 0
  }

  /// Adds the ranges in which, or at whose end, something may be; in no order.
  ///
  /// - Throws: `.engine`.
  func look(
    at bytes: UnsafeRawBufferPointer, depth: Int = 0, into loud: inout [Range<Int>]
  ) throws(RedactionError) {
    guard bytes.count >= 4 else { return }
    if !isSurveyed { try session.candidateEnds(in: bytes, into: &loud) }
    if let known { known.heads(in: bytes) { loud.append($0..<($0 + 1)) } }
    guard depth < ContentSearch.maximumDepth else { return }
    if batches.count <= depth { batches.append(ScreenBatch()) }
    // Taken out, so that nobody else has it and it is filled without a look at who may.
    var batch = ScreenBatch()
    swap(&batch, &batches[depth])
    defer { batches[depth] = batch }
    batch.reset()
    try gather(bytes, into: &batch, &loud)
    guard batch.bytes.count <= Self.largestBatch else {
      loud.append(0..<bytes.count)
      return
    }
    var inner: [Range<Int>] = []
    try batch.bytes.withBytes { (decoded) throws(RedactionError) in
      try look(at: decoded, depth: depth + 1, into: &inner)
    }
    for range in inner { loud.append(batch.origin(of: range.lowerBound)) }
  }

  /// Decodes everything that may be an encoding.
  private func gather(
    _ bytes: UnsafeRawBufferPointer, into batch: inout ScreenBatch, _ loud: inout [Range<Int>]
  ) throws(RedactionError) {
    let base = bytes.bindMemory(to: UInt8.self).baseAddress
    // Taken out, as the batch is.
    var stretches: [UInt32] = []
    swap(&stretches, &self.stretches)
    defer { self.stretches = stretches }
    if stretches.count < bytes.count / 8 + 2 { stretches = Array(repeating: 0, count: bytes.count / 8 + 2) }
    var seen: UInt32 = 0
    let count = cscan_stretches(base, bytes.count, &stretches, &seen)
    var end = 0
    for index in 0..<count where batch.bytes.count <= Self.largestBatch {
      let run = Int(stretches[2 * index])..<Int(stretches[2 * index + 1])
      let text = UnsafeRawBufferPointer(rebasing: bytes[run])
      let isLong = run.count / 2 >= leastDecoded
      let isHex = isLong && decodeHex(text, from: run, into: &batch, &loud)
      if isHex, run.lowerBound == 0, run.count > Self.longestShifted {
        // A block may have cut a pair of digits.
        _ = decodeHex(UnsafeRawBufferPointer(rebasing: text.dropFirst()), from: run, into: &batch, &loud)
      }
      if isLong, !isHex {
        try EncodedRuns.hex(in: text) { (digits) throws(RedactionError) in
          _ = decodeHex(UnsafeRawBufferPointer(rebasing: text[digits]), from: run, into: &batch, &loud)
        }
      }
      guard run.lowerBound >= end else { continue }
      // Only padding and line ends make a stretch longer than its run.
      let isOver = run.upperBound == bytes.count || !Self.mayContinue(bytes[run.upperBound])
      let stretch = isOver ? run : EncodedRuns.base64Stretch(at: run.lowerBound, in: bytes)
      end = stretch.upperBound
      guard stretch.count / 4 * 3 + 3 >= leastDecoded else { continue }
      if isHex, EncodedRuns.isHexadecimal(UnsafeRawBufferPointer(rebasing: bytes[stretch])) { continue }
      decodeBase64(bytes, stretch, into: &batch, &loud)
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
    }
    guard !isSurveyed else { return }
    if seen & UInt32(CSCAN_ZERO) != 0 {
      var start = 0
      while let stream = EmbeddedStream.next(in: bytes, from: start) {
        start = stream.start + 1
        if let extent = stream.extent(in: bytes) { loud.append(extent) }
      }
    }
    // There is hardly any, and none of it is decoded here.
    try EncodedRuns.quotedPrintable(in: bytes) { (region) throws(RedactionError) in loud.append(region) }
  }

  /// Whether a stretch of base64 may go on behind a byte that is none of its digits.
  private static func mayContinue(_ byte: UInt8) -> Bool { byte == 0x3D || byte == 0x0D || byte == 0x0A }

  /// Base64 may begin up to three characters later than it seems to.
  private func decodeBase64(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, into batch: inout ScreenBatch, _ loud: inout [Range<Int>]
  ) {
    let isWhole = range.count > Self.longestShifted && range.lowerBound > 0
    for skipped in 0..<(isWhole ? 1 : 4) {
      let text = UnsafeRawBufferPointer(rebasing: bytes[(range.lowerBound + skipped)..<range.upperBound])
      batch.begin(range)
      let decoded = batch.append(atMost: text.count / 4 * 3 + 3) { space in
        cscan_base64(text.bindMemory(to: UInt8.self).baseAddress, text.count, space)
      }
      if mayHide(decoded, of: batch) { loud.append(range) }
      batch.end()
    }
  }

  /// Whether a text is hexadecimal and nothing else.
  private func decodeHex(
    _ text: UnsafeRawBufferPointer, from origin: Range<Int>, into batch: inout ScreenBatch, _ loud: inout [Range<Int>]
  ) -> Bool {
    let decoded = batch.append(atMost: text.count / 2) { space in
      cscan_hex(text.bindMemory(to: UInt8.self).baseAddress, text.count, space)
    }
    guard !decoded.isEmpty else { return false }
    batch.begin(origin, at: decoded.lowerBound)
    if mayHide(decoded, of: batch) { loud.append(origin) }
    batch.end()
    return true
  }

  private func mayHide(_ place: Range<Int>, of batch: ScreenBatch) -> Bool {
    !isSurveyed && batch.bytes.withUnsafeBytes { mayHide(UnsafeRawBufferPointer(rebasing: $0[place])) }
  }

  /// Whether something decoded is compressed or in UTF-16. The two bytes that zlib begins with are frequent by
  /// chance: a short one is tried.
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
