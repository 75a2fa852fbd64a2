import Files
import JSONBytes
import SystemPackage

/// What a namespace's teardown found before its first deletion, in a file beside the place, so that a teardown that
/// goes on where a killed one was reports the same totals. The file goes when nothing is left.
package struct TeardownJournal: Sendable {
  private let path: FilePath
  /// The largest journal that is read, in bytes.
  private static let sizeLimit = 64 << 20

  /// The journal of a stopped directory: a hidden file beside it.
  package init(directory: FilePath, namespace: String) {
    let name = directory.lexicallyNormalized().lastComponent?.string ?? "data"
    path = directory.lexicallyNormalized().removingLastComponent().appending(
      ".\(name.prefix(120)).\(namespace).teardown")
  }

  /// The journal of an emulator: a hidden file in the folder of the runs.
  package init(folder: FilePath, endpoint: String, namespace: String) {
    let place = endpoint.utf8.map { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte) ? Character(Unicode.Scalar(byte)) : "-"
    }
    path = folder.appending(".live.\(String(place).prefix(120)).\(namespace).teardown")
  }

  /// What an earlier teardown found; nil when none was interrupted. A journal that cannot be read counts as none.
  func read() -> [NamespaceReport.Resource]? {
    guard let place = try? Directory.containing(path),
      let bytes = try? place.directory.read(place.name, limit: Self.sizeLimit),
      let root = try? JSONTape(parsing: bytes).root, root.isObject, let list = root["resources"]
    else { return nil }
    return list.elements.compactMap { node in
      guard
        let kind = node["kind"]?.string().flatMap({
          NamespaceReport.Resource.Kind(rawValue: String(decoding: $0, as: UTF8.self))
        }),
        let name = node["name"]?.string(), let isWhole = node["whole"]?.bool(), let count = node["count"]?.int64()
      else { return nil }
      return NamespaceReport.Resource(kind: kind, name: name, isWhole: isWhole, count: Int(count))
    }
  }

  /// Writes what was found, on the disk before the call returns.
  ///
  /// - Throws: `FilesError`.
  func write(_ resources: [NamespaceReport.Resource]) throws(FilesError) {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.key("format")
    json.int(1)
    json.key("resources")
    json.beginArray()
    for resource in resources {
      json.beginObject()
      json.key("kind")
      json.string(resource.kind.rawValue)
      json.key("name")
      json.string(resource.name)
      json.key("whole")
      json.bool(resource.isWhole)
      json.key("count")
      json.int(Int64(resource.count))
      json.endObject()
    }
    json.endArray()
    json.endObject()
    _ = try Directory.create(path.removingLastComponent(), mode: 0o755, intermediates: true)
    let place = try Directory.containing(path)
    try place.directory.replace(place.name, with: json.bytes + [UInt8(ascii: "\n")], mode: 0o644)
  }

  /// Removes the journal, also what writers of it that were killed left; none is no error.
  ///
  /// - Throws: `FilesError`.
  func remove() throws(FilesError) {
    do {
      let place = try Directory.containing(path)
      let scratch = Array(".".utf8) + place.name.bytes + Array(".kumo-fixtures-".utf8)
      for entry in try place.directory.list() where entry.kind == .file {
        let bytes = entry.path.bytes
        guard entry.path == place.name || (ScratchName.kind(of: bytes) == .temporary && bytes.starts(with: scratch))
        else { continue }
        try place.directory.remove(entry.path)
      }
    } catch {
      if error.code != .notFound { throw error }
    }
  }
}
