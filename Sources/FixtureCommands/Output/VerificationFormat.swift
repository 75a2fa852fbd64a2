import ArgumentParser
import Artifacts
import Digests
import Files
import JSONBytes

/// The forms in which the faults of an artifact can be printed.
enum VerificationFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
  case github

  /// The whole report in this form.
  func render(_ report: VerifyReport, of subject: String) -> [UInt8] {
    switch self {
    case .text: Array(Self.text(report, subject).utf8)
    case .json: Self.json(report, subject)
    case .github: Array(Self.github(report, subject).utf8)
    }
  }

  private static func text(_ report: VerifyReport, _ subject: String) -> String {
    var text = ""
    for finding in report.findings {
      let member = finding.member.map { DisplayName.escape($0) + ": " } ?? ""
      text += "\(member)\(finding.message) [\(finding.code.name)]\n"
    }
    let files = report.files == 1 ? "1 file" : "\(report.files) files"
    if report.findings.isEmpty {
      return "\(subject): whole (\(files))\n" + (report.treeDigest.map { "tree digest sha256:\($0.hex)\n" } ?? "")
    }
    let count = report.findings.count == 1 ? "1 fault" : "\(report.findings.count) faults"
    return text + "\n\(subject): not what its manifest says, \(count) (\(files) named)\n"
  }

  private static func json(_ report: VerifyReport, _ subject: String) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("path", subject)
    json.key("whole")
    json.bool(report.findings.isEmpty)
    json.key("hostile")
    json.bool(report.isHostile)
    json.key("treeDigest")
    if let digest = report.treeDigest { json.string("sha256:\(digest.hex)") } else { json.null() }
    json.field("files", report.files)
    json.key("findings")
    json.beginArray()
    for finding in report.findings {
      json.beginObject()
      json.field("code", finding.code.name)
      json.key("member")
      if let member = finding.member { json.string(DisplayName.escape(member)) } else { json.null() }
      json.field("message", finding.message)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private static func github(_ report: VerifyReport, _ subject: String) -> String {
    report.findings.map { finding in
      let member = finding.member.map { DisplayName.escape($0) + ": " } ?? ""
      let file = GitHubFindings.property(subject)
      let title = GitHubFindings.property(finding.code.name)
      return "::error file=\(file),title=\(title)::\(GitHubFindings.data(member + finding.message))\n"
    }.joined()
  }
}
