import Differences
import JSONBytes

/// A difference for programs.
enum DifferenceJSON {
  /// - Parameters:
  ///   - first: what the user called the first directory.
  ///   - second: what the user called the second.
  static func render(_ difference: DirectoryDifference, _ first: String, _ second: String) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("first", first)
    json.field("second", second)
    write(difference, to: &json)
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  /// Writes the members that say what differs, into an object that is open.
  static func write(_ difference: DirectoryDifference, to json: inout JSONWriter) {
    json.key("same")
    json.bool(difference.isEmpty)
    write(difference.total, to: &json)
    json.field("ignored", difference.ignored)
    json.field("comparedServices", difference.comparedServices)
    json.key("services")
    json.beginArray()
    for service in difference.services { write(service, to: &json) }
    json.endArray()
  }

  private static func write(_ counts: ChangeCounts, to json: inout JSONWriter) {
    json.field("added", counts.added)
    json.field("removed", counts.removed)
    json.field("changed", counts.changed)
  }

  private static func write(_ service: ServiceDifference, to json: inout JSONWriter) {
    json.beginObject()
    json.field("service", service.service)
    write(service.total, to: &json)
    json.field("ignored", service.ignored)
    json.field("omitted", service.omitted)
    json.key("tallies")
    json.beginArray()
    for tally in service.tallies {
      json.beginObject()
      json.field("container", tally.container)
      json.field("kind", "\(tally.kind)")
      write(tally.counts, to: &json)
      json.endObject()
    }
    json.endArray()
    json.key("changes")
    json.beginArray()
    for change in service.changes { write(change, to: &json) }
    json.endArray()
    json.endObject()
  }

  private static func write(_ change: ResourceChange, to json: inout JSONWriter) {
    json.beginObject()
    json.field("kind", "\(change.kind)")
    json.field("change", change.verb.rawValue)
    json.field("container", change.container)
    if let name = change.name {
      json.field("name", name)
    } else {
      json.key("name")
      json.null()
      json.field("nameBytes", change.nameLength)
    }
    if let offset = change.firstOffset { json.field("firstOffset", offset) }
    if let offset = change.secondOffset { json.field("secondOffset", offset) }
    if let summary = change.summary { json.field("summary", summary) }
    if !change.fields.isEmpty {
      json.key("fields")
      json.beginArray()
      for field in change.fields {
        json.beginObject()
        json.field("path", field.path)
        write("before", field.before, to: &json)
        write("after", field.after, to: &json)
        json.endObject()
      }
      json.endArray()
    }
    if change.omittedFields > 0 { json.field("omittedFields", change.omittedFields) }
    json.endObject()
  }

  private static func write(_ name: StaticString, _ value: ShownValue?, to json: inout JSONWriter) {
    guard let value else { return }
    json.key(name)
    json.beginObject()
    switch value {
    case .text(let text): json.field("text", text)
    case .hidden(let type, let length):
      json.field("type", type)
      if type != "number" { json.field("bytes", length) }
    case .container(let type, let count):
      json.field("type", type)
      json.field("count", count)
    }
    json.endObject()
  }
}
