import Digests
import Files
import JSONBytes
import KumoState

/// An object of a bucket: the current one of its key, which may be a delete marker.
///
/// An object is good as long as the closure runs that it was handed to. Bodies are read and written in pieces.
public struct StoredObject {
  let entry: S3Entry
  let bodies: ObjectBodies
  /// The bucket's name.
  public let bucket: String
  private(set) var newBody: StagedBody?
  private var newKey: [UInt8]?
  private var newContentType: [UInt8]?
  private var newMetadata: [NamedText]?
  private var newTags: [NamedText]?

  init(_ entry: S3Entry, bucket: [UInt8], bodies: ObjectBodies) {
    self.entry = entry
    self.bucket = String(decoding: bucket, as: UTF8.self)
    self.bodies = bodies
  }

  /// The key. A new one is given to all versions of the object.
  public var key: String {
    get { String(decoding: keyBytes, as: UTF8.self) }
    set { keyBytes = Array(newValue.utf8) }
  }

  var keyBytes: [UInt8] {
    get { newKey ?? entry.mapKey }
    set { newKey = newValue == entry.mapKey ? nil : newValue }
  }

  /// Bytes in the body.
  public var size: Int64 { newBody?.size ?? entry.size }
  /// The ETag with its quotes; empty for a delete marker.
  public var etag: String { String(decoding: newBody?.etag ?? entry.etag, as: UTF8.self) }
  /// Empty, `v<N>`, or the word `null`.
  public var versionID: String { String(decoding: entry.versionID, as: UTF8.self) }
  /// Whether the key is deleted and this marks it.
  public var isDeleteMarker: Bool { entry.isDeleteMarker }

  /// The content type.
  public var contentType: String {
    get { String(decoding: newContentType ?? entry.contentType, as: UTF8.self) }
    set { newContentType = Array(newValue.utf8) }
  }

  /// User metadata by lower-case name, without `x-amz-meta-`; `Content-Type` where the client sent one.
  public var metadata: [String: String] {
    get { Self.dictionary(metadataTexts) }
    set { metadataTexts = Self.texts(newValue) }
  }

  var metadataTexts: [NamedText] {
    get { newMetadata ?? entry.metadata ?? [] }
    set { newMetadata = newValue }
  }

  /// Object tags.
  public var tags: [String: String] {
    get { Self.dictionary(newTags ?? entry.tags ?? []) }
    set { newTags = Self.texts(newValue) }
  }

  /// Hands out the body in pieces.
  ///
  /// - Throws: `StepError` when it is missing or no base64; what the sink throws.
  public func readBody(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    if let newBody { return try bodies.read(newBody, sink) }
    try bodies.read(entry, sink)
  }

  /// The whole body.
  ///
  /// - Throws: `StepError` when it has more than `limit` bytes; as `readBody`.
  public func body(limit: Int = 16 << 20) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try readBody { piece in
      guard bytes.count + piece.count <= limit else {
        throw StepError(
          "the body of '\(Printable.text(keyBytes))' has more than \(limit) bytes",
          hint: "read it in pieces with readBody")
      }
      bytes.append(contentsOf: piece)
    }
    return bytes
  }

  /// Replaces the body: size, ETag, blob and inline copy change with it, in the list of versions, too.
  ///
  /// - Throws: `FilesError`; `StepError` for a delete marker.
  public mutating func setBody(_ bytes: [UInt8]) throws {
    try setBody { sink in try sink(bytes) }
  }

  /// Replaces the body by what the closure hands to its sink, in pieces.
  ///
  /// - Throws: what the closure throws; as `setBody(_:)`.
  public mutating func setBody(writing body: ((_ sink: ([UInt8]) throws -> Void) throws -> Void)) throws {
    guard !entry.isDeleteMarker else {
      throw StepError("'\(Printable.text(entry.mapKey))' is a delete marker, which has no body")
    }
    newBody = try bodies.stage(body)
  }

  /// The fields that change; nil when nothing does.
  func change() -> S3Change? {
    var change = S3Change()
    change.key = newKey
    if let newContentType, newContentType != entry.contentType {
      change.fields.append((.contentType, JSONText.string(newContentType)))
    }
    if let newMetadata, Self.sorted(newMetadata) != Self.sorted(entry.metadata ?? []) {
      change.fields.append((.metadata, JSONText.strings(newMetadata)))
    }
    if let newTags, Self.sorted(newTags) != Self.sorted(entry.tags ?? []) {
      change.fields.append((.tags, JSONText.strings(newTags.isEmpty ? nil : newTags)))
    }
    if let newBody { bodies.put(newBody, for: entry, into: &change) }
    return change.key == nil && change.fields.isEmpty && change.body == nil ? nil : change
  }

  private static func sorted(_ texts: [NamedText]) -> [NamedText] {
    texts.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }

  private static func dictionary(_ texts: [NamedText]) -> [String: String] {
    var result: [String: String] = [:]
    for text in texts {
      result[String(decoding: text.name, as: UTF8.self)] = String(decoding: text.value, as: UTF8.self)
    }
    return result
  }

  private static func texts(_ dictionary: [String: String]) -> [NamedText] {
    dictionary.map { NamedText(name: Array($0.key.utf8), value: Array($0.value.utf8)) }
  }
}
