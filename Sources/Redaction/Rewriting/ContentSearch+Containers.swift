/// Content with something inside: compressed bodies and archives.
extension ContentSearch {
  /// The claims on a container; nil when it is none after all, or nothing that has to be taken apart.
  ///
  /// - Throws: as `claims(in:)`.
  func containerClaims(_ bytes: UnsafeRawBufferPointer, depth: Int) throws(RedactionError) -> [Claim]? {
    if let body = CompressedBody(bytes) {
      return body == .zip ? try zipClaims(bytes, depth: depth) : try compressedClaims(body, bytes, depth: depth)
    }
    if let archive = ForeignArchive(bytes) { return try foreignClaims(archive, bytes, depth: depth) }
    if let tar = TarBody(bytes) { return try tarClaims(tar, bytes, depth: depth) }
    if let image = PNGBody(bytes) { return try imageClaims(image, bytes, depth: depth) }
    if PDFBody.isEncrypted(bytes) { return [try removeWhole(bytes, hits: [])] }
    return nil
  }

  private func compressedClaims(
    _ body: CompressedBody, _ bytes: UnsafeRawBufferPointer, depth: Int
  ) throws(RedactionError) -> [Claim]? {
    switch body.decompress(bytes) {
    case .whole(let content):
      return try content.withBytes { (content) throws(RedactionError) -> [Claim] in
        let inner = try claims(in: content, depth: depth + 1)
        guard !inner.isEmpty else { return [] }
        let hits = inner.nested(in: body.rawValue)
        guard mode != .collect else { return [whole(bytes, [], hits)] }
        let changed = inner.applied(to: content)
        guard let encoded = body.compress(changed), Self.holds(encoded, changed, as: body) else {
          return [try removeWhole(bytes, hits: hits)]
        }
        return [whole(bytes, encoded, hits)]
      }
    case .part(let content, let hasMore):
      if content.count > CompressedBody.limit { return try longClaims(body, bytes, depth: depth) }
      let inner = try content.withBytes { (content) throws(RedactionError) in
        try claims(in: content, depth: depth + 1)
      }
      // Two bytes of zlib begin other content, too; what only looks like it gives hardly anything.
      let isUnreadable = hasMore && (body != .zlib || content.count >= 256)
      if inner.isEmpty, !isUnreadable { return nil }
      return [try removeWhole(bytes, hits: inner.nested(in: body.rawValue))]
    }
  }

  func whole(_ bytes: UnsafeRawBufferPointer, _ replacement: [UInt8], _ hits: [Hit]) -> Claim {
    Claim(range: 0..<bytes.count, replacement: replacement, isSecret: false, hits: hits)
  }

  /// Whether a body that was written gives the content back.
  private static func holds(_ encoded: [UInt8], _ content: [UInt8], as body: CompressedBody) -> Bool {
    guard case .whole(let again) = encoded.withUnsafeBytes({ body.decompress($0) }) else { return false }
    return again == content
  }

  /// What is found in content that is read once from its beginning to its end.
  ///
  /// - Parameter body: given each claim with its range in the content.
  /// - Throws: as `claims(in:)`.
  func pieceHits(
    _ content: SequentialContent, depth: Int, limits: ContentFileSearch.Limits = .init(),
    _ body: (Claim) -> Void = { _ in }
  ) throws(RedactionError) -> [Hit] {
    var hits: [Hit] = []
    do {
      try ContentFileSearch.run(
        self, size: nil, limits: limits, depth: depth,
        read: { (range) throws(RedactionError) in try content.bytes(in: range) }
      ) { claim in
        hits += claim.hits
        body(claim)
      }
      try content.finish()
    } catch let error as RedactionError {
      throw error
    } catch {
      throw RedactionError(.engine, "content inside of something else could not be searched")
    }
    return hits
  }

  /// An archive that is read here and not written: clean as a whole, or gone as a whole.
  private func foreignClaims(
    _ archive: ForeignArchive, _ bytes: UnsafeRawBufferPointer, depth: Int
  ) throws(RedactionError) -> [Claim]? {
    guard let reader = ArchiveReader(foreign: bytes) else { return [try removeWhole(bytes, hits: [])] }
    var hits: [Hit] = []
    var (members, budget) = (0, CompressedBody.longestContent)
    while let member = reader.next() {
      guard reader.isWhole else { break }
      members += 1
      hits += try member.path.withBytes { (path) throws(RedactionError) in try claims(in: path, depth: depth + 1) }
        .flatMap(\.hits)
      let content = SequentialContent { output in
        let before = output.count
        let isThere = budget > 0 && reader.read(into: &output)
        budget -= output.count - before
        return isThere
      }
      hits += try pieceHits(content, depth: depth + 1)
    }
    if hits.isEmpty, reader.isWhole, members > 0, budget > 0 { return [] }
    return [try removeWhole(bytes, hits: [whole(bytes, [], hits)].nested(in: archive.rawValue))]
  }

  private func zipClaims(_ bytes: UnsafeRawBufferPointer, depth: Int) throws(RedactionError) -> [Claim]? {
    guard let reader = ArchiveReader(zip: bytes) else { return [try removeWhole(bytes, hits: [])] }
    var hits: [Hit] = []
    var (members, canBeWritten, budget) = (0, true, CompressedBody.longestContent)
    while let member = reader.next() {
      members += 1
      if !member.isPlain { canBeWritten = false }
      let named = try member.path.withBytes { (path) throws(RedactionError) in
        try claims(in: path, depth: depth + 1)
      }
      var length = 0
      let content = SequentialContent { output in
        let before = output.count
        let isThere = budget > 0 && reader.read(into: &output)
        (length, budget) = (length + output.count - before, budget - (output.count - before))
        return isThere
      }
      let found = try pieceHits(content, depth: depth + 1)
      // A longer member cannot be held to be written.
      if !found.isEmpty, length > CompressedBody.limit { canBeWritten = false }
      hits += named.flatMap(\.hits) + found
    }
    // Text that only begins like a zip file.
    if members == 0, !reader.isWhole { return nil }
    if hits.isEmpty, reader.isWhole, budget > 0 { return [] }
    let nested = [whole(bytes, [], hits)].nested(in: "zip")
    guard canBeWritten, reader.isWhole, budget > 0 else { return [try removeWhole(bytes, hits: nested)] }
    guard mode != .collect else { return [whole(bytes, [], nested)] }
    guard let encoded = try rewrittenZip(bytes, depth: depth) else { return [try removeWhole(bytes, hits: nested)] }
    return [whole(bytes, encoded, nested)]
  }

  /// A zip file with every member redacted, one held at a time; nil when it cannot be written.
  private func rewrittenZip(_ bytes: UnsafeRawBufferPointer, depth: Int) throws(RedactionError) -> [UInt8]? {
    guard let reader = ArchiveReader(zip: bytes), let writer = ZipWriter() else { return nil }
    while var member = reader.next() {
      member.path = try redacted(member.path, depth: depth + 1)
      var content: [UInt8] = []
      while member.isFile, reader.read(into: &content) {}
      // What may be longer was searched in windows and holds nothing.
      if content.count <= CompressedBody.limit { content = try redacted(content, depth: depth + 1) }
      guard writer.add(member, content: content) else { return nil }
    }
    return reader.isWhole ? writer.finish() : nil
  }

  private func redacted(_ content: [UInt8], depth: Int) throws(RedactionError) -> [UInt8] {
    try content.withBytes { (bytes) throws(RedactionError) in
      let found = try claims(in: bytes, depth: depth)
      return found.isEmpty ? content : found.applied(to: bytes)
    }
  }
}
