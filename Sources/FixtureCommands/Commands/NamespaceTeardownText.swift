import Files
import Harness
import JSONBytes

/// Forms of the report on a namespace.
enum NamespaceTeardownText {
  static func lines(_ report: NamespaceReport) -> [String] {
    guard report.total > 0 else {
      return ["\(report.namespace): nothing there any more in \(report.place)"] + failures(report)
    }
    let verb = report.isDryRun ? "would delete" : "deleted"
    let count = report.isDryRun ? report.total : report.total - report.remaining
    var lines = ["\(report.namespace): \(verb) \(count) of \(report.total) from \(report.place)"]
    lines += report.resources.map { resource in
      let name = "\(resource.kind.rawValue) '\(DisplayName.escape(resource.name))'"
      let contents = "\(resource.count) \(resource.kind.contents)"
      let left = report.isDryRun || !resource.isLeft ? "" : ", \(words(resource)) left"
      return resource.isWhole ? "  \(name) with \(contents)\(left)" : "  \(contents) in \(name)\(left)"
    }
    if report.blobs > 0 { lines.append("  \(report.blobs) files of bodies that nothing refers to any more") }
    return lines + failures(report)
  }

  private static func words(_ resource: NamespaceReport.Resource) -> String {
    var parts: [String] = []
    if resource.stands { parts.append("itself") }
    if resource.remaining > 0 { parts.append("\(resource.remaining) \(resource.kind.contents)") }
    return parts.joined(separator: " and ")
  }

  private static func failures(_ report: NamespaceReport) -> [String] {
    report.failures.map { "  \($0.subject): \($0.message)" }
  }

  static func json(_ report: NamespaceReport) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("namespace", report.namespace)
    json.field("path", report.place)
    for (name, value) in [("dryRun", report.isDryRun), ("resumed", report.isResumed), ("complete", report.isComplete)] {
      json.key(name)
      json.bool(value)
    }
    json.field("total", report.total)
    json.field("remaining", report.remaining)
    json.field("blobs", report.blobs)
    json.key("resources")
    json.beginArray()
    for resource in report.resources {
      json.beginObject()
      json.field("kind", resource.kind.rawValue)
      json.key("name")
      json.string(resource.name)
      json.key("whole")
      json.bool(resource.isWhole)
      json.field("contents", resource.kind.contents)
      json.field("count", resource.count)
      json.field("remaining", resource.remaining)
      json.key("stands")
      json.bool(resource.stands)
      json.endObject()
    }
    json.endArray()
    json.key("failures")
    json.beginArray()
    for failure in report.failures {
      json.beginObject()
      json.field("subject", failure.subject)
      json.field("message", failure.message)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes
  }
}
