import JSONBytes
import Runs

/// Forms of a teardown's report.
enum TeardownText {
  static func lines(_ report: TeardownReport) -> [String] {
    guard report.stateBefore != nil else { return ["\(report.run): nothing there any more"] }
    let verb = report.isDryRun ? "would delete" : "deleted"
    let count = report.isDryRun ? report.files : report.files - report.remaining
    var lines = ["\(report.run): \(verb) \(count) of \(report.files) files, \(ByteCount.text(report.bytes))"]
    lines += report.groups.map { group in
      let left = report.isDryRun || group.remaining == 0 ? "" : ", \(group.remaining) left"
      return "  \(group.name): \(group.files) files, \(ByteCount.text(group.bytes))\(left)"
    }
    return lines + report.failures.map { "  \($0.path): \($0.message)" }
  }

  static func json(_ report: TeardownReport) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("run", report.run)
    json.field("path", report.path)
    json.key("namespace")
    if let namespace = report.namespace { json.string(namespace) } else { json.null() }
    json.key("stateBefore")
    if let state = report.stateBefore { json.string(state.rawValue) } else { json.null() }
    for (name, value) in [("dryRun", report.isDryRun), ("resumed", report.isResumed), ("complete", report.isComplete)] {
      json.key(name)
      json.bool(value)
    }
    json.key("groups")
    json.beginArray()
    for group in report.groups {
      json.beginObject()
      json.field("name", group.name)
      json.field("files", group.files)
      json.key("bytes")
      json.int(group.bytes)
      json.field("remaining", group.remaining)
      json.endObject()
    }
    json.endArray()
    json.key("failures")
    json.beginArray()
    for failure in report.failures {
      json.beginObject()
      json.field("path", failure.path)
      json.field("message", failure.message)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes
  }
}
