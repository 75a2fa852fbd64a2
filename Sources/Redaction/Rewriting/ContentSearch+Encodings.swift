extension ContentSearch {
  /// Looks into every stretch of a text that may be an encoding.
  func appendNested(
    in bytes: UnsafeRawBufferPointer, hasZero: Bool, depth: Int, isFixed: Bool, to claims: inout [Claim]
  ) throws(RedactionError) {
    var nested: [Claim] = []
    try EncodedRuns.percentLines(of: bytes) { (line) throws(RedactionError) in
      let source = UnsafeRawBufferPointer(rebasing: bytes[line])
      nested += try mapped(MappedText(percent: source), source, line.lowerBound, depth, isFixed)
    }
    try EncodedRuns.escapedLines(of: bytes) { (line) throws(RedactionError) in
      let source = UnsafeRawBufferPointer(rebasing: bytes[line])
      nested += try mapped(MappedText(escaped: source), source, line.lowerBound, depth, isFixed)
    }
    if hasZero {
      try EncodedRuns.utf16(in: bytes) { (run, bigEndian) throws(RedactionError) in
        let source = UnsafeRawBufferPointer(rebasing: bytes[run])
        nested += try mapped(MappedText(utf16: source, bigEndian: bigEndian), source, run.lowerBound, depth, isFixed)
      }
    }
    try EncodedRuns.quotedPrintable(in: bytes) { (region) throws(RedactionError) in
      let source = UnsafeRawBufferPointer(rebasing: bytes[region])
      nested += try mapped(MappedText(quotedPrintable: source), source, region.lowerBound, depth, isFixed)
    }
    try EncodedRuns.hex(in: bytes) { (run) throws(RedactionError) in
      // A window may have cut a pair of digits.
      for skipped in 0...(Self.mayBeCut(run, depth, isFixed) ? 1 : 0) {
        let range = (run.lowerBound + skipped)..<(run.upperBound - skipped)
        guard let text = HexText(UnsafeRawBufferPointer(rebasing: bytes[range])) else { continue }
        if let claim = try block("hex", text.bytes, at: range, depth, isFixed, encode: text.encode) {
          nested.append(claim)
        }
      }
    }
    try EncodedRuns.base64(in: bytes) { (run) throws(RedactionError) in
      if let claim = try base64(run, of: bytes, depth, isFixed) { nested.append(claim) }
    }
    claims += nested
  }

  /// A run of base64, beginning where it seems to, or up to three characters later when that gives no text: the run may
  /// have swallowed a path or a word before it.
  private func base64(
    _ run: Range<Int>, of bytes: UnsafeRawBufferPointer, _ depth: Int, _ isFixed: Bool
  ) throws(RedactionError) -> Claim? {
    if EncodedRuns.isHexadecimal(UnsafeRawBufferPointer(rebasing: bytes[run])) { return nil }
    for skipped in 0..<4 {
      let range = (run.lowerBound + skipped)..<run.upperBound
      guard range.count >= 12 else { return nil }
      // One character too many cannot be base64; what is before it can.
      let source = UnsafeRawBufferPointer(rebasing: bytes[range])
      guard let text = Base64Text(source) ?? Base64Text(UnsafeRawBufferPointer(rebasing: source.dropLast())) else {
        continue
      }
      let used = Base64Text(source) == nil ? range.lowerBound..<(range.upperBound - 1) : range
      if let claim = try block("base64", text.bytes, at: used, depth, isFixed, encode: text.encode) { return claim }
      let isText = text.bytes.prefix(64).allSatisfy { $0 >= 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
      // A long run begins where it seems to, unless a window has cut it.
      let isWhole = run.count > ContentScreen.longestShifted && !Self.mayBeCut(run, depth, isFixed)
      if isText || isWhole || CompressedBody(source) != nil { return nil }
    }
    return nil
  }

  /// Whether a run may begin before the window that it is seen in.
  private static func mayBeCut(_ run: Range<Int>, _ depth: Int, _ isFixed: Bool) -> Bool {
    run.lowerBound == 0 && depth == 0 && isFixed
  }

  /// A stretch that is decoded as a whole.
  private func block(
    _ encoding: String, _ decoded: [UInt8], at range: Range<Int>, _ depth: Int, _ isFixed: Bool,
    encode: ([UInt8]) -> [UInt8]
  ) throws(RedactionError) -> Claim? {
    try decoded.withBytes { (content) throws(RedactionError) -> Claim? in
      // What is compressed is put together anew and has another length, which is taken care of below.
      let inner = try claims(in: content, depth: depth + 1, isFixed: isFixed && !Self.isContainer(content))
      guard !inner.isEmpty else { return nil }
      guard mode != .collect else {
        return Claim(range: range, replacement: [], isSecret: false, hits: inner.nested(in: encoding))
      }
      var replacement = encode(inner.applied(to: content))
      if isFixed, replacement.count != range.count { replacement = PseudonymForm.filling(length: range.count) }
      return Claim(range: range, replacement: replacement, isSecret: false, hits: inner.nested(in: encoding))
    }
  }

  /// Text whose decoded bytes have places of their own in the source.
  func mapped(
    _ text: MappedText, _ source: UnsafeRawBufferPointer, _ offset: Int, _ depth: Int, _ isFixed: Bool
  ) throws(RedactionError) -> [Claim] {
    guard text.isEncoded else { return [] }
    return try text.bytes.withBytes { (content) throws(RedactionError) -> [Claim] in
      try claims(in: content, depth: depth + 1, isFixed: isFixed).map { claim in
        translated(claim, by: text, source, offset, isFixed)
      }
    }
  }

  /// A claim on decoded text as a claim on its source.
  func translated(
    _ claim: Claim, by text: MappedText, _ source: UnsafeRawBufferPointer, _ offset: Int, _ isFixed: Bool,
    isNamed: Bool = true
  ) -> Claim {
    let range = text.source(of: claim.range)
    var replacement = mode == .collect ? [] : text.encode(claim.replacement, replacing: claim.range, in: source)
    if mode != .collect, isFixed, replacement.count != range.count {
      replacement = PseudonymForm.filling(length: range.count)
    }
    let isPlain = range.count == claim.range.count && source[range].elementsEqual(text.bytes[claim.range])
    return Claim(
      range: (range.lowerBound + offset)..<(range.upperBound + offset), replacement: replacement,
      isSecret: claim.isSecret,
      hits: isPlain || !isNamed ? claim.hits : [claim].nested(in: text.encoding.rawValue))
  }
}
