extension JSONReader {
  /// Keeps the open containers as they are before tokens are read ahead, so that the path of each can be told.
  @inline(__always)
  func rememberFrames() {
    let s = state
    s.pointee.earlierFrames.update(from: s.pointee.frames, count: s.pointee.depth)
    s.pointee.earlierDepth = s.pointee.depth
    s.pointee.earlierExpect = s.pointee.expect
  }

  /// The RFC 6901 pointer of the current token: of its member for a key, of the container for a bracket. After
  /// `.duplicateKey` it is the second member's. Worked out on demand; cheap enough for findings, not for every token.
  package var path: JSONPointer {
    let s = state
    var steps: [Step]
    if s.pointee.isBatch {
      steps = stepsBefore(s.pointee.earlierFrames, s.pointee.earlierDepth)
      // Between "[" and the first element, and between "," and an element, the index is that of the element before.
      if s.pointee.earlierExpect == .elementOrEnd || s.pointee.earlierExpect == .element,
        case .index(let index)? = steps.last
      {
        steps[steps.count - 1] = .index(index - 1)
      }
      for index in 0...cursor.pointee.current { replay(cursor.pointee.tokens[index], &steps) }
    } else {
      steps = stepsBefore(s.pointee.frames, s.pointee.depth)
    }
    if token == .beginObject || token == .beginArray { steps.removeLast() }
    var pointer = JSONPointer()
    for step in steps {
      switch step {
      case .key(let key): pointer.append(key: key)
      case .index(let index): pointer.append(index: max(0, index))
      }
    }
    return pointer
  }

  private enum Step {
    case key([UInt8])
    case index(Int)
  }

  private func stepsBefore(_ frames: UnsafeMutablePointer<ReaderFrame>, _ depth: Int) -> [Step] {
    (0..<depth).map { level in
      let frame = frames + level
      guard frame.pointee.isObject else { return .index(frame.pointee.count) }
      guard frame.pointee.count > 0 else { return .key([]) }
      return .key(Array(UnsafeBufferPointer(start: keyBytes(frame), count: frame.pointee.keyLength)))
    }
  }

  /// Follows one token that was read ahead. Its keys have no escapes.
  private func replay(_ token: TokenRecord, _ steps: inout [Step]) {
    switch token.kind {
    case .key:
      let start = token.start + 1
      steps[steps.count - 1] = .key(
        Array(UnsafeBufferPointer(start: state.pointee.buffer + start, count: token.end - start)))
    case .endObject, .endArray, .end: steps = Array(steps.prefix(token.depth))
    default:
      if case .index(let index)? = steps.last { steps[steps.count - 1] = .index(index + 1) }
      if token.kind == .beginObject { steps.append(.key([])) }
      if token.kind == .beginArray { steps.append(.index(-1)) }
    }
  }
}
