import Files
import FixtureTree
import Redaction
import SystemPackage
import Validation

/// One redaction from the first look to the proof, into a directory that is not in its place yet.
struct RedactionRun {
  let redaction: DirectoryRedaction
  let source: Directory
  /// The fixture's name where the source has none.
  let name: String
  let isStable: Bool
  let context: CommandContext

  /// Writes the redacted directory and proves it.
  ///
  /// - Throws: `RedactionError`, `FilesError`, `CommandFailure`; the target must then be thrown away.
  func write(into target: Directory, isSurveyed: Bool = false) throws -> RedactionReport {
    if !isSurveyed { _ = try redaction.survey() }
    let report = try redaction.rewrite(into: target)
    try redaction.record(
      report, in: target, name: name, toolVersion: ToolVersion.current, isStable: isStable)
    guard report.changedFiles > 0 || !report.leftOut.isEmpty else { return report }
    try redaction.prove(target)
    try checkValidity(of: target)
    try redaction.checkUnchanged()
    try context.environment.cancellation.check()
    return report
  }

  /// Whether the result has an error that the source has not: then redacting broke something.
  private func checkValidity(of target: Directory) throws {
    var validator = Validator()
    validator.now = context.environment.now()
    let before = errors(in: try validator.validate(source))
    let after = errors(in: try validator.validate(target))
    guard let broken = after.first(where: { $0.value > before[$0.key, default: 0] }) else { return }
    throw CommandFailure(
      .failure, "the redacted directory breaks the rule '\(broken.key)', which the source keeps; nothing was written",
      hint: "this is a fault of kumo-fixtures: report it with the rule's name")
  }

  private func errors(in report: ValidationReport) -> [String: Int] {
    var counts: [String: Int] = [:]
    for finding in report.findings where finding.severity == .error {
      counts[finding.rule.id, default: 0] += 1 + finding.more
    }
    return counts
  }
}
