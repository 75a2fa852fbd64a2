/// What a name directly in a data directory means to KUMO (kumo-format.md 1.1).
package enum DataDirectoryName: Hashable, Sendable {
  /// A service's snapshot.
  case service(KumoService)
  /// `<name>.json.tmp`: left by a crash; ignored at load, overwritten at the next save.
  case serviceTemporary(KumoService)
  /// `s3-objects`, the directory of blobs.
  case blobDirectory
  /// `*.json` of no service in the catalogue: a newer release's, or a stranger's.
  case unknownSnapshot
  /// `*.json.tmp` of no service in the catalogue.
  case unknownTemporary
  /// A name that begins with a dot; KUMO never looks at it, so notes can live there.
  case hidden
  /// Any other name; KUMO never looks at it.
  case foreign

  /// The directory of blobs.
  package static let blobDirectoryName = "s3-objects"

  /// Classifies a name (one path component).
  package init(_ name: [UInt8]) {
    let snapshot = Array(".json".utf8)
    let temporary = Array(".json.tmp".utf8)
    if name.elementsEqual(DataDirectoryName.blobDirectoryName.utf8) {
      self = .blobDirectory
    } else if name.first == UInt8(ascii: ".") {
      self = .hidden
    } else if name.hasSuffix(temporary) {
      let service = ServiceCatalogue.service(named: name.dropLast(temporary.count))
      self = service.map { .serviceTemporary($0) } ?? .unknownTemporary
    } else if name.hasSuffix(snapshot) {
      let service = ServiceCatalogue.service(named: name.dropLast(snapshot.count))
      self = service.map { .service($0) } ?? .unknownSnapshot
    } else {
      self = .foreign
    }
  }
}

/// What a name in `s3-objects` means to KUMO, which deletes every regular file there that no object references
/// (kumo-format.md 1.1 and 7.1 B10).
package enum BlobDirectoryName: Hashable, Sendable {
  /// 64 lower-case hex digits: a body, named by its SHA-256.
  case blob
  /// 64 hex digits with capitals: no object can reference it, though a case-insensitive disk would find it.
  case miscasedBlob
  /// `<sha256>.tmp`: left by a crash.
  case blobTemporary
  /// `.upload-*`: left by a crash during an upload.
  case uploadTemporary
  /// Anything else: KUMO deletes it at the next save.
  case foreign

  /// Classifies a name (one path component).
  package init(_ name: [UInt8]) {
    if name.starts(with: ".upload-".utf8) {
      self = .uploadTemporary
    } else if BlobDirectoryName.isDigest(name) {
      self = .blob
    } else if name.hasSuffix(Array(".tmp".utf8)), BlobDirectoryName.isDigest(name.dropLast(4)) {
      self = .blobTemporary
    } else if name.count == 64, BlobDirectoryName.isDigest(GoText.foldedASCII(name)) {
      self = .miscasedBlob
    } else {
      self = .foreign
    }
  }

  /// Whether `name` is 64 lower-case hex digits, the form of `bodyRef` and of a blob's name.
  package static func isDigest(_ name: some Collection<UInt8>) -> Bool {
    name.count == 64 && name.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}

extension [UInt8] {
  /// Whether the bytes end with `suffix` and have something before it.
  fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool {
    count > suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
  }
}
