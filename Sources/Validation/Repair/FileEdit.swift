import Files

/// One change of a file's bytes: `count` bytes from `offset` become `replacement`. 32 bytes each.
struct FileEdit: Sendable {
  let offset: Int
  let count: Int
  let replacement: StaticText

  /// The few texts that a repair writes.
  enum StaticText: UInt8, Sendable {
    case nothing
    case emptyMap
    case objectsMember, versionsMember, itemsMember
    case lastObjectsMember, lastVersionsMember, lastItemsMember

    var bytes: [UInt8] {
      switch self {
      case .nothing: []
      case .emptyMap: Array("{}".utf8)
      case .objectsMember: Array(#""objects":{},"#.utf8)
      case .versionsMember: Array(#""versions":{},"#.utf8)
      case .itemsMember: Array(#""items":{},"#.utf8)
      case .lastObjectsMember: Array(#""objects":{}"#.utf8)
      case .lastVersionsMember: Array(#""versions":{}"#.utf8)
      case .lastItemsMember: Array(#""items":{}"#.utf8)
      }
    }
  }
}

extension FileEdit {
  /// In the order of the file; of several insertions at one place, the one without a comma behind it comes last.
  static func precedes(_ left: FileEdit, _ right: FileEdit) -> Bool {
    (left.offset, left.replacement.rawValue) < (right.offset, right.replacement.rawValue)
  }

  /// Writes a copy of a file with its edits made; every other byte stays as it is.
  ///
  /// - Parameter edits: sorted by offset, not overlapping.
  static func apply(_ edits: [FileEdit], to source: ReadableFile, into target: WritableFile) throws(FilesError) {
    let writer = BufferedWriter(target)
    var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    var position = 0
    for edit in edits {
      try copy(from: position, upTo: edit.offset, of: source, to: writer, &buffer)
      try writer.write(edit.replacement.bytes)
      position = edit.offset + edit.count
    }
    try copy(from: position, upTo: .max, of: source, to: writer, &buffer)
    try writer.flush()
  }

  private static func copy(
    from start: Int, upTo end: Int, of source: ReadableFile, to writer: BufferedWriter, _ buffer: inout [UInt8]
  ) throws(FilesError) {
    var position = start
    while position < end {
      let wanted = min(buffer.count, end - position)
      let count = try buffer.withUnsafeMutableBufferPointer { (bytes) throws(FilesError) -> Int in
        try source.read(
          into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(bytes)[..<wanted]),
          at: Int64(position))
      }
      try buffer.withUnsafeBufferPointer { (bytes) throws(FilesError) -> Void in
        try writer.write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<count]))
      }
      if count == 0 { return }
      position += count
    }
  }
}
