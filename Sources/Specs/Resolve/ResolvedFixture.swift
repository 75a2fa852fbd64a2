import Documents

/// A spec ready to be written: every name final, every reference checked, every value computable on demand.
///
/// Nothing large is held here. Objects, items and messages come as streams (`forEach…`), which may be walked any
/// number of times and give the same values each time.
package struct ResolvedFixture: Sendable {
  /// Name of the fixture.
  package let name: String
  /// Version of the fixture, at least 1.
  package let version: Int
  /// Version of the application whose data this is, free text.
  package let appVersion: String?
  /// One line for people.
  package let description: String?
  /// What every random stream derives from.
  package let seed: String
  /// The instant at which everything was created, whole seconds UTC.
  package let clock: Instant
  /// Prefix of names or keys, if any.
  package let namespace: String?
  /// What the namespace is put in front of.
  package let namespaceMode: NamespaceMode
  /// Region in the ARNs that carry the server's region (SQS always has us-east-1: kumo-format.md 4.1).
  package let region: String
  /// SHA-256 over the canonical form of the model and the digests of the files it reads, lower-case hex.
  package let digest: String
  /// The generators that the spec uses, as `name/version`, sorted by bytes.
  package let generators: [String]
  /// In the order of the spec, as everything below.
  package let buckets: [ResolvedBucket]
  package let tables: [ResolvedTable]
  package let queues: [ResolvedQueue]
  package let secrets: [ResolvedSecret]
  package let parameters: [ResolvedParameter]
  package let topics: [ResolvedTopic]
  package let rawDocuments: [ResolvedRawDocument]
}

/// A tag of any resource.
package struct ResolvedTag: Sendable, Hashable {
  package let key: [UInt8]
  package let value: [UInt8]
}

/// A document for a service file that no section makes.
package struct ResolvedRawDocument: Sendable {
  /// Name of the service file without `.json`, for example `kms`.
  package let service: String
  /// The document as written in the spec, members in its order.
  package let value: JSONValue
  package let location: SpecLocation
}
