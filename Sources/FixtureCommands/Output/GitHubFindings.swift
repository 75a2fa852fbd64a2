import Validation

/// Findings as workflow commands of GitHub Actions, which shows them at the file in a pull request.
enum GitHubFindings {
  static func render(_ report: ValidationReport, of subject: String) -> String {
    var text = ""
    for finding in report.findings {
      let command =
        switch finding.severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
      var properties = ["file=\(property("\(subject)/\(finding.file)"))"]
      if let position = finding.position {
        properties.append("line=\(position.line)")
        properties.append("col=\(position.column)")
      }
      properties.append("title=\(property(finding.rule.id))")
      var message = finding.message
      if let pointer = finding.pointer { message += " (at \(pointer))" }
      if finding.more > 0 { message += ", and \(finding.more) more in this file" }
      message += "\n\(finding.rule.consequence)\nfix: \(finding.fix ?? finding.rule.fix)"
      text += "::\(command) \(properties.joined(separator: ","))::\(data(message))\n"
    }
    return text
  }

  /// Escapes the message of a workflow command.
  static func data(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "%": escaped += "%25"
      case "\r": escaped += "%0D"
      case "\n": escaped += "%0A"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  /// Escapes a property of a workflow command.
  static func property(_ text: String) -> String {
    var escaped = ""
    for character in data(text).unicodeScalars {
      switch character {
      case ":": escaped += "%3A"
      case ",": escaped += "%2C"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }
}
