/// Containers whose parts stand in them as they are: each is searched alone, and written anew with its own checksum.
extension ContentSearch {
  func tarClaims(
    _ tar: TarBody, _ bytes: UnsafeRawBufferPointer, depth: Int
  ) throws(RedactionError) -> [Claim] {
    var claims: [Claim] = []
    for record in tar.records {
      let header = UnsafeRawBufferPointer(rebasing: bytes[record.header])
      let content = UnsafeRawBufferPointer(rebasing: bytes[record.content])
      let named = try self.claims(in: header, depth: depth + 1, isFixed: true)
      // Records of pax and long names count their own bytes.
      let found = try self.claims(in: content, depth: depth + 1, isFixed: !record.isResizable)
      guard !named.isEmpty || !found.isEmpty else { continue }
      let replacement =
        mode == .collect
        ? []
        : TarBody.encode(
          header: named.applied(to: header), content: found.applied(to: content), isResized: record.isResizable)
      claims.append(
        Claim(
          range: record.whole, replacement: replacement, isSecret: false, hits: (named + found).nested(in: "tar")))
    }
    return claims + (try trailing(from: tar.end, in: bytes, depth: depth))
  }

  func imageClaims(
    _ image: PNGBody, _ bytes: UnsafeRawBufferPointer, depth: Int
  ) throws(RedactionError) -> [Claim] {
    var claims: [Claim] = []
    for chunk in image.chunks {
      let data = UnsafeRawBufferPointer(rebasing: bytes[chunk.data])
      // Pixels are not looked at; what is no pixels among them is, as everywhere.
      var found =
        chunk.isPixels
        ? try direct(in: data, found: nil, isFixed: true) : try self.claims(in: data, depth: depth + 1, isFixed: true)
      if let start = chunk.compressedText {
        found = found.filter { $0.range.upperBound <= start }
        let text = UnsafeRawBufferPointer(rebasing: data[start...])
        // Text that is no zlib stream is searched as what it is.
        let inner = try self.claims(in: text, depth: depth + 1, isFixed: !Self.isContainer(text))
        found += inner.map { claim in
          var claim = claim
          claim.range = (claim.range.lowerBound + start)..<(claim.range.upperBound + start)
          return claim
        }
      }
      guard !found.isEmpty else { continue }
      let replacement = mode == .collect ? [] : PNGBody.encode(type: chunk.type, data: found.applied(to: data))
      claims.append(
        Claim(range: chunk.whole, replacement: replacement, isSecret: false, hits: found.nested(in: "png")))
    }
    return claims + (try trailing(from: image.end, in: bytes, depth: depth))
  }

  /// The claims on what stands behind the end of a container.
  private func trailing(
    from end: Int, in bytes: UnsafeRawBufferPointer, depth: Int
  ) throws(RedactionError) -> [Claim] {
    guard end < bytes.count else { return [] }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[end...])
    return try claims(in: rest, depth: depth + 1, isFixed: true).map { claim in
      var claim = claim
      claim.range = (claim.range.lowerBound + end)..<(claim.range.upperBound + end)
      return claim
    }
  }
}
