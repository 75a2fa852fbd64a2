import Digests
import Files
import JSONBytes
import KumoState

extension S3Check {
  /// A body as it would be served.
  struct Content {
    let size: Int64
    let sha256: SHA256Digest?
    /// Nil when it cannot be told.
    let md5: MD5Digest?
  }

  /// Checks one object or version and gives the digest of its body, where it has one.
  mutating func check(_ object: S3StoredObject, at place: Place) -> SHA256Digest? {
    if object.key != place.key {
      findings.add(
        .s3Name, at: object.offset(of: .key), pointer: place.pointer.appending(key: "Key".utf8),
        "\(place.words) has the Key '\(DisplayName.escape(object.key))'")
    }
    layouts.add(size: object.size, hasBody: object.hasBody, hasReference: !object.bodyRef.isEmpty)
    let reference = self.reference(of: object, place)
    if object.isDeleteMarker {
      checkMarker(object, place)
      if let reference { _ = blobs.refer(to: reference) }
      return nil
    }
    guard object.body != .unreadable else {
      // The schema's rules report it; nothing can be compared with it.
      if let reference { _ = blobs.refer(to: reference) }
      checkForm(object, place)
      return reference
    }
    guard let content = content(of: object, reference, place) else {
      checkForm(object, place)
      return reference
    }
    if content.size != object.size {
      findings.add(
        .s3Size, at: object.offset(of: .size), pointer: place.pointer.appending(key: "Size".utf8),
        "\(place.words) has Size \(object.size) and a body of \(content.size) bytes")
    }
    checkETag(object, content, place)
    return content.size == 0 ? nil : content.sha256
  }

  /// The digest that `bodyRef` names; nil when it is absent or malformed.
  private mutating func reference(of object: S3StoredObject, _ place: Place) -> SHA256Digest? {
    guard !object.bodyRef.isEmpty else { return nil }
    if BlobDirectoryName.isDigest(object.bodyRef) { return SHA256Digest(hex: object.bodyRef) }
    findings.add(
      .s3BodyRef, at: object.offset(of: .bodyRef), pointer: place.pointer.appending(key: "bodyRef".utf8),
      "the bodyRef of \(place.words) is not 64 lower-case hexadecimal digits")
    return nil
  }

  /// The body that a client would get, or nil when there is none or it cannot be told.
  private mutating func content(
    of object: S3StoredObject, _ reference: SHA256Digest?, _ place: Place
  ) -> Content? {
    let blob = reference.flatMap { blobs.refer(to: $0) }
    if let reference, blob == nil { reportMissing(reference, of: object, place) }
    if object.hasBody, case .inline(let count) = object.body {
      guard let digest = try? bodies.finishSHA256() else { return nil }
      if let reference, reference != digest {
        findings.add(
          .s3CopiesDiffer, at: object.offset(of: .bodyRef), pointer: place.pointer.appending(key: "bodyRef".utf8),
          "the inline body of \(place.words) has another SHA-256 than its bodyRef names")
      }
      let known = blob?.name == digest ? blob?.md5 : blobs.find(digest)?.md5
      return Content(size: count, sha256: digest, md5: known ?? (try? bodies.finishMD5()))
    }
    if let blob {
      // A damaged blob is reported once, by its own name; what was damaged cannot be compared with anything.
      return blob.isSound ? Content(size: blob.size, sha256: blob.name, md5: blob.md5) : nil
    }
    if reference != nil { return object.size == 0 ? S3Check.nothing : nil }
    if object.size > 0, object.bodyRef.isEmpty {
      findings.add(
        .s3BodyMissing, at: object.offset(of: .size), pointer: place.pointer,
        "\(place.words) has Size \(object.size) and neither Body nor bodyRef")
      return nil
    }
    return object.bodyRef.isEmpty ? S3Check.nothing : nil
  }

  private mutating func reportMissing(_ reference: SHA256Digest, of object: S3StoredObject, _ place: Place) {
    let pointer = place.pointer.appending(key: "bodyRef".utf8)
    if reference == S3Check.nothing.sha256, object.size == 0, !object.hasBody {
      findings.add(
        .s3EmptyObjectRef, at: object.offset(of: .bodyRef), pointer: pointer,
        "\(place.words) is empty and refers to a blob that is not there")
    } else {
      findings.add(
        .s3BlobMissing, at: object.offset(of: .bodyRef), pointer: pointer,
        "\(place.words) refers to s3-objects/\(reference.hex), which is not there")
    }
  }

  private mutating func checkETag(_ object: S3StoredObject, _ content: Content, _ place: Place) {
    guard S3ETag(object.etag) == .simple else { return checkForm(object, place) }
    guard let md5 = content.md5, !S3ETag.isSimple(object.etag, of: md5) else { return }
    findings.add(
      .s3ETag, at: object.offset(of: .etag), pointer: place.pointer.appending(key: "ETag".utf8),
      fix: "write \"\(md5.hex)\" in double quotes, or restore the body",
      "the ETag of \(place.words) is not the MD5 of its body")
  }

  /// Without a body only the form of an ETag can be checked.
  private mutating func checkForm(_ object: S3StoredObject, _ place: Place) {
    switch S3ETag(object.etag) {
    case .simple, .multipart: break
    case .empty:
      findings.add(
        .s3ETag, at: object.offset(of: .etag), pointer: place.pointer.appending(key: "ETag".utf8),
        "\(place.words) has no ETag")
    case .malformed:
      findings.add(
        .s3ETag, at: object.offset(of: .etag), pointer: place.pointer.appending(key: "ETag".utf8),
        "the ETag of \(place.words) is neither an MD5 in double quotes nor of the multipart form")
    }
  }

  private mutating func checkMarker(_ object: S3StoredObject, _ place: Place) {
    let extras: [(S3ObjectField, Bool)] = [
      (.body, object.hasBody || object.body == .unreadable), (.etag, !object.etag.isEmpty), (.size, object.size != 0),
      (.contentType, !object.contentType.isEmpty), (.metadata, object.metadataCount > 0), (.tags, object.tagCount > 0),
      (.bodyRef, !object.bodyRef.isEmpty),
    ]
    for (field, isThere) in extras where isThere {
      let name = field.name.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
      findings.add(
        .s3DeleteMarker, at: object.offset(of: field), pointer: place.pointer.appending(key: name.utf8),
        "the delete marker \(place.words) has a \(name)")
    }
  }

  /// The body of an empty object.
  private static let nothing = Content(
    size: 0, sha256: SHA256Digest(hex: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    md5: MD5Digest(hex: "d41d8cd98f00b204e9800998ecf8427e"))
}
