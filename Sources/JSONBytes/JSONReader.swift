import CScan

/// A strict pull reader for one JSON document of any length in bounded memory.
///
/// Grammar: RFC 8259 and nothing else. UTF-8, escapes and surrogate pairs are validated, a byte order mark, trailing
/// commas, leading zeros, control characters in strings and bytes after the value are refused, and so are duplicate
/// keys and lone surrogates unless the options allow them. docs/json.md lists the cases.
///
/// Memory: the buffer (256 KiB), its index, 96 bytes per open container, the keys of open containers, and, with
/// `duplicateKeys: .refuse`, 8 bytes per member of the open objects that have two members or more (16 while the list
/// doubles); an object of more than 64 members whose keys do not ascend bytewise needs a set, about 20 bytes per
/// member. Keys are told apart by a 64-bit hash with a random key once they stop ascending: two different keys among
/// n are taken for equal with probability n²/2⁶⁵ (3 in 10⁸ for a million unordered members); the random key keeps a
/// document from provoking it.
///
/// After an error every call of `next` throws the same error again.
///
/// `next` and `token` are public and inlinable because Swift (6.3) does not inline package functions across modules
/// and a call per token costs a fifth of the speed. No product of the package exports this module, so nothing is
/// public outside it.
public final class JSONReader {
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
  @usableFromInline let cursor: UnsafeMutablePointer<TokenCursor>
  let options: Options
  var source: any JSONByteSource
  /// Big objects with unordered keys: hashes by the depth of the object.
  var keySets: [Int: Set<UInt64>] = [:]
  /// The path of a token read ahead, as far as it was asked for.
  var batchPath = ReaderPath()
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
    cursor = .allocate(capacity: 1)
    cursor.initialize(to: TokenCursor())
    state = .allocate(capacity: 1)
    state.initialize(to: ReaderState(options: options, capacity: max(256, options.bufferSize), cursor: cursor))
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
    cursor.pointee.tokens.deallocate()
    cursor.deallocate()
  }

  /// The current token; `.end` before the first call of `next`.
  @inlinable
  public var token: JSONToken { cursor.pointee.tokens[cursor.pointee.current].kind }

  /// Absolute offset of the current token's first byte: the opening quote, for strings and keys.
  package var tokenOffset: Int { state.pointee.base + state.pointee.tokenStart }

  /// Containers open after the current token: a `beginObject` counts itself, its `endObject` does not.
  package var depth: Int { cursor.pointee.tokens[cursor.pointee.current].depth }

  /// Moves to the next token. `.end` comes once the document's only value is complete and only whitespace followed it.
  @inlinable
  @inline(__always)
  public func next() throws(JSONError) -> JSONToken {
    let cursor = cursor
    let following = cursor.pointee.current &+ 1
    guard following < cursor.pointee.end else { return try nextOfNewBatch() }
    cursor.pointee.current = following
    return cursor.pointee.tokens[following].kind
  }
}
