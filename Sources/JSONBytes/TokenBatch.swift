/// A token and where its text lies in the buffer.
@usableFromInline
struct TokenRecord {
  /// First byte of the token (the quote, for strings and keys).
  var start: Int
  /// The closing quote of a string or key; the byte after any other token.
  var end: Int
  /// Depth after the token, kind and flags, from the lowest bit on 32, 8 and 8 bits: one store.
  @usableFromInline var info: UInt64

  init(_ kind: JSONToken, _ start: Int, _ end: Int, depth: Int, flags: TokenFlags = []) {
    self.start = start
    self.end = end
    info =
      UInt64(UInt32(truncatingIfNeeded: depth)) | UInt64(unsafeBitCast(kind, to: UInt8.self)) << 32
      | UInt64(flags.rawValue) << 40
  }

  @inlinable
  @inline(__always)
  var kind: JSONToken { unsafeBitCast(UInt8(truncatingIfNeeded: info >> 32), to: JSONToken.self) }
  var flags: TokenFlags { TokenFlags(rawValue: UInt8(truncatingIfNeeded: info >> 40)) }
  var depth: Int { Int(UInt32(truncatingIfNeeded: info)) }
}

/// What is particular about a string or key.
struct TokenFlags: OptionSet, Sendable {
  let rawValue: UInt8
  static let hasEscapes = TokenFlags(rawValue: 1)
  /// The closing quote is not in the buffer yet.
  static let isOpen = TokenFlags(rawValue: 2)
  /// The content was handed on by streaming and is gone.
  static let isGone = TokenFlags(rawValue: 4)
}

/// Tokens read ahead, and which of them is the current one. The buffer does not move while some are left.
@usableFromInline
struct TokenCursor {
  @usableFromInline let tokens: UnsafeMutablePointer<TokenRecord>
  @usableFromInline var current = 0
  @usableFromInline var end = 1

  /// Tokens read ahead at a time: with 24 bytes each they stay in the first-level cache.
  static let capacity = 512

  init() {
    tokens = .allocate(capacity: Self.capacity)
    tokens.initialize(to: TokenRecord(.end, ReaderState.front, ReaderState.front, depth: 0))
  }
}

/// The current token's parts, as the code that reads one token at a time sees them.
extension ReaderState {
  private var record: UnsafeMutablePointer<TokenRecord> { cursor.pointee.tokens + cursor.pointee.current }

  var token: JSONToken {
    get { record.pointee.kind }
    nonmutating set {
      let old = record.pointee
      record.pointee = TokenRecord(newValue, old.start, old.end, depth: depth, flags: old.flags)
    }
  }
  var tokenStart: Int {
    get { record.pointee.start }
    nonmutating set { record.pointee.start = newValue }
  }
  var tokenEnd: Int {
    get { record.pointee.end }
    nonmutating set { record.pointee.end = newValue }
  }
  var flags: TokenFlags {
    get { record.pointee.flags }
    nonmutating set {
      let old = record.pointee
      record.pointee = TokenRecord(old.kind, old.start, old.end, depth: old.depth, flags: newValue)
    }
  }
}
