import ArgumentParser
import JSONBytes
import Redaction

/// Secrets that were found, ready to be shown: where, which rule, under which name, never what.
struct SecretReport {
  /// Those that count.
  var findings: [SecretFinding]
  /// Those that a baseline accepts.
  var accepted = 0
}

/// Forms in which found secrets can be printed.
package enum SecretFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// For people.
  case text
  /// For programs.
  case json
  /// Annotations of GitHub Actions.
  case github
  /// SARIF 2.1.0, for code scanning.
  case sarif

  /// The whole report in this form.
  func render(_ report: SecretReport, of subject: String) -> [UInt8] {
    switch self {
    case .text: Array(SecretText.render(report, of: subject).utf8)
    case .json: SecretJSON.render(report, of: subject)
    case .github: Array(SecretGitHub.render(report, of: subject).utf8)
    case .sarif: SecretSARIF.render(report, of: subject)
    }
  }
}

extension SecretFinding {
  /// Where the secret is inside its file.
  var place: String {
    let way = chain.isEmpty ? "" : " in \(chain.joined(separator: " in "))"
    if let pointer { return "at \(pointer.isEmpty ? "the top level" : pointer)\(way)" }
    return "at byte \(offset)\(way)"
  }

  /// One sentence about it.
  var message: String {
    switch rule {
    case "undecodable": "content that cannot be searched or written anew (\(fingerprint))"
    case "structure": "a secret by its place in KUMO's file (\(kind.rawValue), \(fingerprint))"
    case "policy": "a secret by the policy (\(kind.rawValue), \(fingerprint))"
    case "field-name": "a value whose name says that it is secret (\(kind.rawValue), \(fingerprint))"
    case "known-secret": "a value that is secret in another place (\(kind.rawValue), \(fingerprint))"
    default: "a secret by its form (\(kind.rawValue), \(fingerprint))"
    }
  }
}

/// For people.
private enum SecretText {
  static func render(_ report: SecretReport, of subject: String) -> String {
    var text = ""
    for finding in report.findings {
      text += "\(finding.file): \(finding.message) [\(finding.rule)]\n    \(finding.place)\n"
    }
    let accepted = report.accepted == 0 ? "" : ", \(report.accepted) accepted by the baseline"
    let count = report.findings.count
    let verdict = count == 0 ? "no secrets" : count == 1 ? "1 secret" : "\(count) secrets"
    return text + "\(subject): \(verdict) found\(accepted)\n"
  }
}

/// For programs.
private enum SecretJSON {
  static func render(_ report: SecretReport, of subject: String) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("path", subject)
    json.field("found", report.findings.count)
    json.field("accepted", report.accepted)
    json.key("findings")
    json.beginArray()
    for finding in report.findings {
      json.beginObject()
      json.field("rule", finding.rule)
      json.field("class", finding.kind.rawValue)
      json.field("file", finding.file)
      if let pointer = finding.pointer { json.field("pointer", pointer) }
      json.field("offset", finding.offset)
      json.key("encodings")
      json.beginArray()
      for encoding in finding.chain { json.string(encoding) }
      json.endArray()
      json.field("fingerprint", finding.fingerprint)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }
}

/// Annotations of GitHub Actions.
private enum SecretGitHub {
  static func render(_ report: SecretReport, of subject: String) -> String {
    var text = ""
    for finding in report.findings {
      let file = GitHubFindings.property("\(subject)/\(finding.file)")
      let message = GitHubFindings.data("\(finding.message) \(finding.place)")
      text += "::error file=\(file),title=\(GitHubFindings.property("secret: \(finding.rule)"))::\(message)\n"
    }
    return text
  }
}

/// SARIF 2.1.0.
private enum SecretSARIF {
  static func render(_ report: SecretReport, of subject: String) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
    json.field("version", "2.1.0")
    json.key("runs")
    json.beginArray()
    json.beginObject()
    json.key("tool")
    json.beginObject()
    json.key("driver")
    json.beginObject()
    json.field("name", "kumo-fixtures")
    json.field("version", ToolVersion.current)
    json.key("rules")
    json.beginArray()
    for rule in Set(report.findings.map(\.rule)).sorted() {
      json.beginObject()
      json.field("id", rule)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.endObject()
    json.key("results")
    json.beginArray()
    for finding in report.findings { write(finding, of: subject, to: &json) }
    json.endArray()
    json.endObject()
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private static func write(_ finding: SecretFinding, of subject: String, to json: inout JSONWriter) {
    json.beginObject()
    json.field("ruleId", finding.rule)
    json.field("level", "error")
    json.key("message")
    json.beginObject()
    json.field("text", "\(finding.message) \(finding.place)")
    json.endObject()
    json.key("partialFingerprints")
    json.beginObject()
    json.field("keyedSecret/v1", finding.fingerprint)
    json.endObject()
    json.key("properties")
    json.beginObject()
    json.field("class", finding.kind.rawValue)
    json.endObject()
    json.key("locations")
    json.beginArray()
    json.beginObject()
    json.key("physicalLocation")
    json.beginObject()
    json.key("artifactLocation")
    json.beginObject()
    json.field("uri", SARIFFindings.uri("\(subject)/\(finding.file)"))
    json.endObject()
    json.key("region")
    json.beginObject()
    json.field("byteOffset", finding.offset)
    json.endObject()
    json.endObject()
    if let pointer = finding.pointer {
      json.key("logicalLocations")
      json.beginArray()
      json.beginObject()
      json.field("fullyQualifiedName", pointer)
      json.endObject()
      json.endArray()
    }
    json.endObject()
    json.endArray()
    json.endObject()
  }
}
