import Digests
import Files

/// What one thread of a pack owns: its buffer, compressor and hasher, and the directory it read from last.
final class PackWorker {
  private let plan: PackPlan
  private let source: Directory
  private let options: PackOptions
  private let encoder: TarHeaderEncoder
  private let compressor: any PieceCompressor
  let hasher: SHA256Hasher
  let piece: ByteBuffer
  private var parent: (path: RelativePath, directory: Directory)?

  init(_ plan: PackPlan, _ source: Directory, _ options: PackOptions) throws(ArtifactError) {
    self.plan = plan
    self.source = source
    self.options = options
    encoder = try TarHeaderEncoder(time: options.modificationTime)
    compressor = try options.compression.compressor(level: options.level)
    hasher = try SHA256Hasher.forArtifacts()
    piece = ByteBuffer(capacity: options.compression.frameBytes + options.compression.frameBytes / 4)
  }

  /// Fills `piece` with headers and content of whole members.
  /// - Returns: the digests of the files, by their place in the plan.
  func readGroup(_ range: Range<Int>) throws(ArtifactError) -> [(Int, SHA256Digest)] {
    var digests: [(Int, SHA256Digest)] = []
    digests.reserveCapacity(range.count)
    for index in range {
      try options.cancellation.check()
      let member = plan.members[index]
      try encoder.append(name: member.path.bytes, size: member.size, isDirectory: member.isDirectory, to: piece)
      guard !member.isDirectory else { continue }
      let start = piece.count
      try read(member, offset: 0, length: member.size)
      let content = UnsafeRawBufferPointer(rebasing: piece.bytes[start...])
      hasher.update(content)
      digests.append((index, try hasher.artifactDigest()))
      try inspect(member, 0, content)
      piece.appendZeros(TarBlock.padding(member.size))
    }
    return digests
  }

  /// Fills `piece` with a part of a large member; its header stands before the first part, its padding after the last.
  /// - Returns: where the content lies in `piece`.
  func readPart(_ index: Int, offset: Int, length: Int) throws(ArtifactError) -> Range<Int> {
    let member = plan.members[index]
    if offset == 0 {
      try encoder.append(name: member.path.bytes, size: member.size, isDirectory: false, to: piece)
    }
    let start = piece.count
    try read(member, offset: offset, length: length)
    try inspect(member, offset, UnsafeRawBufferPointer(rebasing: piece.bytes[start...]))
    let end = piece.count
    if offset + length == member.size { piece.appendZeros(TarBlock.padding(member.size)) }
    return start..<end
  }

  /// Compresses `piece` behind what `output` holds.
  func compress(into output: ByteBuffer) throws(ArtifactError) {
    try compressor.compress(piece.bytes, into: output)
  }

  /// The digest of a file as it is now, read anew.
  func digest(of member: PackPlan.Member) throws(ArtifactError) -> SHA256Digest {
    var offset = 0
    while offset < member.size {
      piece.removeAll()
      let length = min(options.compression.frameBytes, member.size - offset)
      try read(member, offset: offset, length: length)
      hasher.update(piece.bytes)
      offset += length
    }
    return try hasher.artifactDigest()
  }

  private func inspect(_ member: PackPlan.Member, _ offset: Int, _ bytes: UnsafeRawBufferPointer) throws(ArtifactError)
  {
    try options.inspector?(InspectedPiece(path: member.path.bytes, offset: offset, bytes: bytes))
  }

  /// Appends a stretch of a file to `piece`. A file that is not the one of the plan any more has moved.
  private func read(_ member: PackPlan.Member, offset: Int, length: Int) throws(ArtifactError) {
    do {
      let file = try holder(of: member.path).open(member.path.lastComponent)
      guard PackPlan.isUntouched(member.status, file.status) else { throw Self.moved(member) }
      var done = 0
      while done < length {
        let place = Int64(offset + done)
        let count = try piece.fill(length - done) { (room) throws(FilesError) -> Int in
          try file.read(into: room, at: place)
        }
        guard count > 0 else { throw Self.moved(member) }
        done += count
      }
    } catch let error as FilesError {
      throw ArtifactError(error, error.code == .notFound ? .moved : .unreadable)
    } catch let error as ArtifactError {
      throw error
    } catch {
      throw Self.moved(member)
    }
  }

  private func holder(of path: RelativePath) throws(FilesError) -> Directory {
    guard let above = path.parent else { return source }
    if let parent, parent.path == above { return parent.directory }
    let opened = try source.subdirectory(above)
    parent = (above, opened)
    return opened
  }

  private static func moved(_ member: PackPlan.Member) -> ArtifactError {
    ArtifactError(.moved, member: member.path.bytes, "it changed while it was read")
  }
}

extension Compression {
  /// A compressor of pieces at a level that this compression has.
  func compressor(level: Int?) throws(ArtifactError) -> any PieceCompressor {
    let level = level ?? defaultLevel
    guard levels.contains(level) else {
      throw ArtifactError(
        .usage, "level \(level) does not exist for \(rawValue)",
        hint: "choose \(levels.lowerBound) to \(levels.upperBound)")
    }
    switch self {
    case .zstd: return try ZstdCompressor(level: level)
    case .gzip: return try GzipCompressor(level: level)
    case .none: return NoCompressor()
    }
  }

  /// The stored form of a piece whose length must be known before its content.
  func stored(_ content: UnsafeRawBufferPointer) -> [UInt8] {
    switch self {
    case .zstd: StoredZstd.encode(content)
    case .gzip: StoredGzip.encode(content)
    case .none: Array(content)
    }
  }

  /// Bytes that `stored` makes of `count` bytes.
  func storedSize(_ count: Int) -> Int {
    switch self {
    case .zstd: StoredZstd.encodedSize(count)
    case .gzip: StoredGzip.encodedSize(count)
    case .none: count
    }
  }
}

extension SHA256Hasher {
  /// A hasher, or the reason why there is none in this room's words.
  static func forArtifacts() throws(ArtifactError) -> SHA256Hasher {
    do { return try SHA256Hasher() } catch { throw ArtifactError(.unreadable, "SHA-256 is not available: \(error)") }
  }

  /// Ends a message, in this room's words when that fails.
  func artifactDigest() throws(ArtifactError) -> SHA256Digest {
    do { return try finalize() } catch { throw ArtifactError(.unreadable, "SHA-256 failed: \(error)") }
  }
}
