import JSONBytes
import Validation

/// Findings as SARIF 2.1.0, the form that code scanning services read.
enum SARIFFindings {
  static func render(_ report: ValidationReport, of subject: String) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.key("$schema")
    json.string("https://json.schemastore.org/sarif-2.1.0.json")
    json.key("version")
    json.string("2.1.0")
    json.key("runs")
    json.beginArray()
    json.beginObject()
    writeTool(report, to: &json)
    json.key("columnKind")
    json.string("unicodeCodePoints")
    json.key("results")
    json.beginArray()
    for finding in report.findings { write(finding, of: subject, to: &json) }
    json.endArray()
    json.endObject()
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private static func writeTool(_ report: ValidationReport, to json: inout JSONWriter) {
    json.key("tool")
    json.beginObject()
    json.key("driver")
    json.beginObject()
    json.key("name")
    json.string("kumo-fixtures")
    json.key("version")
    json.string(ToolVersion.current)
    json.key("rules")
    json.beginArray()
    for rule in Rule.all where report.findings.contains(where: { $0.rule == rule }) {
      json.beginObject()
      json.key("id")
      json.string(rule.id)
      json.key("shortDescription")
      text(rule.title, to: &json)
      json.key("fullDescription")
      text(rule.consequence, to: &json)
      json.key("help")
      text(rule.fix, to: &json)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.endObject()
  }

  private static func write(_ finding: Finding, of subject: String, to json: inout JSONWriter) {
    json.beginObject()
    json.key("ruleId")
    json.string(finding.rule.id)
    json.key("level")
    json.string(finding.severity.rawValue)
    json.key("message")
    let more = finding.more > 0 ? ", and \(finding.more) more in this file" : ""
    text("\(finding.message)\(more); fix: \(finding.fix ?? finding.rule.fix)", to: &json)
    json.key("locations")
    json.beginArray()
    json.beginObject()
    json.key("physicalLocation")
    json.beginObject()
    json.key("artifactLocation")
    json.beginObject()
    json.key("uri")
    json.string(uri("\(subject)/\(finding.file)"))
    json.endObject()
    if let position = finding.position {
      json.key("region")
      json.beginObject()
      json.key("startLine")
      json.int(Int64(position.line))
      json.key("startColumn")
      json.int(Int64(position.column))
      json.key("byteOffset")
      json.int(Int64(position.offset))
      json.endObject()
    }
    json.endObject()
    if let pointer = finding.pointer {
      json.key("logicalLocations")
      json.beginArray()
      json.beginObject()
      json.key("fullyQualifiedName")
      json.string(pointer)
      json.endObject()
      json.endArray()
    }
    json.endObject()
    json.endArray()
    json.endObject()
  }

  private static func text(_ text: String, to json: inout JSONWriter) {
    json.beginObject()
    json.key("text")
    json.string(text)
    json.endObject()
  }

  /// Percent-encodes what a URI reference cannot hold.
  static func uri(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(byte)
      default:
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
