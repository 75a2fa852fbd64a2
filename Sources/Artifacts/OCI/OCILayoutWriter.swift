import Digests
import Files
import JSONBytes
import SystemPackage

/// What stands in the annotations of a published fixture.
package struct OCIOptions: Sendable {
  /// The fixture's name; also the layer's file name, with `.tar.zst`.
  package var name: String
  /// The fixture's version, when it has one.
  package var version: String?
  /// The tag under which registry clients find the manifest in the layout.
  package var tag: String

  package init(name: String, version: String? = nil, tag: String = "latest") {
    self.name = name
    self.version = version
    self.tag = tag
  }
}

/// Packs a directory as an OCI image layout, which any registry client can push.
package enum OCILayoutWriter {
  /// Makes the directory `target`, which must not exist, with one manifest and one layer in it.
  ///
  /// Same directory, options and libzstd: same digests.
  /// - Throws: as `ArtifactWriter.pack`.
  /// - Returns: the report of the pack, and the digest of the OCI manifest as 64 hexadecimal digits.
  package static func pack(
    _ source: Directory, to target: FilePath, _ options: PackOptions, _ oci: OCIOptions
  ) throws(ArtifactError) -> (report: PackReport, manifestDigest: String) {
    guard options.compression == .zstd else {
      throw ArtifactError(.usage, "an OCI layout holds a .tar.zst", hint: "leave the compression out")
    }
    let staged = try withFiles(.unwritable) { () throws(FilesError) in
      let staged = try StagedDirectory.create(for: target, mode: 0o755)
      try staged.directory.makeDirectory(RelativePath("blobs"), mode: 0o755)
      try staged.directory.makeDirectory(RelativePath("blobs/sha256"), mode: 0o755)
      return staged
    }
    do throws(ArtifactError) {
      let result = try fill(staged.directory, source, options, oci)
      try withFiles(.unwritable) { () throws(FilesError) in
        for path in [RelativePath("blobs"), RelativePath("blobs/sha256")] {
          try staged.directory.subdirectory(path).setMode(0o755)
        }
        try staged.directory.setMode(0o755)
        try staged.commit(replacing: .mustNotExist)
      }
      return result
    } catch {
      try? staged.discard()
      throw error
    }
  }

  private static func fill(
    _ layout: Directory, _ source: Directory, _ options: PackOptions, _ oci: OCIOptions
  ) throws(ArtifactError) -> (PackReport, String) {
    let blobs = try withFiles(.unwritable) { () throws(FilesError) in
      try layout.subdirectory(RelativePath("blobs/sha256"))
    }
    let (file, report) = try ArtifactWriter.pack(source, to: RelativePath("layer"), in: blobs, options)
    try withFiles(.unwritable) { () throws(FilesError) in
      try file.publish(as: try RelativePath(report.artifactDigest.hexBytes))
    }
    let config = try store(OCINames.emptyContent, in: blobs)
    let manifest = manifest(config: config, report, oci)
    let digest = try store(manifest, in: blobs)
    try put(OCINames.layoutContent, OCINames.layoutFile, in: layout)
    try put(index(manifest: digest, size: manifest.count, oci), OCINames.indexFile, in: layout)
    return (report, digest)
  }

  private static func manifest(config: String, _ report: PackReport, _ oci: OCIOptions) -> [UInt8] {
    var layer = OCIDescriptor(
      mediaType: OCINames.layerType, digest: report.artifactDigest.hex, size: report.artifactBytes)
    layer.annotations = [(OCINames.title, oci.name + ".tar.zst")]
    var annotations = [
      (key: OCINames.treeDigest, value: "sha256:" + report.treeDigest.hex),
      (key: OCINames.fixtureName, value: oci.name),
    ]
    if let version = oci.version { annotations.append((OCINames.version, version)) }
    var writer = JSONWriter(style: .compact)
    writer.beginObject()
    writer.key("schemaVersion")
    writer.int(2)
    writer.key("mediaType")
    writer.string(OCINames.manifestType)
    writer.key("artifactType")
    writer.string(OCINames.artifactType)
    writer.key("config")
    OCIDescriptor(mediaType: OCINames.emptyType, digest: config, size: OCINames.emptyContent.count).write(to: &writer)
    writer.key("layers")
    writer.beginArray()
    layer.write(to: &writer)
    writer.endArray()
    OCIDescriptor.write(annotations, to: &writer)
    writer.endObject()
    return writer.bytes
  }

  private static func index(manifest: String, size: Int, _ oci: OCIOptions) -> [UInt8] {
    var descriptor = OCIDescriptor(
      mediaType: OCINames.manifestType, digest: manifest, size: size, artifactType: OCINames.artifactType)
    descriptor.annotations = [(OCINames.referenceName, oci.tag)]
    var writer = JSONWriter(style: .compact)
    writer.beginObject()
    writer.key("schemaVersion")
    writer.int(2)
    writer.key("mediaType")
    writer.string(OCINames.indexType)
    writer.key("manifests")
    writer.beginArray()
    descriptor.write(to: &writer)
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  /// Writes a blob under its own digest.
  private static func store(_ content: [UInt8], in blobs: Directory) throws(ArtifactError) -> String {
    let digest = try SHA256Hasher.digest(content)
    try put(content, digest.hexBytes, in: blobs)
    return digest.hex
  }

  private static func put(_ content: [UInt8], _ name: [UInt8], in directory: Directory) throws(ArtifactError) {
    try withFiles(.unwritable) { () throws(FilesError) in
      let file = try directory.create(try RelativePath(name), mode: 0o644)
      try file.write(content)
      try file.setMode(0o644)
    }
  }
}
