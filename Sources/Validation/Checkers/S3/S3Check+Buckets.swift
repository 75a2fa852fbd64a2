import Files
import JSONBytes
import KumoState

extension S3Check {
  mutating func beginBucket(_ key: [UInt8]) {
    bucket = key
    copies = S3CopyIndex()
    greatestVersion = 0
  }

  mutating func endBucket(_ stored: S3StoredBucket) {
    let pointer = JSONPointer().appending(key: "buckets".utf8).appending(key: bucket)
    let shown = "bucket '\(DisplayName.escape(bucket))'"
    if stored.name != stored.mapKey {
      findings.add(
        .s3Name, at: stored.nameOffset, pointer: pointer.appending(key: "name".utf8),
        "\(shown) has the name '\(DisplayName.escape(stored.name))'")
    }
    for (map, name, offset) in [
      (stored.objects, "objects", stored.objectsOffset), (stored.versions, "versions", stored.versionsOffset),
    ] where map != .present {
      findings.add(
        .s3NullMap, at: offset, pointer: map == .null ? pointer.appending(key: name.utf8) : pointer,
        map == .null ? "`\(name)` of \(shown) is null" : "\(shown) has no `\(name)`")
    }
    checkStatus(stored, pointer, shown)
    if stored.versionCounter < greatestVersion {
      findings.add(
        .s3VersionCounter, at: stored.versionCounterOffset, pointer: pointer.appending(key: "versionIdcounter".utf8),
        fix: "set it to \(greatestVersion)",
        "\(shown) has versionIdcounter \(stored.versionCounter) and a version v\(greatestVersion)")
    }
    buckets.append((stored.mapKey, stored.offset))
  }

  private mutating func checkStatus(_ stored: S3StoredBucket, _ pointer: JSONPointer, _ shown: String) {
    let status = stored.versioningStatus
    copies.finish()
    if status.elementsEqual("Enabled".utf8) {
      reportDifferences()
    } else if !status.isEmpty, !status.elementsEqual("Suspended".utf8) {
      findings.add(
        .s3VersioningStatus, at: stored.versioningStatusOffset,
        pointer: pointer.appending(key: "versioningStatus".utf8),
        "the versioningStatus of \(shown) is '\(DisplayName.escape(status.prefix(40)))'")
    }
  }

  private mutating func reportDifferences() {
    for difference in copies.differences {
      let key = difference.key ?? keyText(at: difference.offset)
      let name = key.map { "'\(DisplayName.escape($0))'" } ?? "an object"
      let place = "\(name) in bucket '\(DisplayName.escape(bucket))'"
      let map = difference.kind == .onlyInVersions ? "versions" : "objects"
      let pointer = key.map {
        JSONPointer().appending(key: "buckets".utf8).appending(key: bucket).appending(key: map.utf8).appending(key: $0)
      }
      let message: String
      switch difference.kind {
      case .content: message = "\(place) has another id, size, ETag or body than its newest version"
      case .attributes: message = "\(place) has another time, type, metadata or encryption than its newest version"
      case .onlyInObjects: message = "\(place) has a version id and is not among the versions"
      case .onlyInVersions: message = "\(place) has versions and no current object"
      }
      findings.add(.s3CopiesDiffer, at: difference.offset, pointer: pointer, message)
    }
    // Those beyond the limit are only counted.
    for _ in copies.differences.count..<max(copies.differences.count, copies.differenceCount) {
      findings.add(.s3CopiesDiffer, "")
    }
  }

  /// The key at an offset, read again from the file: the index keeps only its hash. Nil for keys that are very long.
  private func keyText(at offset: Int) -> [UInt8]? {
    guard let opened = try? file.directory.open(file.path) else { return nil }
    var bytes = [UInt8](repeating: 0, count: 8192)
    guard let count = try? bytes.withUnsafeMutableBytes({ try opened.read(into: $0, at: Int64(offset)) }) else {
      return nil
    }
    let reader = JSONReader(bytes: Array(bytes[..<count]))
    guard (try? reader.next()) == .string else { return nil }
    return try? reader.string()
  }

  /// Reports keys that do not survive the cleaning of paths.
  mutating func checkKey(_ key: [UInt8], at offset: Int, _ place: Place) {
    let segments = key.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let dot = UInt8(ascii: ".")
    let isSafe = segments.allSatisfy { !$0.isEmpty && !$0.elementsEqual([dot]) && !$0.elementsEqual([dot, dot]) }
    guard !isSafe else { return }
    findings.add(
      .s3UnsafeKey, at: offset, pointer: place.pointer,
      "\(place.words) has a key with an empty, '.' or '..' segment or a slash at an end")
  }

  /// Checks a version against those before it in the list.
  mutating func checkOrder(_ object: S3StoredObject, _ place: Place) {
    defer { versions.lastTime = object.lastModified ?? versions.lastTime }
    let pointer = place.pointer.appending(key: "VersionID".utf8)
    let offset = object.offset(of: .versionID)
    switch S3VersionID(object.versionID) {
    case .number(let number):
      greatestVersion = max(greatestVersion, number)
      if !versions.seen.insert(number).inserted {
        findings.add(
          .s3VersionID, at: offset, pointer: pointer, "\(place.words) has the id v\(number) of another version")
      } else if let last = versions.lastNumber, number > last {
        findings.add(
          .s3VersionOrder, at: offset, pointer: pointer,
          "\(place.words) has the id v\(number) and stands behind v\(last)")
      }
      versions.lastNumber = number
    case .null:
      if versions.hasNull {
        findings.add(.s3VersionID, at: offset, pointer: pointer, "\(place.words) has the id 'null' of another version")
      }
      versions.hasNull = true
    case .none, .malformed: reportVersionID(object, place)
    }
    // Only where an id gives no order does the time have to.
    guard versions.hasNull, let before = versions.lastTime, let time = object.lastModified else { return }
    if (time.seconds, time.nanoseconds) > (before.seconds, before.nanoseconds) {
      findings.add(
        .s3VersionOrder, at: object.offset(of: .lastModified),
        pointer: place.pointer.appending(key: "LastModified".utf8),
        "\(place.words) is newer than the version before it")
    }
  }

  mutating func reportVersionID(_ object: S3StoredObject, _ place: Place) {
    findings.add(
      .s3VersionID, at: object.offset(of: .versionID), pointer: place.pointer.appending(key: "VersionID".utf8),
      "\(place.words) has the VersionID '\(DisplayName.escape(object.versionID.prefix(40)))'")
  }
}
