import Files

extension ContentScreen {
  /// How much of a file is looked at at once, and how much of what follows is seen with it: nothing that is looked for is
  /// longer, except what has a beginning that is found by itself.
  private static let (block, overlap) = (512 << 10, 32 << 10)

  /// The ranges of a part of a file in which something may be, in no order.
  ///
  /// - Throws: `FilesError`; `RedactionError`.
  func look(at file: ReadableFile, _ part: Range<Int>) throws -> [Range<Int>] {
    var loud: [Range<Int>] = []
    let size = Int(file.size)
    let room = UnsafeMutableRawBufferPointer.allocate(
      byteCount: min(Self.block + Self.overlap, part.count + Self.overlap), alignment: 64)
    defer { room.deallocate() }
    for start in stride(from: part.lowerBound, to: part.upperBound, by: Self.block) {
      let end = min(start + Self.block + Self.overlap, part.upperBound + Self.overlap, size)
      guard end > start else { break }
      let block = UnsafeMutableRawBufferPointer(rebasing: room[..<(end - start)])
      try file.fill(block, from: start)
      let bytes = UnsafeRawBufferPointer(block)
      if start == 0, ContentSearch.isContainer(bytes) { return [0..<size] }
      var found: [Range<Int>] = []
      try look(at: bytes, into: &found)
      for range in found { loud.append((range.lowerBound + start)..<(range.upperBound + start)) }
    }
    return loud
  }
}
