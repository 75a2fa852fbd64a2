import CScan

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the grammar allows next.
enum Expectation: UInt8 {
  case document, memberOrEnd, colon, afterColon, elementOrEnd, element, commaOrEndOfObject, commaOrEndOfArray,
    endOfDocument
  /// The current string's end has not been seen yet.
  case restOfString
  /// An error was thrown; it is thrown again.
  case nothing
}

/// An open container: where the reader is in it, and what it needs to know duplicate keys.
struct ReaderFrame {
  /// The first eight bytes of the current key, big-endian and zero-filled: comparing two of them compares the keys.
  /// Known from the second member on.
  var prefix: UInt64
  /// Offset of the current key's unescaped bytes: in the key store when `saved`, else in the buffer.
  var keyStart: Int
  var keyLength: Int
  /// Members seen so far in an object, the current element's index in an array. The key's fields mean nothing before
  /// the first.
  var count: Int
  /// Where this object's hashes begin.
  var hashBase: Int
  var traits: Traits

  struct Traits: OptionSet {
    let rawValue: UInt8
    static let isObject = Traits(rawValue: 1)
    /// The key is in the key store, or there is none.
    static let saved = Traits(rawValue: 2)
    /// A key was not greater than the one before it: from here on every key is looked up.
    static let unordered = Traits(rawValue: 4)
  }

  var isObject: Bool { traits.contains(.isObject) }
}

/// Everything that reading touches, in memory of its own: a class's stored properties would be checked for
/// exclusive access at every use.
struct ReaderState {
  /// Entries of the index that are not consumed yet; offsets from `buffer`.
  var entries: UnsafeMutablePointer<UInt32>
  var nextEntry = 0
  var entryCount = 0

  /// Layout: headroom (the bytes before the window, for UTF-8), `capacity` bytes of document, padding.
  var buffer: UnsafeMutablePointer<UInt8>
  var capacity: Int
  var dataEnd = ReaderState.front
  var indexedEnd = ReaderState.front
  /// Absolute offset of `buffer[0]`.
  var base = -ReaderState.front
  /// A token in progress begins here and must survive the next refill; `Int.max`: none.
  var kept = Int.max
  /// The source has no more bytes.
  var ended = false
  /// The padded last block was indexed.
  var indexedAll = false
  var scan = cscan_state()

  var expect = Expectation.document
  /// What to expect after a value of the current container.
  var afterValue = Expectation.endOfDocument
  /// The tokens read ahead; the last of them is what `expect` and `depth` are about.
  let cursor: UnsafeMutablePointer<TokenCursor>
  /// The current tokens were read ahead together, and `earlierFrames` are the frames before them.
  var isBatch = false
  var earlierFrames: UnsafeMutablePointer<ReaderFrame>
  var earlierDepth = 0
  var earlierExpect = Expectation.document
  /// How many batches there were.
  var batch = 0
  /// Content of an open string up to here was looked at.
  var scanned = 0
  /// Absolute offset of the second half of a surrogate pair, already read together with the first.
  var pairedEscape = -1

  var depth = 0
  var maxDepth: Int
  var refusesDuplicates: Bool
  var frames: UnsafeMutablePointer<ReaderFrame>
  var frameCapacity: Int

  /// Hashes of the keys of open objects, one object after another.
  var hashes: UnsafeMutablePointer<UInt64>
  var hashCount = 0
  var hashCapacity: Int
  var seeds: (UInt64, UInt64)

  /// Unescaped keys of open objects whose bytes left the buffer, outermost first.
  var keyStore: UnsafeMutablePointer<UInt8>
  var keyStoreCapacity: Int

  /// LF bytes before the buffer, and the absolute offset just after the last of them.
  var lines = 0
  var lineStart = 0

  /// Bytes from here on are to be handed to the copy sink; `Int.max`: no copy is under way.
  var copyStart = Int.max

  static let front = Int(CSCAN_HEADROOM)
  static let block = Int(CSCAN_BLOCK)
  /// Blocks indexed at a time: 16 KiB of document and its index stay in the first-level cache.
  static let windowBlocks = 256
  /// Bytes that can be looked at behind any entry: a surrogate pair has 12.
  static let lookahead = 16

  /// Bytes to allocate for a window of `capacity`.
  static func allocation(_ capacity: Int) -> Int { front + capacity + block + lookahead }

  init(options: JSONReader.Options, capacity: Int, cursor: UnsafeMutablePointer<TokenCursor>) {
    self.cursor = cursor
    self.capacity = capacity
    buffer = .allocate(capacity: Self.allocation(capacity))
    buffer.initialize(repeating: 0x20, count: Self.front)
    // The whole window whatever the capacity: the buffer may grow.
    let window = Self.windowBlocks * Self.block
    entries = .allocate(capacity: window + Int(CSCAN_SLACK))
    maxDepth = options.maxDepth
    refusesDuplicates = options.duplicateKeys == .refuse
    frameCapacity = 32
    frames = .allocate(capacity: frameCapacity)
    earlierFrames = .allocate(capacity: frameCapacity)
    hashCapacity = 64
    hashes = allocateHashes(nil, hashCapacity)
    keyStoreCapacity = 256
    keyStore = .allocate(capacity: keyStoreCapacity)
    var random = SystemRandomNumberGenerator()
    seeds = (random.next(), random.next() | 1)
  }

  func deallocate() {
    buffer.deallocate()
    entries.deallocate()
    frames.deallocate()
    earlierFrames.deallocate()
    free(hashes)
    keyStore.deallocate()
  }
}

/// A new or longer list of hashes; realloc moves the pages of a long one instead of copying them. Stops the program
/// when there is no memory, as every allocation in Swift does.
func allocateHashes(_ old: UnsafeMutablePointer<UInt64>?, _ capacity: Int) -> UnsafeMutablePointer<UInt64> {
  guard let memory = realloc(old, capacity * MemoryLayout<UInt64>.stride) else { preconditionFailure("out of memory") }
  return memory.bindMemory(to: UInt64.self, capacity: capacity)
}
