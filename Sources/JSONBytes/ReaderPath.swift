/// The way from the document to a token that was read ahead, one step for each open container.
struct ReaderPath {
  enum Step {
    /// As it was before the batch: the frame at this step's level says it.
    case earlier
    /// The key that is this token of the batch.
    case token(Int)
    /// The element of this index; -1 before the first.
    case index(Int)
  }
  var steps: [Step] = []
  /// The batch it belongs to, and how many of its tokens are in it.
  var batch = -1
  var replayed = 0
}

extension JSONReader {
  /// Keeps the open containers as they are before tokens are read ahead, so that the path of each can be told.
  @inline(__always)
  func rememberFrames() {
    let s = state
    s.pointee.earlierFrames.update(from: s.pointee.frames, count: s.pointee.depth)
    s.pointee.earlierDepth = s.pointee.depth
    s.pointee.earlierExpect = s.pointee.expect
    s.pointee.batch &+= 1
  }

  /// The RFC 6901 pointer of the current token: of its member for a key, of the container for a bracket. After
  /// `.duplicateKey` it is the second member's.
  ///
  /// Worked out when it is asked for: reading itself keeps no more than the open containers.
  package var path: JSONPointer {
    let s = state
    var pointer = JSONPointer()
    let isOpening = token == .beginObject || token == .beginArray
    guard s.pointee.isBatch else {
      for level in 0..<max(0, s.pointee.depth - (isOpening ? 1 : 0)) { append(s.pointee.frames + level, to: &pointer) }
      return pointer
    }
    replay()
    for (level, step) in batchPath.steps.dropLast(isOpening ? 1 : 0).enumerated() {
      switch step {
      case .earlier: append(s.pointee.earlierFrames + level, to: &pointer)
      case .index(let index): pointer.append(index: max(0, index))
      case .token(let index):
        let key = cursor.pointee.tokens[index]
        // Keys with escapes are never read ahead.
        let start = s.pointee.buffer + key.start + 1
        pointer.append(key: UnsafeBufferPointer(start: start, count: key.end - key.start - 1))
      }
    }
    return pointer
  }

  private func append(_ frame: UnsafeMutablePointer<ReaderFrame>, to pointer: inout JSONPointer) {
    if !frame.pointee.isObject {
      pointer.append(index: frame.pointee.count)
    } else if frame.pointee.count > 0 {
      pointer.append(key: UnsafeBufferPointer(start: keyBytes(frame), count: frame.pointee.keyLength))
    } else {
      pointer.append(key: [])
    }
  }

  /// Brings `batchPath` up to the current token.
  private func replay() {
    let s = state
    if batchPath.batch != s.pointee.batch {
      batchPath.batch = s.pointee.batch
      batchPath.replayed = 0
      batchPath.steps = Array(repeating: .earlier, count: s.pointee.earlierDepth)
      if let last = batchPath.steps.indices.last, !s.pointee.earlierFrames[last].isObject {
        // Between "[" and the first element no element has begun.
        let begun = s.pointee.earlierExpect == .elementOrEnd ? 0 : 1
        batchPath.steps[last] = .index(s.pointee.earlierFrames[last].count + begun - 1)
      }
    }
    while batchPath.replayed <= cursor.pointee.current {
      let token = cursor.pointee.tokens[batchPath.replayed]
      let last = batchPath.steps.count - 1
      switch token.kind {
      case .key: batchPath.steps[last] = .token(batchPath.replayed)
      case .endObject, .endArray, .end: batchPath.steps.removeLast()
      default:
        if last >= 0 {
          switch batchPath.steps[last] {
          case .index(let index): batchPath.steps[last] = .index(index + 1)
          case .earlier where !s.pointee.earlierFrames[last].isObject:
            batchPath.steps[last] = .index(s.pointee.earlierFrames[last].count + 1)
          default: break
          }
        }
        if token.kind == .beginObject { batchPath.steps.append(.token(batchPath.replayed)) }
        if token.kind == .beginArray { batchPath.steps.append(.index(-1)) }
      }
      batchPath.replayed += 1
    }
  }
}
