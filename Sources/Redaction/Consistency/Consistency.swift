import Digests
import Files
import JSONBytes
import KumoState

/// Keeps right what follows from a replaced value: digests, sizes, names made of values (the last column of the
/// catalogue, kumo-format.md 5.1).
final class Consistency {
  /// A record with everything that is replaced in it.
  struct Record {
    /// Keys from the top level to the record.
    let path: [[UInt8]]
    let value: JSONNode
    /// The map key it stands under.
    let key: ServiceFileSearch.Key?
    /// Claims on the key.
    var keyed: [FileClaim]
    /// Claims on the value.
    var found: [FileClaim]
  }

  private let service: String?
  private let blobs: BlobTable
  /// The key attributes of each table.
  private let itemKeys: [[UInt8]: DynamoDBItemKeys]
  private var logs: LogConsistency?

  /// - Parameter tables: the descriptions of the tables of `dynamodb.json`.
  init(_ service: String?, blobs: BlobTable, tables: [[UInt8]: DynamoDBTableHead] = [:]) {
    self.service = service
    self.blobs = blobs
    itemKeys = tables.mapValues { DynamoDBItemKeys(names: $0.keys.map(\.name)) }
    logs = service == "logs" ? LogConsistency() : nil
  }

  /// Whether records in which nothing was found matter, too: those that name a changed body, and those that count others.
  var needsEveryRecord: Bool { service == "logs" || (service == "s3" && blobs.hasChanges) }

  /// All claims of a record: those found, and those that follow from them.
  ///
  /// - Throws: `DigestError`, and `JSONError` when a replaced record would be none.
  func complete(_ record: Record) throws -> [FileClaim] {
    var record = record
    switch service {
    case "s3": try completeObject(&record)
    case "sqs": try completeMessage(&record)
    case "dynamodb": try completeItem(&record)
    case "lambda": try completeFunction(&record)
    case "ecr": try completeImages(&record)
    case "ebs": try completeBlock(&record)
    case "ec2": completeKeyPair(&record)
    case "logs":
      logs?.take(record)
      return []
    default: break
    }
    return record.keyed + record.found
  }

  /// A container that is read token by token ends: what was held back for it comes out.
  ///
  /// - Throws: what `body` throws.
  func leave(_ path: [[UInt8]], _ body: (FileClaim) throws -> Void) throws {
    guard path.count <= 2, let claims = logs?.release() else { return }
    for claim in claims { try body(claim) }
  }

  private func completeItem(_ record: inout Record) throws {
    guard let key = record.key, record.path.count == 4, !record.found.isEmpty,
      var keys = itemKeys[record.path[1]]
    else { return }
    keys.make(from: record.value)
    guard keys.isPredictable, keys.bytes == key.text else { return }
    let changed = record.found.applied(to: record.value)
    keys.make(from: try JSONTape(parsing: changed, options: .lenient).root)
    guard keys.bytes != key.text else { return }
    let claim = FileClaim(
      range: key.content, replacement: EscapeForm.encode(keys.bytes), hits: record.keyed.first?.hits ?? [],
      pointer: record.keyed.first?.pointer)
    record.keyed = [claim]
  }

  private func completeMessage(_ record: inout Record) throws {
    guard let body = record.value.member(folding: "Body"), let text = record.found.text(of: body) else { return }
    let md5 = try MD5Hasher.hash(of: text)
    record.set(record.value.member(folding: "MD5OfBody"), to: Hex.encode(md5.bytes))
    // Content-based de-duplication: the id is the digest of the body.
    guard let old = body.string(), let id = record.value.member(folding: "MessageDeduplicationID"),
      id.stringEquals(Hex.encode(try SHA256Hasher.hash(of: old).bytes))
    else { return }
    record.set(id, to: Hex.encode(try SHA256Hasher.hash(of: text).bytes))
  }

  private func completeFunction(_ record: inout Record) throws {
    guard let zip = record.value.member(folding: "Code")?.member(folding: "ZipFile"),
      let text = record.found.text(of: zip), let code = try? Base64Decoder.decode(text)
    else { return }
    let digest = try SHA256Hasher.hash(of: code)
    record.set(record.value.member(folding: "CodeSha256"), to: Base64Encoder.encode(Array(digest.bytes)))
    record.set(record.value.member(folding: "CodeSize"), to: Array(String(code.count).utf8))
  }

  private func completeImages(_ record: inout Record) throws {
    guard let images = record.value.member(folding: "images") else { return }
    for (key, image) in images.members {
      guard let manifest = image.member(folding: "ImageManifest"), let text = record.found.text(of: manifest) else {
        continue
      }
      let digest = Array("sha256:".utf8) + Hex.encode(try SHA256Hasher.hash(of: text).bytes)
      for node in [
        key, image.member(folding: "ImageDigest"), image.member(folding: "ImageID")?.member(folding: "imageDigest"),
      ] {
        // An image may stand under another key than its digest.
        guard let node, let old = node.string(), old.starts(with: "sha256:".utf8) else { continue }
        record.set(node, to: digest)
      }
    }
  }

  private func completeBlock(_ record: inout Record) throws {
    guard let data = record.value.member(folding: "data"), let text = record.found.text(of: data),
      let block = try? Base64Decoder.decode(text), let checksum = record.value.member(folding: "checksum"),
      let old = checksum.string(), (try? Base64Decoder.decode(old))?.count == 32
    else { return }
    record.set(checksum, to: Base64Encoder.encode(Array(try SHA256Hasher.hash(of: block).bytes)))
  }

  private func completeKeyPair(_ record: inout Record) {
    guard record.path.first.map({ GoText.foldedKey($0) }) == Array("keypairs".utf8),
      let material = record.value.member(folding: "KeyMaterial"), let pem = material.string(),
      record.found.text(of: material) != nil,
      let fingerprint = ThrowawayKey(like: PEMText(pem)?.der ?? []).sshFingerprint
    else { return }
    record.set(record.value.member(folding: "KeyFingerprint"), to: fingerprint)
  }

  private func completeObject(_ record: inout Record) throws {
    let reference = record.value.member(folding: "bodyRef")
    let stored = reference?.string().flatMap { blobs.body(for: $0) }
    var content = stored
    if let inline = record.value.member(folding: "Body"), let text = record.found.text(of: inline),
      let body = try? Base64Decoder.decode(text)
    {
      content = try BlobTable.Body(body)
      if let stored, stored != content {
        throw RedactionError(
          .changed, "the inline body of an S3 object and its blob give different results",
          hint: "run 'kumo-fixtures validate' on the directory: its bodies and blobs may differ already")
      }
    }
    guard let content else { return }
    if let reference, reference.string()?.isEmpty == false {
      record.set(reference, to: Hex.encode(content.sha256.bytes))
    }
    record.set(record.value.member(folding: "Size"), to: Array(String(content.size).utf8))
    if let etag = record.value.member(folding: "ETag"), let old = etag.string() {
      record.set(etag, to: try Self.etag(like: old, of: content))
    }
  }

  /// The ETag of a body: its MD5 in the quotes that the old one had. Parts of a multipart upload are not kept by KUMO, so
  /// their digests are not known: the new ETag keeps the number of parts and has the MD5 of the body's MD5, as if the
  /// body were the only part.
  private static func etag(like old: [UInt8], of body: BlobTable.Body) throws -> [UInt8] {
    let quote = old.first == UInt8(ascii: "\"") ? [UInt8(ascii: "\"")] : []
    let inner = old.filter { $0 != UInt8(ascii: "\"") }
    guard let dash = inner.lastIndex(of: UInt8(ascii: "-")) else { return quote + Hex.encode(body.md5.bytes) + quote }
    let digest = try MD5Hasher.hash(of: Array(body.md5.bytes))
    return quote + Hex.encode(digest.bytes) + inner[dash...] + quote
  }
}

extension Consistency.Record {
  /// Sets a string or number to a value that follows from others; whatever was found in it is of no interest.
  mutating func set(_ node: JSONNode?, to text: [UInt8]) {
    guard let node, node.isString || node.isNumber else { return }
    let quotes = node.isString ? 1 : 0
    let length = node.withRawBytes { $0.count }
    let range = (node.offset + quotes)..<(node.offset + length - quotes)
    found.removeAll { $0.range.overlaps(range) }
    let replacement = node.isString ? EscapeForm.encode(text) : text
    found.append(FileClaim(range: range, replacement: replacement, hits: [], pointer: nil))
  }
}

extension [FileClaim] {
  /// A value with these claims replaced, as JSON.
  func applied(to node: JSONNode) -> [UInt8] {
    node.withRawBytes { raw in
      filter { $0.range.lowerBound >= node.offset && $0.range.upperBound <= node.offset + raw.count }
        .sorted { $0.range.lowerBound < $1.range.lowerBound }
        .map { claim in
          Claim(
            range: (claim.range.lowerBound - node.offset)..<(claim.range.upperBound - node.offset),
            replacement: claim.replacement, isSecret: true, hits: [])
        }
        .applied(to: raw)
    }
  }

  /// The new text of a string; nil when it stays as it is.
  func text(of node: JSONNode) -> [UInt8]? {
    let end = node.offset + node.withRawBytes { $0.count }
    guard node.isString, contains(where: { $0.range.lowerBound > node.offset && $0.range.upperBound < end }) else {
      return nil
    }
    let raw = applied(to: node).dropFirst().dropLast()
    return [UInt8](raw).withUnsafeBytes { MappedText(escaped: $0) }.bytes
  }
}

extension JSONReader.Options {
  /// Everything that KUMO's own decoder takes.
  static var lenient: JSONReader.Options {
    var options = JSONReader.Options()
    options.duplicateKeys = .allow
    options.loneSurrogates = .allow
    options.maxStringBytes = 256 << 20
    return options
  }
}
