import JSONBytes

/// Media types, annotation keys and file names of an OCI image layout (OCI image-spec v1.1, "image-layout.md",
/// "manifest.md" and its guidance for artifacts).
enum OCINames {
  /// The type of what we publish.
  static let artifactType = "application/vnd.kumo.fixture.v1"
  /// The one layer: a `.tar.zst` of ours.
  static let layerType = "application/vnd.kumo.fixture.layer.v1.tar+zstd"
  static let manifestType = "application/vnd.oci.image.manifest.v1+json"
  static let indexType = "application/vnd.oci.image.index.v1+json"
  /// The config that artifacts without one have: `{}`.
  static let emptyType = "application/vnd.oci.empty.v1+json"
  static let emptyContent = Array("{}".utf8)

  static let title = "org.opencontainers.image.title"
  static let referenceName = "org.opencontainers.image.ref.name"
  static let version = "org.opencontainers.image.version"
  static let treeDigest = "dev.kumo.fixture.tree-digest"
  static let fixtureName = "dev.kumo.fixture.name"

  static let layoutFile = Array("oci-layout".utf8)
  static let indexFile = Array("index.json".utf8)
  static let blobs = Array("blobs/sha256".utf8)
  static let layoutContent = Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)

  /// Bytes that an index or a manifest may have: what registries take.
  static let documentLimit = 4 << 20
}

/// What a layout says about one of its blobs.
struct OCIDescriptor {
  var mediaType: String
  /// 64 hexadecimal digits.
  var digest: String
  var size: Int
  var artifactType: String?
  /// Sorted by key when written.
  var annotations: [(key: String, value: String)] = []

  func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("mediaType")
    writer.string(mediaType)
    writer.key("digest")
    writer.string("sha256:" + digest)
    writer.key("size")
    writer.int(Int64(size))
    if let artifactType {
      writer.key("artifactType")
      writer.string(artifactType)
    }
    Self.write(annotations, to: &writer)
    writer.endObject()
  }

  static func write(_ annotations: [(key: String, value: String)], to writer: inout JSONWriter) {
    guard !annotations.isEmpty else { return }
    writer.key("annotations")
    writer.beginObject()
    for (key, value) in annotations.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      writer.key(key)
      writer.string(value)
    }
    writer.endObject()
  }

  /// Nil when a field is missing or the digest is no SHA-256.
  init?(_ node: JSONNode) {
    guard let type = node["mediaType"]?.string(), let digest = node["digest"]?.string(),
      let size = node["size"]?.int64(), size >= 0, digest.starts(with: Array("sha256:".utf8)), digest.count == 71,
      digest[7...].allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    mediaType = String(decoding: type, as: UTF8.self)
    self.digest = String(decoding: digest[7...], as: UTF8.self)
    self.size = Int(size)
    artifactType = node["artifactType"]?.string().map { String(decoding: $0, as: UTF8.self) }
  }

  init(mediaType: String, digest: String, size: Int, artifactType: String? = nil) {
    self.mediaType = mediaType
    self.digest = digest
    self.size = size
    self.artifactType = artifactType
  }
}
