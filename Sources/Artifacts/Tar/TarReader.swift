/// Cuts a tar stream that arrives in pieces into members. Strict, sequential, and cheap: data is not looked at.
///
/// Broken headers end the stream for good, except after `skipDamaged`: then reading resumes at the next piece that
/// begins with a header, which is how our own frames begin.
struct TarReader {
  /// A part of a piece that belongs to one member.
  struct Segment {
    let member: ScannedMember
    /// Within the piece.
    let range: Range<Int>
    /// Of the first byte, within the member.
    let offset: Int
    var isFirst: Bool { offset == 0 }
    var isLast: Bool { offset + range.count == member.size }
    var isWhole: Bool { isFirst && isLast }
  }

  private enum State {
    case header
    case pax(left: Int, padding: Int)
    case data(ScannedMember, done: Int)
    case padding(Int)
    case end(zeros: Int)
    /// After damage in which headers were lost.
    case lost
  }

  private var state = State.header
  private var partial: [UInt8] = []
  private var pax: PaxRecords?
  private var paxBytes: [UInt8] = []
  private var nextIndex = 0

  /// Bytes of pax records that one member may have.
  private static let paxLimit = 64 << 10

  /// True when the end blocks were seen.
  var isComplete: Bool {
    if case .end(let zeros) = state { return zeros >= TarBlock.endSize && partial.isEmpty }
    return false
  }

  /// Name of the member whose data is not finished.
  var openMember: ScannedMember? {
    if case .data(let member, _) = state { return member }
    return nil
  }

  /// Reads one piece. Each member found is shown to `admit` before its first segment.
  /// Each stretch of its data is shown to `segment`; a broken stream to `fault`, once.
  mutating func read(
    _ piece: UnsafeRawBufferPointer, admit: (TarHeader.Kind, ScannedMember) throws(ArtifactError) -> Void,
    segment: (Segment) -> Void, fault: (TarHeader.Fault) -> Void
  ) throws(ArtifactError) {
    var index = 0
    if case .lost = state {
      guard piece.count >= TarBlock.size, (try? TarHeader(piece.part(0..<512))) != nil
      else { return }
      state = .header
      partial = []
    }
    while index < piece.count {
      switch state {
      case .data(let member, let done):
        let count = min(member.size - done, piece.count - index)
        segment(Segment(member: member, range: index..<(index + count), offset: done))
        index += count
        state =
          done + count < member.size
          ? .data(member, done: done + count) : .padding(TarBlock.padding(member.size))
      case .padding(let left):
        let count = min(left, piece.count - index)
        guard piece.part(index..<(index + count)).isZero else {
          fail(TarHeader.Fault(code: .badHeader, path: nil, message: "data hides in a member's padding"), fault)
          return
        }
        index += count
        state = left == count ? .header : .padding(left - count)
      case .pax(let left, let padding):
        let count = min(left, piece.count - index)
        paxBytes.append(contentsOf: piece[index..<(index + count)])
        index += count
        guard left == count else {
          state = .pax(left: left - count, padding: padding)
          break
        }
        do throws(TarHeader.Fault) { pax = try PaxRecords(paxBytes) } catch {
          fail(error, fault)
          return
        }
        state = .padding(padding)
      case .end(let zeros):
        guard piece.part(index..<piece.count).isZero else {
          let message = "data follows the end of the archive"
          fail(TarHeader.Fault(code: .trailingData, path: nil, message: message), fault)
          return
        }
        state = .end(zeros: zeros + piece.count - index)
        index = piece.count
      case .header:
        let needed = TarBlock.size - partial.count
        guard piece.count - index >= needed else {
          partial.append(contentsOf: piece[index...])
          return
        }
        if partial.isEmpty {
          try header(piece.part(index..<(index + 512)), admit, segment, fault, index)
        } else {
          partial.append(contentsOf: piece[index..<(index + needed)])
          let block = partial
          partial = []
          try block.withRawBytes { (bytes) throws(ArtifactError) -> Void in
            try header(bytes, admit, segment, fault, index)
          }
        }
        index += needed
      case .lost:
        return
      }
    }
  }

  /// Steps over `count` bytes that could not be decoded; nil when their number is unknown.
  mutating func skipDamaged(_ count: Int?) {
    if let count, case .data(let member, let done) = state, done + count < member.size {
      state = .data(member, done: done + count)
    } else if let count, case .data(let member, let done) = state,
      done + count == member.size + TarBlock.padding(member.size)
    {
      state = .header
    } else {
      state = .lost
    }
    pax = nil
  }

  private mutating func fail(_ found: TarHeader.Fault, _ fault: (TarHeader.Fault) -> Void) {
    state = .lost
    fault(found)
  }

  /// Reads one header block and sets the state for what follows it.
  private mutating func header(
    _ block: UnsafeRawBufferPointer, _ admit: (TarHeader.Kind, ScannedMember) throws(ArtifactError) -> Void,
    _ segment: (Segment) -> Void, _ fault: (TarHeader.Fault) -> Void, _ index: Int
  ) throws(ArtifactError) {
    let kind: TarHeader.Kind
    let member: ScannedMember
    do throws(TarHeader.Fault) {
      if block.isZero { return try beginEnd() }
      let header = try TarHeader(block)
      guard header.kind != .paxRecords else { return try beginRecords(header) }
      kind = header.kind
      member = try resolve(header)
    } catch {
      return fail(error, fault)
    }
    pax = nil
    try admit(kind, member)
    if member.size == 0 {
      segment(Segment(member: member, range: index..<index, offset: 0))
      state = .header
    } else {
      state = .data(member, done: 0)
    }
  }

  private mutating func beginEnd() throws(TarHeader.Fault) {
    guard pax == nil else {
      throw TarHeader.Fault(
        code: .badHeader, path: nil, message: "the archive ends where a pax header announced a member")
    }
    state = .end(zeros: TarBlock.size)
  }

  private mutating func beginRecords(_ header: TarHeader) throws(TarHeader.Fault) {
    guard pax == nil else {
      throw TarHeader.Fault(code: .badHeader, path: nil, message: "two pax headers stand before one member")
    }
    guard (1...Self.paxLimit).contains(header.size) else {
      throw TarHeader.Fault(code: .badHeader, path: nil, message: "a pax header is empty or longer than 64 KiB")
    }
    paxBytes = []
    state = .pax(left: header.size, padding: TarBlock.padding(header.size))
  }

  /// Joins a header and the pax records before it.
  private mutating func resolve(_ header: TarHeader) throws(TarHeader.Fault) -> ScannedMember {
    var path = pax?.path ?? header.path
    if header.kind == .directory {
      if path.last == UInt8(ascii: "/") { path.removeLast() }
      guard (pax?.size ?? header.size) == 0 else {
        throw TarHeader.Fault(code: .sizeConflict, path: path, message: "a directory has no size, this one states one")
      }
    }
    if let size = pax?.size, size != header.size {
      // A size that ustar cannot hold stands there as 0 or as the largest number; everything else is a trap for
      // readers that look at one of the two (peers.md 6, TARmageddon).
      guard size > 0o77777777777, header.size == 0 || header.size == 0o77777777777 else {
        throw TarHeader.Fault(
          code: .sizeConflict, path: path, message: "its pax header says \(size) bytes, its ustar header \(header.size)"
        )
      }
    }
    defer { nextIndex += 1 }
    return ScannedMember(index: nextIndex, path: path, size: pax?.size ?? header.size, mode: header.mode)
  }
}

/// A member as a scan of an archive meets it.
final class ScannedMember: Sendable {
  /// Its place in the archive.
  let index: Int
  /// Without a trailing slash.
  let path: [UInt8]
  let size: Int
  let mode: Int

  init(index: Int, path: [UInt8], size: Int, mode: Int) {
    self.index = index
    self.path = path
    self.size = size
    self.mode = mode
  }
}
