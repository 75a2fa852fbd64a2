import Files
import JSONBytes

extension RunRecord {
  /// The largest sentinel that is read, in bytes.
  private static let sizeLimit = 1024 * 1024
  private static let currentFormat: Int64 = 1

  /// The sentinel's content.
  package var bytes: [UInt8] {
    var json = JSONWriter(style: .pretty)
    write(to: &json)
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// Writes the sentinel's content as one object.
  package func write(to json: inout JSONWriter) {
    json.beginObject()
    json.number("format", Self.currentFormat)
    json.text("run", run)
    json.key("owner")
    json.beginObject()
    json.number("process", Int64(owner.process))
    json.key("started")
    json.uint(owner.started)
    json.text("bootID", owner.bootID)
    json.text("processNamespace", owner.processNamespace)
    json.text("host", owner.host)
    json.endObject()
    json.number("created", created)
    json.text("vendor", vendor)
    json.text("job", jobURL)
    json.text("worker", worker)
    json.text("namespace", namespace)
    if let fixture {
      json.key("fixture")
      json.beginObject()
      json.text("name", fixture.name)
      json.number("version", Int64(fixture.version))
      json.text("treeDigest", fixture.treeDigest)
      json.endObject()
    }
    if let totals { Self.write(totals, to: &json) }
    json.endObject()
  }

  private static func write(_ totals: Totals, to json: inout JSONWriter) {
    json.key("totals")
    json.beginArray()
    for group in totals.groups {
      json.beginObject()
      json.text("name", group.name)
      json.number("files", Int64(group.files))
      json.number("bytes", group.bytes)
      json.endObject()
    }
    json.endArray()
  }

  /// Reads the sentinel of a run.
  ///
  /// - Throws: `FilesError`, or `RunsError` with `.badSentinel`.
  package static func read(_ state: RunState, in directory: Directory) throws -> RunRecord {
    try RunRecord(
      parsing: directory.read(state.sentinel, limit: sizeLimit), file: "\(directory.path)/\(state.sentinel)")
  }

  /// Reads a sentinel.
  ///
  /// - Parameter file: its path, for messages.
  /// - Throws: `RunsError` with `.badSentinel`.
  package init(parsing bytes: [UInt8], file: String) throws(RunsError) {
    func bad(_ what: String) -> RunsError {
      RunsError(
        .badSentinel, "'\(file)' cannot be read: \(what)",
        hint: "somebody changed it by hand; remove the run's directory yourself when nobody uses it")
    }
    let root: JSONNode
    do {
      root = try JSONTape(parsing: bytes).root
    } catch {
      throw bad("\(error.message) at line \(error.line)")
    }
    guard let format = root["format"]?.int64() else { throw bad("it has no format") }
    guard format <= Self.currentFormat else { throw bad("it has format \(format), which a newer kumo-fixtures wrote") }
    guard let run = root["run"]?.text, let created = root["created"]?.int64(), let owner = root["owner"],
      let process = owner["process"]?.int64().flatMap({ Int32(exactly: $0) }), let started = owner["started"]?.uint64(),
      let boot = owner["bootID"]?.text, let space = owner["processNamespace"]?.text, let host = owner["host"]?.text
    else { throw bad("the run, its owner or its date is missing") }
    self.init(
      run: run,
      owner: RunOwner(process: process, started: started, bootID: boot, processNamespace: space, host: host),
      created: created)
    vendor = root["vendor"]?.text
    jobURL = root["job"]?.text
    worker = root["worker"]?.text
    namespace = root["namespace"]?.text
    if let node = root["fixture"], let name = node["name"]?.text, let version = node["version"]?.int64() {
      fixture = Fixture(name: name, version: Int(version), treeDigest: node["treeDigest"]?.text)
    }
    if let node = root["totals"] {
      totals = Totals(
        groups: node.elements.compactMap { group in
          guard let name = group["name"]?.text, let files = group["files"]?.int64(), let bytes = group["bytes"]?.int64()
          else { return nil }
          return Totals.Group(name: name, files: Int(files), bytes: bytes)
        })
    }
  }
}

extension JSONNode {
  /// A string's text; nil for anything else.
  fileprivate var text: String? { string().map { String(decoding: $0, as: UTF8.self) } }
}

extension JSONWriter {
  fileprivate mutating func text(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    key(name)
    string(value)
  }

  fileprivate mutating func number(_ name: StaticString, _ value: Int64) {
    key(name)
    int(value)
  }
}
