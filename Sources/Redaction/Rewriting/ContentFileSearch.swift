import Files
import SystemPackage

/// Searches a file that is no service's: a body, a log, anything.
///
/// Up to 16 MiB it is held and every encoding is followed, a compressed one up to 32 MiB. A larger one is searched
/// around the places in which something may be, in windows of at most 8 MiB that overlap; in it every replacement has
/// the length of what it replaces, and a compressed one, which cannot be searched so, is removed whole.
enum ContentFileSearch {
  /// How much is held, in bytes.
  struct Limits: Sendable {
    /// The largest content that is held whole.
    var held = 16 << 20
    /// The largest compressed content or archive: what is in it is held only up to `held`.
    var packed = 32 << 20
    /// How much of a larger one is searched at a time.
    var window = 8 << 20
    /// How much of the next window is seen with it: the longest secret that lies on a border.
    var overlap = 512 << 10
    /// What a detector may want to see before a secret.
    var context = 4 << 10
    /// How far a secret may reach from where the screen hears it: half of what two blocks of a scan share.
    var reach = 64 << 10
  }

  /// Gives every claim on a content of any size in ascending order; an empty result leaves it as it is.
  ///
  /// - Parameters:
  ///   - size: the content's length, if it is known.
  ///   - loud: where something may be; nil for anywhere. Where nothing is, a larger content is not read.
  ///   - read: gives bytes from an offset; less than asked for only at the end. Offsets ascend.
  /// - Throws: as `ContentSearch.claims` and `read`.
  static func run<Failure: Error>(
    _ search: ContentSearch, size: Int?, limits: Limits = Limits(), loud: LoudRanges? = nil, depth: Int = 0,
    read: (Range<Int>) throws(Failure) -> [UInt8], _ body: (Claim) throws -> Void
  ) throws {
    let isPacked = try read(0..<min(16, size ?? 16)).withUnsafeBytes {
      CompressedBody($0) != nil || ForeignArchive($0) != nil
    }
    let held = isPacked ? limits.packed : limits.held
    if size ?? 0 <= held {
      let content = try read(0..<(size ?? held + 1))
      if content.count <= held {
        let claims = try content.withBytes { (bytes) throws(RedactionError) in
          try search.claims(in: bytes, depth: depth)
        }
        for claim in claims { try body(claim) }
        return
      }
    }
    if isPacked {
      let head = try read(0..<4096)
      var claim = try head.withBytes { (bytes) throws(RedactionError) in
        try search.removeWhole(bytes, hits: [])
      }
      claim.range = 0..<(size ?? head.count)
      return try body(claim)
    }
    guard let loud, let size else {
      return try searchWindows(of: 0..<(size ?? .max), search, limits, depth, read: read, body)
    }
    for stretch in loud.widened(by: limits.reach + limits.context, within: size) {
      try searchWindows(of: stretch, search, limits, depth, read: read, body)
    }
  }

  /// Searches a part of a content in windows.
  private static func searchWindows<Failure: Error>(
    of part: Range<Int>, _ search: ContentSearch, _ limits: Limits, _ depth: Int,
    read: (Range<Int>) throws(Failure) -> [UInt8], _ body: (Claim) throws -> Void
  ) throws {
    var (start, done) = (part.lowerBound, part.lowerBound)
    var isLast = false
    while !isLast {
      let end = min(start + limits.window + limits.overlap, part.upperBound)
      let content = try read(start..<end)
      isLast = content.count < limits.window + limits.overlap || end == part.upperBound
      let limit = isLast ? start + content.count : start + limits.window
      let claims = try content.withBytes { (bytes) throws(RedactionError) in
        try search.claims(in: bytes, depth: depth, isFixed: true)
      }
      for var claim in claims {
        claim.range = (claim.range.lowerBound + start)..<(claim.range.upperBound + start)
        guard claim.range.lowerBound >= done, claim.range.lowerBound < limit else { continue }
        try body(claim)
        done = claim.range.upperBound
      }
      done = max(done, limit)
      start = done - limits.context
    }
  }

  /// The same for a file.
  ///
  /// - Throws: as above, and `FilesError`.
  static func run(
    _ search: ContentSearch, _ file: ReadableFile, loud: LoudRanges?, _ body: (Claim) throws -> Void
  ) throws {
    try run(search, size: Int(file.size), loud: loud, read: { try file.bytes(in: $0) }, body)
  }
}

extension ReadableFile {
  /// The bytes of a range.
  ///
  /// - Throws: `FilesError`; `.changed` when the file ends before the range does.
  func bytes(in range: Range<Int>) throws(FilesError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    try bytes.withUnsafeMutableBufferPointer { (buffer) throws(FilesError) in
      try fill(UnsafeMutableRawBufferPointer(buffer), from: range.lowerBound)
    }
    return bytes
  }

  /// Reads as many bytes as there is room for.
  ///
  /// - Throws: as `bytes(in:)`.
  func fill(_ room: UnsafeMutableRawBufferPointer, from offset: Int) throws(FilesError) {
    var filled = 0
    while filled < room.count {
      let count = try read(
        into: UnsafeMutableRawBufferPointer(rebasing: room[filled...]), at: Int64(offset + filled))
      if count == 0 {
        throw FilesError(
          .changed, path: path.string, message: "a file became shorter while it was read",
          hint: "stop what writes to the directory, and try again")
      }
      filled += count
    }
  }
}
