import Files
import Harness
import JSONBytes

/// Forms of the report on a namespace.
enum NamespaceTeardownText {
  static func lines(_ report: NamespaceReport) -> [String] {
    guard report.total > 0 else {
      return ["\(report.namespace): nothing there any more in \(report.place)"] + failures(report)
    }
    let done = TeardownText.done(isDryRun: report.isDryRun, total: report.total, remaining: report.remaining)
    var lines = ["\(report.namespace): \(done) from \(report.place)"]
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

  static func json(_ report: NamespaceReport) -> JSONWriter {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("namespace", report.namespace)
    json.field("path", report.place)
    TeardownText.progress(
      isDryRun: report.isDryRun, isResumed: report.isResumed, isComplete: report.isComplete, to: &json)
    json.field("total", report.total)
    json.field("remaining", report.remaining)
    json.field("blobs", report.blobs)
    json.objects("resources", report.resources) { json, resource in
      json.field("kind", resource.kind.rawValue)
      json.field("name", resource.name)
      json.field("whole", resource.isWhole)
      json.field("contents", resource.kind.contents)
      json.field("count", resource.count)
      json.field("remaining", resource.remaining)
      json.field("stands", resource.stands)
    }
    json.objects("failures", report.failures) { json, failure in
      json.field("subject", failure.subject)
      json.field("message", failure.message)
    }
    json.endObject()
    return json
  }
}
