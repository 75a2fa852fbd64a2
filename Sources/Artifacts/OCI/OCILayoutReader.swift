import Digests
import Files
import JSONBytes
import SystemPackage

/// Finds the artifact in an OCI image layout.
package enum OCILayoutReader {
  /// Whether a directory is an OCI image layout.
  package static func isLayout(_ directory: Directory) -> Bool {
    (try? directory.status(RelativePath("oci-layout")))?.kind == .file
  }

  /// Opens the layer of the one fixture in a layout. Digest and size of the index's manifest and of the layer are
  /// checked; the layer is read once for that.
  ///
  /// - Throws: `.notAnArtifact` when there is no fixture in it, or more than one; `.damaged` when a digest is wrong.
  package static func open(
    _ layout: Directory, _ cancellation: CancellationFlag = CancellationFlag()
  ) throws(ArtifactError) -> ArtifactFile {
    let index = try parse(try read(layout, OCINames.indexFile), "index.json")
    let entries =
      (index.root["manifests"]?.isArray == true ? index.root["manifests"] : nil)?.elements
      .compactMap { OCIDescriptor($0) } ?? []
    let manifests = entries.filter {
      $0.mediaType == OCINames.manifestType && ($0.artifactType == nil || $0.artifactType == OCINames.artifactType)
    }
    var layers: [OCIDescriptor] = []
    for descriptor in manifests {
      if let layer = try layer(of: descriptor, in: layout) { layers.append(layer) }
    }
    guard layers.count == 1, let layer = layers.first else {
      throw ArtifactError(
        .notAnArtifact, "the OCI layout holds \(layers.count == 0 ? "no fixture" : "\(layers.count) fixtures")",
        hint: "pull one reference into a layout of its own")
    }
    let file = try withFiles(.unreadable) { () throws(FilesError) in
      try layout.open(try RelativePath(OCINames.blobs + Array("/\(layer.digest)".utf8)))
    }
    try check(file, layer, cancellation)
    return try ArtifactFile(file)
  }

  private static func layer(
    of descriptor: OCIDescriptor, in layout: Directory
  ) throws(ArtifactError) -> OCIDescriptor? {
    guard descriptor.size <= OCINames.documentLimit else { return nil }
    let bytes = try read(layout, OCINames.blobs + Array("/\(descriptor.digest)".utf8))
    guard bytes.count == descriptor.size, try SHA256Hasher.digest(bytes).hex == descriptor.digest else {
      throw damaged(descriptor.digest)
    }
    let manifest = try parse(bytes, "the manifest")
    guard manifest.root["artifactType"]?.stringEquals(Array(OCINames.artifactType.utf8)) == true,
      let layers = manifest.root["layers"], layers.isArray
    else { return nil }
    return layers.elements.compactMap { OCIDescriptor($0) }.first { $0.mediaType == OCINames.layerType }
  }

  private static func check(
    _ file: ReadableFile, _ layer: OCIDescriptor, _ cancellation: CancellationFlag
  ) throws(ArtifactError) {
    guard Int(file.size) == layer.size else { throw damaged(layer.digest) }
    let hasher = try SHA256Hasher.forArtifacts()
    let buffer = ByteBuffer(capacity: 1 << 20)
    var offset = 0
    while offset < layer.size {
      try cancellation.check()
      buffer.removeAll()
      try ArtifactFile.read(file, at: offset, count: min(1 << 20, layer.size - offset), into: buffer)
      hasher.update(buffer.bytes)
      offset += buffer.count
    }
    guard try hasher.artifactDigest().hex == layer.digest else { throw damaged(layer.digest) }
  }

  private static func read(_ layout: Directory, _ path: [UInt8]) throws(ArtifactError) -> [UInt8] {
    try withFiles(.unreadable) { () throws(FilesError) in
      try layout.read(try RelativePath(path), limit: OCINames.documentLimit)
    }
  }

  private static func parse(_ bytes: [UInt8], _ name: String) throws(ArtifactError) -> JSONTape {
    do { return try JSONTape(parsing: bytes) } catch {
      throw ArtifactError(.notAnArtifact, "\(name) of the OCI layout is not valid JSON: \(error.message)")
    }
  }

  private static func damaged(_ digest: String) -> ArtifactError {
    ArtifactError(
      .damaged, member: OCINames.blobs + Array("/\(digest)".utf8), "its content is not what its name says",
      hint: "pull the artifact again")
  }
}
