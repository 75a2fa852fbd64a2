import Documents
import Files
import JSONBytes
import KumoState

/// One service's JSON file while it is written: compact, in KUMO's own form, drained to disk as it grows.
final class ServiceFile {
  var json = JSONWriter(style: .compact)
  private let output: BufferedWriter

  init(directory: Directory, service: String) throws(FilesError) {
    let path = try RelativePath(Array("\(service).json".utf8))
    output = BufferedWriter(try directory.create(path, mode: FixtureModes.file))
  }

  /// Writes out what the JSON writer holds.
  func drain() throws(FilesError) {
    try output.write(json.bytes)
    json.bytes.removeAll(keepingCapacity: true)
  }

  /// Writes what is left; the file ends without a newline, as KUMO's do.
  func finish() throws(FilesError) {
    try drain()
    try output.flush()
  }

  /// Writes the spool's records as the members of an object, sorted; `duplicate` makes the error for two equal keys.
  func write(
    _ spool: RecordSpool, duplicate: (RecordSpool.Record, RecordSpool.Record) -> SpecError
  ) throws {
    json.beginObject()
    var previous: RecordSpool.Record?
    try spool.forEachSorted { record, contents in
      if let previous, previous.key == record.key { throw duplicate(previous, record) }
      json.key(record.key)
      json.beginRaw()
      try contents.copy(record) { piece in
        json.bytes.append(contentsOf: piece)
        if json.bytes.count > 256 * 1024 { try drain() }
      }
      json.endRaw()
      previous = record
    }
    json.endObject()
    try drain()
  }
}
