import JSONBytes

/// One object, version or delete marker of `s3.json` with the places of its fields, so that some of them can be
/// replaced. The inline body is not held (kumo-format.md 2.2).
package struct S3Entry: Sendable {
  /// What an object's `Body` is.
  package enum Body: Sendable, Equatable {
    /// No member, or null.
    case none
    /// A string; `isEmpty` is one of no characters.
    case inline(isEmpty: Bool)
    /// Something else, for validation to say.
    case other
  }

  /// The value in the source, from its opening brace to its closing one.
  package internal(set) var range = 0..<0
  /// The map key; of a version, that of its list.
  package internal(set) var mapKey: [UInt8] = []
  /// `Key`.
  package internal(set) var key: [UInt8] = []
  /// `Body`.
  package internal(set) var body = Body.none
  /// `ETag`, with its quotes.
  package internal(set) var etag: [UInt8] = []
  /// `Size`.
  package internal(set) var size: Int64 = 0
  /// `LastModified`, as text.
  package internal(set) var lastModified: [UInt8] = []
  /// `ContentType`.
  package internal(set) var contentType: [UInt8] = []
  /// `Metadata`; nil for null.
  package internal(set) var metadata: [NamedText]?
  /// `Tags`; nil for null.
  package internal(set) var tags: [NamedText]?
  /// `VersionID`.
  package internal(set) var versionID: [UInt8] = []
  /// `IsDeleteMarker`.
  package internal(set) var isDeleteMarker = false
  /// `bodyRef`, as written; empty when there is none.
  package internal(set) var bodyRef: [UInt8] = []
  /// The fields that are there, in the order of the file, each with the place of its value.
  package internal(set) var fields: [(field: S3ObjectField, range: Range<Int>)] = []
  /// Whether the object has any member.
  var isEmptyObject = true

  /// Where a field's value stands; nil when it is not there.
  package func range(of field: S3ObjectField) -> Range<Int>? {
    fields.last { $0.field == field }?.range
  }
}

/// Reads objects with the places of their fields.
struct S3EntryReader {
  private static let names = S3ObjectField.allCases.map(\.name)
  private var tape = JSONTape()

  /// Reads the object on whose opening brace the reader stands; afterwards it stands on the closing one.
  mutating func read(_ reader: JSONReader, mapKey: [UInt8]) throws -> S3Entry {
    var entry = S3Entry()
    let start = reader.tokenOffset
    entry.mapKey = mapKey
    while try reader.next() == .key {
      entry.isEmptyObject = false
      let index = try FieldName.match(reader, among: Self.names)
      let token = try reader.next()
      guard let index else {
        try reader.skipValue()
        continue
      }
      let field = S3ObjectField.allCases[index]
      if field == .body, token == .string {
        // The only field that can be too long to be held.
        let from = reader.tokenOffset
        var count = 0
        try reader.copyValue { count += $0.count }
        entry.body = .inline(isEmpty: count <= 2)
        entry.fields.append((field, from..<(from + count)))
      } else {
        try reader.capture(into: &tape)
        entry.set(field, tape.root)
      }
    }
    entry.range = start..<(reader.tokenOffset + 1)
    return entry
  }
}

extension S3Entry {
  fileprivate mutating func set(_ field: S3ObjectField, _ value: JSONNode) {
    fields.append((field, value.range))
    switch field {
    case .key: key = value.string() ?? []
    case .body: body = value.isNull ? .none : .other
    case .etag: etag = value.string() ?? []
    case .size: size = value.int64() ?? 0
    case .lastModified: lastModified = value.string() ?? []
    case .contentType: contentType = value.string() ?? []
    case .metadata: metadata = Self.texts(value)
    case .tags: tags = Self.texts(value)
    case .versionID: versionID = value.string() ?? []
    case .isDeleteMarker: isDeleteMarker = value.bool() ?? false
    case .encryption, .encryptionKey: break
    case .bodyRef: bodyRef = value.string() ?? []
    }
  }

  private static func texts(_ value: JSONNode) -> [NamedText]? {
    guard value.isObject else { return nil }
    return value.members.map { NamedText(name: $0.key.string() ?? [], value: $0.value.string() ?? []) }
  }
}
