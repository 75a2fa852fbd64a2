import JSONBytes
import Validation

/// Findings for programs.
enum JSONFindings {
  static func render(_ report: ValidationReport, of subject: String) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.key("path")
    json.string(subject)
    json.key("valid")
    json.bool(report.count(of: .error) == 0)
    json.key("layout")
    json.string(report.layout)
    json.key("target")
    json.string(report.targets.joined(separator: ", "))
    json.key("files")
    json.int(Int64(report.fileCount))
    json.key("bytes")
    json.int(report.byteCount)
    json.key("counts")
    json.beginObject()
    for severity in Severity.allCases {
      json.key(severity.rawValue)
      json.int(Int64(report.count(of: severity)))
    }
    json.endObject()
    json.key("findings")
    json.beginArray()
    for finding in report.findings { write(finding, to: &json) }
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private static func write(_ finding: Finding, to json: inout JSONWriter) {
    json.beginObject()
    json.key("rule")
    json.string(finding.rule.id)
    json.key("severity")
    json.string(finding.severity.rawValue)
    json.key("file")
    json.string(finding.file)
    if let pointer = finding.pointer {
      json.key("pointer")
      json.string(pointer)
    }
    if let position = finding.position {
      json.key("offset")
      json.int(Int64(position.offset))
      json.key("line")
      json.int(Int64(position.line))
      json.key("column")
      json.int(Int64(position.column))
    }
    json.key("message")
    json.string(finding.message)
    json.key("consequence")
    json.string(finding.rule.consequence)
    json.key("fix")
    json.string(finding.fix ?? finding.rule.fix)
    json.key("fixable")
    json.bool(finding.rule.isFixable)
    if finding.more > 0 {
      json.key("more")
      json.int(Int64(finding.more))
    }
    json.endObject()
  }
}
