import Validation

/// Findings for people: where, what, what KUMO would do, what to do.
enum TextFindings {
  static func render(_ report: ValidationReport, of subject: String) -> String {
    var text = ""
    for finding in report.findings {
      text += "\(place(of: finding)): \(finding.severity.rawValue): \(finding.message) [\(finding.rule.id)]\n"
      if let pointer = finding.pointer, !pointer.isEmpty { text += "    at \(pointer)\n" }
      if finding.more > 0 { text += "    and \(finding.more) more of these in \(finding.file)\n" }
      if finding.severity != .note {
        text += "    means: \(finding.rule.consequence)\n"
        text += "    fix: \(finding.fix ?? finding.rule.fix)\n"
      }
    }
    if !report.findings.isEmpty { text += "\n" }
    return text + summary(report, of: subject) + "\n"
  }

  private static func place(of finding: Finding) -> String {
    guard let position = finding.position else { return finding.file }
    return "\(finding.file):\(position.line):\(position.column)"
  }

  private static func summary(_ report: ValidationReport, of subject: String) -> String {
    let targets = report.targets.joined(separator: ", ")
    let size = ByteCount.text(report.byteCount)
    let looked = "\(report.fileCount) files, \(size), layout \(report.layout), target \(targets)"
    let errors = report.count(of: .error)
    let warnings = report.count(of: .warning)
    let notes = report.count(of: .note)
    if errors + warnings + notes == 0 { return "\(subject): valid (\(looked))" }
    var counts: [String] = []
    if errors > 0 { counts.append(errors == 1 ? "1 error" : "\(errors) errors") }
    if warnings > 0 { counts.append(warnings == 1 ? "1 warning" : "\(warnings) warnings") }
    if notes > 0 { counts.append(notes == 1 ? "1 note" : "\(notes) notes") }
    let verdict = errors > 0 ? "not valid" : "valid"
    return "\(subject): \(verdict), \(counts.joined(separator: ", ")) (\(looked))"
  }
}
