extension JSONReader {
  /// Reads to the last token of the value the reader stands on; on a key, of the member's value.
  private func finishValue() throws(JSONError) {
    switch token {
    case .key:
      _ = try next()
      try finishValue()
    case .beginObject, .beginArray:
      try leaveContainer(depth - 1)
    case .string: try finishString()
    default: break
    }
  }

  /// Reads to the token after which `outside` containers are open, passing over what was read ahead in one go.
  private func leaveContainer(_ outside: Int) throws(JSONError) {
    let cursor = cursor
    while depth > outside, copyFailure == nil {
      let tokens = cursor.pointee.tokens
      let end = cursor.pointee.end
      var index = cursor.pointee.current + 1
      while index < end, tokens[index].depth > outside { index &+= 1 }
      cursor.pointee.current = max(0, min(index, end - 1))
      if index >= end { _ = try nextOfNewBatch() }
    }
  }

  /// Reads over the current value: afterwards the current token is its last one. On a key, over the member's value.
  /// Everything is checked as strictly as by `next`.
  package func skipValue() throws(JSONError) {
    if let failure { throw failure }
    try finishValue()
  }

  /// Hands the current value on byte for byte, whitespace inside it included, in pieces as large as the buffer;
  /// afterwards the current token is its last one. On a key, the member's value is copied. Bounded memory for any
  /// length.
  ///
  /// Bytes are handed on while the value is still being checked: when this throws, what the sink has is to be thrown
  /// away.
  package func copyValue(to sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    if token == .key { _ = try next() }
    let result = try withCopy(sink) { () throws(JSONError) in try finishValue() }
    if let result { throw result }
  }

  /// Runs `read` from the current token on with everything it passes going to the sink. Returns the sink's error.
  private func withCopy(
    _ sink: (UnsafeRawBufferPointer) throws -> Void, _ read: () throws(JSONError) -> Void
  ) throws(JSONError) -> (any Error)? {
    if let failure { throw failure }
    let s = state
    let outcome: Result<(any Error)?, JSONError> = withoutActuallyEscaping(sink) { escaping in
      copySink = escaping
      s.pointee.copyStart = s.pointee.tokenStart
      defer {
        copySink = nil
        copyFailure = nil
        s.pointee.copyStart = .max
      }
      do throws(JSONError) {
        try read()
      } catch {
        return .failure(error)
      }
      let quote = s.pointee.token == .string ? 1 : 0
      if copyFailure == nil { handOver(s.pointee.copyStart, s.pointee.tokenEnd + quote) }
      return .success(copyFailure)
    }
    return try outcome.get()
  }

  /// Holds the current value whole in `tape`, whose memory is used again; afterwards the current token is the value's
  /// last one. On a key, the member's value. Throws `.tooLong` beyond `maxStringBytes`.
  package func capture(into tape: inout JSONTape) throws(JSONError) {
    try capture(into: &tape, folding: false)
  }

  /// - Parameter folding: as `captureFolded`.
  func capture(into tape: inout JSONTape, folding: Bool) throws(JSONError) {
    if token == .key { _ = try next() }
    let start = tokenOffset
    let storage = tape.begin(at: start)
    let limit = min(options.maxStringBytes, Int(UInt32.max))
    if captureAhead(into: storage, limit: limit, folding: folding) { return }
    let sink: (UnsafeRawBufferPointer) throws -> Void = { piece in
      guard storage.bytes.count + piece.count <= limit else { throw Overlong() }
      storage.append(piece)
    }
    _ = try withCopy(sink) { () throws(JSONError) in
      let cursor = cursor
      let outside = token == .beginObject || token == .beginArray ? depth - 1 : depth
      while true {
        var record = cursor.pointee.tokens[cursor.pointee.current]
        if record.flags.contains(.isOpen), record.kind == .string {
          try finishString()
          record = cursor.pointee.tokens[cursor.pointee.current]
        }
        let shift = state.pointee.base - start
        guard record.end + shift < limit, copyFailure == nil else {
          throw fail(
            .tooLong, at: state.pointee.tokenStart,
            "a value that is longer than can be held (\(options.maxStringBytes) bytes)")
        }
        // Only the opening bracket of a member's or an element's value is that deep and is seen.
        let folds = folding && record.depth == outside + 2
        storage.add(
          record.kind, start: record.start + shift, end: record.end + shift,
          hasEscapes: record.flags.contains(.hasEscapes), isFolded: folds)
        if record.depth == outside, record.kind != .key { return }
        if folds { try leaveContainer(outside + 1) } else { _ = try next() }
      }
    }
  }

  /// As `capture` for a container that was read ahead to its end, as nearly every record is: it lies whole in the
  /// buffer, so its bytes are one piece. False, and nothing was done, for any other value.
  private func captureAhead(into storage: TapeStorage, limit: Int, folding: Bool) -> Bool {
    let cursor = cursor
    let tokens = cursor.pointee.tokens
    let first = cursor.pointee.current
    let opening = tokens[first]
    guard opening.kind == .beginObject || opening.kind == .beginArray, failure == nil else { return false }
    let outside = opening.depth - 1
    let end = cursor.pointee.end
    var last = first &+ 1
    while last < end, tokens[last].depth > outside { last &+= 1 }
    guard last < end, tokens[last].end - opening.start < limit else { return false }
    storage.append(
      UnsafeRawBufferPointer(start: state.pointee.buffer + opening.start, count: tokens[last].end - opening.start))
    var index = first
    while index <= last {
      let record = tokens[index]
      let folds = folding && record.depth == outside + 2
      storage.add(
        record.kind, start: record.start - opening.start, end: record.end - opening.start,
        hasEscapes: record.flags.contains(.hasEscapes), isFolded: folds)
      index &+= 1
      // Only the opening bracket of a member's or an element's value is that deep and is seen.
      if folds { while tokens[index].depth > outside + 1 { index &+= 1 } }
    }
    cursor.pointee.current = last
    return true
  }

  /// A piece that is more than a tape may hold.
  private struct Overlong: Error {}
}
