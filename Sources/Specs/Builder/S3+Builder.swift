import Documents

extension Bucket {
  /// A bucket with its objects.
  /// - Parameter settings: raw members for the bucket's entry in s3.json (kumo-format.md 2.1), such as `policy`.
  public init(
    _ name: String, versioning: BucketVersioning = .disabled, settings: KeyValuePairs<String, SpecValue> = [:],
    file: StaticString = #fileID, line: Int = #line, @EntryBuilder<Object> _ objects: () -> [Object] = { [] }
  ) {
    self.init(
      name: name, versioning: versioning, settings: settings.map { SpecMember($0.key, $0.value) }, objects: objects(),
      location: SpecLocation(file, line))
  }
}

extension Object {
  /// An object with one version.
  /// - Parameters:
  ///   - contentType: by default `text/plain` for text, `application/json` for JSON, `application/octet-stream` otherwise.
  ///   - metadata: user metadata, names without `x-amz-meta-`.
  ///   - modified: by default the clock, plus one second for each row before.
  ///   - label: names the entry for the random streams where the key does not (see docs/spec.md).
  public init(
    _ key: SpecText, body: ObjectBody, contentType: SpecText? = nil, metadata: KeyValuePairs<String, SpecValue> = [:],
    tags: KeyValuePairs<String, SpecValue> = [:], modified: SpecValue? = nil, label: String? = nil,
    file: StaticString = #fileID, line: Int = #line
  ) {
    self.init(
      key, contentType: contentType, metadata: metadata, tags: tags, modified: modified, label: label, file: file,
      line: line, versions: [.body(body, file: file, line: line)])
  }

  /// An object with several versions, oldest first.
  public init(
    _ key: SpecText, contentType: SpecText? = nil, metadata: KeyValuePairs<String, SpecValue> = [:],
    tags: KeyValuePairs<String, SpecValue> = [:], modified: SpecValue? = nil, label: String? = nil,
    file: StaticString = #fileID, line: Int = #line, versions: [ObjectVersion]
  ) {
    self.init(
      key: key, versions: versions, contentType: contentType, metadata: metadata.map { SpecMember($0.key, $0.value) },
      tags: tags.map { SpecMember($0.key, $0.value) }, modified: modified, label: label,
      location: SpecLocation(file, line))
  }
}

extension ObjectVersion {
  /// A version with a body.
  public static func body(
    _ body: ObjectBody, contentType: SpecText? = nil, metadata: KeyValuePairs<String, SpecValue>? = nil,
    tags: KeyValuePairs<String, SpecValue>? = nil, file: StaticString = #fileID, line: Int = #line
  ) -> ObjectVersion {
    ObjectVersion(
      body: body, contentType: contentType, metadata: metadata?.map { SpecMember($0.key, $0.value) },
      tags: tags?.map { SpecMember($0.key, $0.value) }, location: SpecLocation(file, line))
  }

  /// A delete marker.
  public static func delete(file: StaticString = #fileID, line: Int = #line) -> ObjectVersion {
    ObjectVersion(location: SpecLocation(file, line))
  }
}

/// Objects that are written once for each row.
public typealias Objects = Repeated<Object>

extension Repeated where Entry == Object {
  /// Objects that are written `count` times.
  public init(count: Int, @EntryBuilder<Object> _ content: (SpecRow) -> [Object]) {
    self.init(entries: content(SpecRow()).map { $0.repeated(.count(count)) })
  }

  /// Objects that are written once for each row of a data set.
  public init(forEach set: DataSet, @EntryBuilder<Object> _ content: (SpecRow) -> [Object]) {
    self.init(entries: content(SpecRow()).map { $0.repeated(.rows(of: set.name)) })
  }
}

extension Object {
  func repeated(_ repetition: Repetition) -> Object {
    var copy = self
    copy.repetition = repetition
    return copy
  }
}
