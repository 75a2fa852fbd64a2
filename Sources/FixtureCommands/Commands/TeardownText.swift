import JSONBytes
import Runs

/// Forms of a teardown's report.
enum TeardownText {
  static func lines(_ report: TeardownReport) -> [String] {
    guard report.stateBefore != nil else { return ["\(report.run): nothing there any more"] }
    let done = done(isDryRun: report.isDryRun, total: report.files, remaining: report.remaining)
    var lines = ["\(report.run): \(done) files, \(ByteCount.text(report.bytes))"]
    lines += report.groups.map { group in
      let left = report.isDryRun || group.remaining == 0 ? "" : ", \(group.remaining) left"
      return "  \(group.name): \(group.files) files, \(ByteCount.text(group.bytes))\(left)"
    }
    return lines + report.failures.map { "  \($0.path): \($0.message)" }
  }

  static func json(_ report: TeardownReport) -> JSONWriter {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("run", report.run)
    json.field("path", report.path)
    json.field("namespace", report.namespace)
    json.field("stateBefore", report.stateBefore?.rawValue)
    progress(isDryRun: report.isDryRun, isResumed: report.isResumed, isComplete: report.isComplete, to: &json)
    json.objects("groups", report.groups) { json, group in
      json.field("name", group.name)
      json.field("files", group.files)
      json.field("bytes", group.bytes)
      json.field("remaining", group.remaining)
    }
    json.objects("failures", report.failures) { json, failure in
      json.field("path", failure.path)
      json.field("message", failure.message)
    }
    json.endObject()
    return json
  }

  /// How far a teardown has come, of a run or of a namespace.
  static func progress(isDryRun: Bool, isResumed: Bool, isComplete: Bool, to json: inout JSONWriter) {
    json.field("dryRun", isDryRun)
    json.field("resumed", isResumed)
    json.field("complete", isComplete)
  }

  /// `deleted 3 of 4`, of a run or of a namespace.
  static func done(isDryRun: Bool, total: Int, remaining: Int) -> String {
    isDryRun ? "would delete \(total) of \(total)" : "deleted \(total - remaining) of \(total)"
  }
}
