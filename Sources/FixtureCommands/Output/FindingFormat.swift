import ArgumentParser
import Validation

/// The forms in which findings can be printed.
package enum FindingFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// For people.
  case text
  /// For programs.
  case json
  /// Annotations of GitHub Actions.
  case github
  /// SARIF 2.1.0, for code scanning.
  case sarif
  /// JUnit XML, for CI systems that show test results.
  case junit

  /// The whole report in this form.
  package func render(_ report: ValidationReport, of subject: String) -> [UInt8] {
    switch self {
    case .text: Array(TextFindings.render(report, of: subject).utf8)
    case .json: JSONFindings.render(report, of: subject)
    case .github: Array(GitHubFindings.render(report, of: subject).utf8)
    case .sarif: SARIFFindings.render(report, of: subject)
    case .junit: Array(JUnitFindings.render(report, of: subject).utf8)
    }
  }
}
