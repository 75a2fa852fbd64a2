import JSONBytes

/// One version or delete marker of an object as a listing has it.
package struct ListedVersion: Sendable, Equatable {
  /// The object's key.
  package var key: [UInt8] = []
  /// The version; empty for an object of KUMO that was written before its bucket had versions.
  package var version: [UInt8] = []
}

/// Lists and deletes objects and buckets of a running emulator.
package struct LiveObjects: Sendable {
  private let calls: LiveCalls

  /// Works on an emulator.
  package init(_ calls: LiveCalls) { self.calls = calls }

  /// One page of a listing.
  private struct Page {
    var count = 0
    var isTruncated = false
    var nextKey: [UInt8] = []
    var nextVersion: [UInt8] = []
  }

  /// All versions and delete markers below a prefix, counted; 0 for a bucket that is gone. Memory does not grow.
  ///
  /// - Throws: `EmulatorError`.
  package func count(in bucket: [UInt8], prefix: [UInt8]) throws(EmulatorError) -> Int {
    var total = 0
    var marker: Page?
    repeat {
      // KUMO pages no such list: it cuts it at `max-keys` and says that nothing was cut (tried with v0.18.0 and v0.25.3).
      let page = try page(of: bucket, prefix: prefix, limit: Int(Int32.max), after: marker) { _ in }
      total += page.count
      marker = page.isTruncated && page.count > 0 ? page : nil
    } while marker != nil
    return total
  }

  /// The first versions and delete markers below a prefix; none for a bucket that is gone.
  ///
  /// - Throws: `EmulatorError`.
  package func first(_ limit: Int, in bucket: [UInt8], prefix: [UInt8]) throws(EmulatorError) -> [ListedVersion] {
    var found: [ListedVersion] = []
    _ = try page(of: bucket, prefix: prefix, limit: limit, after: nil) { found.append($0) }
    return found
  }

  private func page(
    of bucket: [UInt8], prefix: [UInt8], limit: Int, after marker: Page?, _ found: (ListedVersion) -> Void
  ) throws(EmulatorError) -> Page {
    var target = "/\(HTTPRequest.encode(bucket))?versions=&max-keys=\(limit)&prefix=\(HTTPRequest.encode(prefix))"
    if let marker {
      target += "&key-marker=\(HTTPRequest.encode(marker.nextKey))"
      target += "&version-id-marker=\(HTTPRequest.encode(marker.nextVersion))"
    }
    let response = try calls.send(HTTPRequest("GET", target), service: "s3", accepting: [200, 404])
    guard response.status == 200 else { return Page() }
    var page = Page()
    var entry: ListedVersion?
    var scanner = XMLScanner()
    while true {
      let piece = try response.next()
      if piece.isEmpty { return page }
      scanner.feed(piece) { Self.take($0, &page, &entry, found) }
    }
  }

  private static let names = (version: Array("Version".utf8), marker: Array("DeleteMarker".utf8))

  private static func take(
    _ event: XMLScanner.Event, _ page: inout Page, _ entry: inout ListedVersion?, _ found: (ListedVersion) -> Void
  ) {
    switch event {
    case .open(names.version), .open(names.marker): entry = ListedVersion()
    case .close(names.version, _), .close(names.marker, _):
      if let entry { found(entry) }
      page.count += 1
      entry = nil
    case .close(let name, let text):
      if name.elementsEqual("Key".utf8) { entry?.key = text }
      if name.elementsEqual("VersionId".utf8) { entry?.version = text }
      guard entry == nil else { return }
      if name.elementsEqual("IsTruncated".utf8) { page.isTruncated = text.elementsEqual("true".utf8) }
      if name.elementsEqual("NextKeyMarker".utf8) { page.nextKey = text }
      if name.elementsEqual("NextVersionIdMarker".utf8) { page.nextVersion = text }
    default: break
    }
  }

  /// Deletes a version or delete marker; one that is gone is no error. In KUMO an object without a version becomes a
  /// delete marker, if its bucket has versions by now, and is to be deleted once more.
  ///
  /// - Throws: `EmulatorError`.
  package func delete(_ entry: ListedVersion, in bucket: [UInt8]) throws(EmulatorError) {
    var target = "/\(HTTPRequest.encode(bucket))/\(HTTPRequest.encode(entry.key))"
    if !entry.version.isEmpty { target += "?versionId=\(HTTPRequest.encode(entry.version))" }
    _ = try calls.send(HTTPRequest("DELETE", target), service: "s3", accepting: [200, 204, 404])
  }

  /// Deletes an empty bucket; one that is gone is no error.
  ///
  /// - Throws: `EmulatorError`; `BucketNotEmpty` is its `serverCode` when it is not empty.
  package func deleteBucket(_ bucket: [UInt8]) throws(EmulatorError) {
    let request = HTTPRequest("DELETE", "/\(HTTPRequest.encode(bucket))")
    _ = try calls.send(request, service: "s3", accepting: [200, 204, 404])
  }
}
