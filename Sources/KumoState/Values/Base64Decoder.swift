/// Why a text is not the base64 Go's `encoding/json` takes for a `[]byte` field.
package struct Base64Error: Error, Hashable, Sendable {
  /// What is wrong.
  package enum Problem: String, Sendable {
    case alphabet = "a character outside the standard alphabet (A-Z a-z 0-9 + /)"
    case padding = "padding in a place where none belongs"
    case trailing = "text after the padding"
    case truncated = "the length without line breaks is not a multiple of 4"
  }
  /// What is wrong.
  package let problem: Problem
  /// Bytes of text before the offending one, counted over all pieces.
  package let offset: Int

  /// The problem found at `offset`.
  package init(problem: Problem, offset: Int) {
    self.problem = problem
    self.offset = offset
  }
}

/// Decodes standard base64 piece by piece as Go's `base64.StdEncoding` does: padded, CR and LF skipped anywhere,
/// non-zero trailing bits accepted, everything else refused. Pieces may be cut anywhere.
package struct Base64Decoder: Sendable {
  private var quantum: UInt32 = 0
  /// Alphabet characters in `quantum`, 0 to 3.
  private var pending = 0
  /// Padding characters still expected; nil before the padding.
  private var paddingLeft: Int?
  /// Bytes of text taken so far.
  private var consumed = 0
  /// Bytes decoded so far.
  package private(set) var decodedCount = 0

  /// A decoder at the start of a text.
  package init() {}

  /// The most bytes `decode` can write for a piece of `count` bytes.
  package static func capacity(forPiece count: Int) -> Int { (count / 4 + 1) * 3 }

  /// Decodes one piece into `output`, which must have room for `capacity(forPiece:)` bytes, and returns how many bytes
  /// it wrote. A nil `output` only checks and counts.
  /// - Throws: `Base64Error` at the first bad byte; the decoder is of no use afterwards.
  package mutating func decode(
    _ piece: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer?
  ) throws(Base64Error) -> Int {
    var index = 0
    var written = 0
    while index < piece.count {
      if pending == 0, paddingLeft == nil {
        let quads = Base64Tables.decodeQuads(piece, from: index, into: output, at: written)
        index += quads * 4
        written += quads * 3
        guard index < piece.count else { break }
      }
      written += try take(piece[index], at: consumed + index, into: output, at: written)
      index += 1
    }
    consumed += piece.count
    decodedCount += written
    return written
  }

  /// Decodes one piece and appends the bytes to `output`.
  /// - Throws: `Base64Error` at the first bad byte.
  package mutating func decode(_ piece: UnsafeRawBufferPointer, into output: inout [UInt8]) throws(Base64Error) {
    let capacity = Base64Decoder.capacity(forPiece: piece.count)
    var failure: Base64Error?
    var decoder = self
    let decoded = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      do throws(Base64Error) {
        count = try decoder.decode(piece, into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    self = decoder
    if let failure { throw failure }
    output.append(contentsOf: decoded)
  }

  /// Checks one piece without keeping its bytes; `decodedCount` still counts them.
  /// - Throws: `Base64Error` at the first bad byte.
  package mutating func check(_ piece: UnsafeRawBufferPointer) throws(Base64Error) {
    _ = try decode(piece, into: nil)
  }

  /// Ends the text.
  /// - Throws: `Base64Error` when it ends within a group of four.
  package func finish() throws(Base64Error) {
    guard pending == 0, (paddingLeft ?? 0) == 0 else {
      throw Base64Error(problem: .truncated, offset: consumed)
    }
  }

  /// Decodes a whole text.
  /// - Throws: `Base64Error` when Go would not take it.
  package static func decode(_ text: [UInt8]) throws(Base64Error) -> [UInt8] {
    var decoder = Base64Decoder()
    var bytes: [UInt8] = []
    var failure: Base64Error?
    text.withUnsafeBytes { piece in
      do throws(Base64Error) {
        try decoder.decode(piece, into: &bytes)
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    try decoder.finish()
    return bytes
  }

  /// One byte of text outside the fast path; returns how many bytes it completed.
  private mutating func take(
    _ byte: UInt8, at offset: Int, into output: UnsafeMutableRawBufferPointer?, at start: Int
  ) throws(Base64Error) -> Int {
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return 0 }
    if let left = paddingLeft {
      guard left > 0 else { throw Base64Error(problem: .trailing, offset: offset) }
      guard byte == UInt8(ascii: "=") else { throw Base64Error(problem: .padding, offset: offset) }
      paddingLeft = left - 1
      return 0
    }
    if byte == UInt8(ascii: "=") {
      guard pending >= 2 else { throw Base64Error(problem: .padding, offset: offset) }
      paddingLeft = 3 - pending
      return flush(count: pending - 1, into: output, at: start)
    }
    let value = Base64Tables.value(of: byte)
    guard value < 64 else { throw Base64Error(problem: .alphabet, offset: offset) }
    quantum = quantum << 6 | value
    pending += 1
    guard pending == 4 else { return 0 }
    pending = 0
    let group = quantum
    quantum = 0
    if let output {
      output[start] = UInt8(truncatingIfNeeded: group >> 16)
      output[start + 1] = UInt8(truncatingIfNeeded: group >> 8)
      output[start + 2] = UInt8(truncatingIfNeeded: group)
    }
    return 3
  }

  /// Writes the one or two bytes of the last, padded group.
  private mutating func flush(count: Int, into output: UnsafeMutableRawBufferPointer?, at start: Int) -> Int {
    let group = quantum << (6 * UInt32(4 - pending))
    pending = 0
    quantum = 0
    guard let output else { return count }
    output[start] = UInt8(truncatingIfNeeded: group >> 16)
    if count == 2 { output[start + 1] = UInt8(truncatingIfNeeded: group >> 8) }
    return count
  }
}
