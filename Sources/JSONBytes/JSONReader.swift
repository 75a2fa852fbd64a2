import CScan

/// A strict pull reader for one JSON document of any length in bounded memory.
///
/// Grammar: RFC 8259 and nothing else. UTF-8, escapes and surrogate pairs are validated, a byte order mark, trailing commas,
/// leading zeros, control characters in strings and bytes after the value are refused, and so are duplicate keys and
/// lone surrogates unless the options allow them. docs/json.md lists the cases.
///
/// Memory: the buffer (256 KiB), its index, 56 bytes per open container, the keys of open containers, and, with
/// `duplicateKeys: .refuse`, 8 bytes per member of the open objects that have two members or more (16 while the list
/// doubles); an object of more than 64 members whose keys do not ascend bytewise needs a set, about 20 bytes per member.
/// Keys are told apart by a 64-bit hash with a random key once they stop ascending: two different keys among n are taken
/// for equal with probability n²/2⁶⁵ (one in 10⁷ for a million unordered members), and never on purpose.
///
/// After an error every call of `next` throws the same error again.
package final class JSONReader {
  /// What the reader accepts and how much it holds.
  package struct Options: Sendable {
    package enum Policy: Sendable { case refuse, allow }
    /// Containers open at once; KUMO's decoder stops at 10,000 (kumo-format.md 7.3).
    package var maxDepth = 10_000
    /// Two members of one object with the same unescaped key.
    package var duplicateKeys = Policy.refuse
    /// A `\uD800`...`\uDFFF` without its other half; allowed, it reads as U+FFFD, as in Go.
    package var loneSurrogates = Policy.refuse
    /// The longest key, number or captured value, and the longest string that can be asked for whole, in bytes.
    package var maxStringBytes = 64 << 20
    /// Bytes read at a time; at least 256.
    package var bufferSize = 256 << 10

    package init() {}
  }

  let state: UnsafeMutablePointer<ReaderState>
  let options: Options
  var source: any JSONByteSource
  /// Big objects with unordered keys: hashes by the depth of the object.
  var keySets: [Int: Set<UInt64>] = [:]
  /// The error that ended the reading.
  var failure: JSONError?
  /// Receives the bytes leaving the buffer while a value is copied.
  var copySink: ((UnsafeRawBufferPointer) throws -> Void)?
  var copyFailure: (any Error)?

  /// The byte source's own error when `next` threw `.sourceFailed`.
  package internal(set) var sourceError: (any Error)?

  package init(source: any JSONByteSource, options: Options = .init()) {
    self.source = source
    self.options = options
    state = .allocate(capacity: 1)
    state.initialize(to: ReaderState(options: options, capacity: max(256, options.bufferSize)))
  }

  /// Reads a document that is in memory.
  package convenience init(bytes: [UInt8], options: Options = .init()) {
    var options = options
    options.bufferSize = min(options.bufferSize, bytes.count + 1)
    self.init(source: MemorySource(bytes: bytes), options: options)
  }

  deinit {
    state.pointee.deallocate()
    state.deallocate()
  }

  /// The current token; `.end` before the first call of `next`.
  package var token: JSONToken { state.pointee.token }

  /// Absolute offset of the current token's first byte: the opening quote, for strings and keys.
  package var tokenOffset: Int { state.pointee.base + state.pointee.tokenStart }

  /// Containers open after the current token: a `beginObject` counts itself, its `endObject` does not.
  package var depth: Int { state.pointee.depth }

  /// Moves to the next token. `.end` comes once the document's only value is complete and only whitespace followed it.
  package func next() throws(JSONError) -> JSONToken {
    let s = state
    switch s.pointee.expect {
    case .commaOrEndOfObject:
      let offset = try entry(s)
      switch s.pointee.buffer[offset] {
      case UInt8(ascii: ","):
        let quote = try entry(s)
        guard s.pointee.buffer[quote] == UInt8(ascii: "\"") else { throw unexpected(quote, .keyAfterComma) }
        return try key(s, quote)
      case UInt8(ascii: "}"): return pop(s, offset, .endObject)
      default: throw unexpected(offset, .commaOrEndOfObject)
      }
    case .colon:
      let offset = try entry(s)
      guard s.pointee.buffer[offset] == UInt8(ascii: ":") else { throw unexpected(offset, .colon) }
      return try value(s, try entry(s), .value)
    case .memberOrEnd:
      let offset = try entry(s)
      switch s.pointee.buffer[offset] {
      case UInt8(ascii: "\""): return try key(s, offset)
      case UInt8(ascii: "}"): return pop(s, offset, .endObject)
      default: throw unexpected(offset, .keyOrEnd)
      }
    case .commaOrEndOfArray:
      let offset = try entry(s)
      switch s.pointee.buffer[offset] {
      case UInt8(ascii: ","):
        s.pointee.frames[s.pointee.depth &- 1].count &+= 1
        return try value(s, try entry(s), .valueAfterComma)
      case UInt8(ascii: "]"): return pop(s, offset, .endArray)
      default: throw unexpected(offset, .commaOrEndOfArray)
      }
    case .elementOrEnd:
      let offset = try entry(s)
      if s.pointee.buffer[offset] == UInt8(ascii: "]") { return pop(s, offset, .endArray) }
      return try value(s, offset, .valueOrEnd)
    case .document:
      return try value(s, try firstEntry(), .value)
    case .restOfString:
      try finishString()
      return try next()
    case .endOfDocument:
      return try endOfDocument()
    case .nothing:
      throw repeatedFailure()
    }
  }

  /// The next entry of the index; throws `.truncated` at the end of the document.
  @inline(__always)
  private func entry(_ s: UnsafeMutablePointer<ReaderState>) throws(JSONError) -> Int {
    let index = s.pointee.nextEntry
    guard _fastPath(index < s.pointee.entryCount) else { return try entryAfterRefill() }
    s.pointee.nextEntry = index &+ 1
    return Int(truncatingIfNeeded: s.pointee.entries[index])
  }

  @inline(__always)
  private func key(_ s: UnsafeMutablePointer<ReaderState>, _ quote: Int) throws(JSONError) -> JSONToken {
    let index = s.pointee.nextEntry
    if _fastPath(index < s.pointee.entryCount) {
      let end = Int(truncatingIfNeeded: s.pointee.entries[index])
      if _fastPath(s.pointee.buffer[end] == UInt8(ascii: "\"")) {
        s.pointee.nextEntry = index &+ 1
        s.pointee.tokenStart = quote
        s.pointee.tokenEnd = end
        s.pointee.flags = []
        s.pointee.token = .key
        s.pointee.expect = .colon
        try plainKey(s, quote &+ 1, end &- quote &- 1)
        return .key
      }
    }
    try slowString(quote, isKey: true)
    s.pointee.token = .key
    s.pointee.expect = .colon
    if s.pointee.flags.contains(.hasEscapes) {
      try escapedKey()
    } else {
      try plainKey(s, s.pointee.tokenStart &+ 1, s.pointee.tokenEnd &- s.pointee.tokenStart &- 1)
    }
    return .key
  }

  @inline(__always)
  private func value(
    _ s: UnsafeMutablePointer<ReaderState>, _ offset: Int, _ wanted: Wanted
  ) throws(JSONError) -> JSONToken {
    switch s.pointee.buffer[offset] {
    case UInt8(ascii: "\""):
      let index = s.pointee.nextEntry
      if _fastPath(index < s.pointee.entryCount) {
        let end = Int(truncatingIfNeeded: s.pointee.entries[index])
        if _fastPath(s.pointee.buffer[end] == UInt8(ascii: "\"")) {
          s.pointee.nextEntry = index &+ 1
          s.pointee.tokenStart = offset
          s.pointee.tokenEnd = end
          s.pointee.flags = []
          s.pointee.token = .string
          s.pointee.expect = s.pointee.afterValue
          return .string
        }
      }
      s.pointee.expect = s.pointee.afterValue
      try slowString(offset, isKey: false)
      s.pointee.token = .string
      return .string
    case UInt8(ascii: "{"): return try push(s, offset, isObject: true)
    case UInt8(ascii: "["): return try push(s, offset, isObject: false)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(offset)
    case UInt8(ascii: "t"): return try literal(offset, .true)
    case UInt8(ascii: "f"): return try literal(offset, .false)
    case UInt8(ascii: "n"): return try literal(offset, .null)
    default: throw unexpected(offset, wanted)
    }
  }

  @inline(__always)
  private func push(
    _ s: UnsafeMutablePointer<ReaderState>, _ offset: Int, isObject: Bool
  ) throws(JSONError) -> JSONToken {
    let depth = s.pointee.depth
    if depth >= s.pointee.frameCapacity || depth >= s.pointee.maxDepth { try makeRoomForFrame(offset) }
    (s.pointee.frames + depth).initialize(to: ReaderFrame(hashBase: s.pointee.hashCount, isObject: isObject))
    s.pointee.depth = depth &+ 1
    s.pointee.tokenStart = offset
    s.pointee.tokenEnd = offset &+ 1
    s.pointee.expect = isObject ? .memberOrEnd : .elementOrEnd
    s.pointee.afterValue = isObject ? .commaOrEndOfObject : .commaOrEndOfArray
    s.pointee.token = isObject ? .beginObject : .beginArray
    return isObject ? .beginObject : .beginArray
  }

  @inline(__always)
  private func pop(_ s: UnsafeMutablePointer<ReaderState>, _ offset: Int, _ token: JSONToken) -> JSONToken {
    let depth = s.pointee.depth &- 1
    s.pointee.depth = depth
    let frame = s.pointee.frames + depth
    s.pointee.hashCount = frame.pointee.hashBase
    if frame.pointee.unordered { keySets[depth] = nil }
    let after: Expectation =
      depth == 0
      ? .endOfDocument : (frame - 1).pointee.isObject ? .commaOrEndOfObject : .commaOrEndOfArray
    s.pointee.afterValue = after
    s.pointee.expect = after
    s.pointee.tokenStart = offset
    s.pointee.tokenEnd = offset &+ 1
    s.pointee.token = token
    return token
  }
}
