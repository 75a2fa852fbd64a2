import Validation

/// Findings as JUnit XML: one test case for each file with findings, one for the directory when there are none.
enum JUnitFindings {
  static func render(_ report: ValidationReport, of subject: String) -> String {
    var files: [String] = []
    for finding in report.findings where !files.contains(finding.file) { files.append(finding.file) }
    let failed = files.filter { file in
      report.findings.contains { $0.file == file && $0.severity == .error }
    }
    let cases = max(files.count, 1)
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    xml += "<testsuites name=\"kumo-fixtures validate\" tests=\"\(cases)\" failures=\"\(failed.count)\">\n"
    xml += "  <testsuite name=\"\(escape(subject))\" tests=\"\(cases)\" failures=\"\(failed.count)\">\n"
    if files.isEmpty { xml += "    <testcase classname=\"\(escape(subject))\" name=\"all files\"/>\n" }
    for file in files { xml += testCase(file, in: report, of: subject) }
    return xml + "  </testsuite>\n</testsuites>\n"
  }

  private static func testCase(_ file: String, in report: ValidationReport, of subject: String) -> String {
    let findings = report.findings.filter { $0.file == file }
    let errors = findings.filter { $0.severity == .error }
    var xml = "    <testcase classname=\"\(escape(subject))\" name=\"\(escape(file))\">\n"
    if let first = errors.first {
      xml += "      <failure type=\"\(escape(first.rule.id))\" message=\"\(escape(first.message))\">"
      xml += escape(errors.map(line).joined(separator: "\n")) + "</failure>\n"
    }
    let others = findings.filter { $0.severity != .error }
    if !others.isEmpty {
      xml += "      <system-out>\(escape(others.map(line).joined(separator: "\n")))</system-out>\n"
    }
    return xml + "    </testcase>\n"
  }

  private static func line(_ finding: Finding) -> String {
    let place = finding.pointer.map { " at \($0)" } ?? ""
    let more = finding.more > 0 ? ", and \(finding.more) more" : ""
    return "\(finding.severity.rawValue): \(finding.message)\(place)\(more) [\(finding.rule.id)]; fix: "
      + (finding.fix ?? finding.rule.fix)
  }

  /// Escapes for XML and drops the control characters that XML 1.0 cannot hold at all.
  private static func escape(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\n", "\t": escaped.unicodeScalars.append(character)
      case _ where character.value < 0x20 || character.value == 0xFFFE || character.value == 0xFFFF:
        escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
