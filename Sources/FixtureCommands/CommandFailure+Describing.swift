import Artifacts
import Digests
import Documents
import Emulator
import Files
import FixtureTree
import Harness
import JSONBytes
import Migrations
import Redaction
import Runs
import Specs

extension CommandFailure {
  /// What any error of a room below means to the user.
  package init(describing error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as FilesError: self.init(.failure, error.message, hint: error.hint)
    case let error as ArtifactError: self.init(describing: error)
    case let error as SpecError: self.init(describing: error)
    case let error as FixtureTreeError: self.init(describing: error)
    case let error as MigrationError: self.init(describing: error)
    case let error as RegistryError: self.init(.failure, "the steps are wrong: \(error.message)", hint: error.hint)
    case let error as StepError: self.init(.failure, error.message, hint: error.hint)
    case let error as RedactionError:
      self.init(error.code == .refused ? .refused : .failure, error.message, hint: error.hint)
    case let error as ManifestError:
      self.init(.failure, "the manifest cannot be used: \(error.description)", hint: "restore it from an artifact")
    case let error as JSONError:
      self.init(.failure, "not valid JSON at line \(error.line), column \(error.column): \(error.message)")
    case let error as DigestError: self.init(.failure, "OpenSSL cannot hash: \(error)")
    case let error as StreamError: self.init(.failure, error.message)
    case is RunsError, is EmulatorError, is HarnessProblem, is HarnessError: self.init(describingRun: error)
    default: self.init(.failure, String(describing: error))
    }
  }

  private init(describing error: SpecError) {
    let lines = error.problems.map(\.description)
    self.init(
      .failure, lines.count == 1 ? "the spec is wrong" : "the spec is wrong in \(lines.count) places", details: lines)
  }

  private init(describing error: MigrationError) {
    let status: ExitStatus =
      switch error.code {
      case .refused: .refused
      case .stepFailed, .failed: .failure
      case .usage: .usage
      }
    self.init(status, error.message, hint: error.hint, details: error.details)
  }

  private init(describing error: ArtifactError) {
    let status: ExitStatus =
      switch error.outcome {
      case .findings: .findings
      case .cannot: .failure
      case .refused: .refused
      case .usage: .usage
      }
    let member = error.member.map { DisplayName.escape($0) + ": " } ?? ""
    // One fault alone is the message already.
    let details = error.findings.count > 1 ? error.findings.map(\.description) : []
    self.init(status, member + error.message, hint: error.hint, details: details)
  }

  private init(describing error: FixtureTreeError) {
    switch error.code {
    case .newerDocument:
      self.init(
        .refused, error.message, hint: "use the newer kumo-fixtures that wrote it; 'validate' and 'inspect' read it")
    case .badDocument, .badManifest:
      self.init(
        .failure, error.message,
        hint:
          "restore the file from an artifact, or run 'kumo-fixtures adopt --force DIR' if the content is what you want")
    case .badLock:
      self.init(
        .failure, error.message,
        hint: "restore fixtures.lock from git, or remove it and run 'kumo-fixtures generate' again")
    }
  }

  /// The failure as it is shown: the message, details, and the hint.
  package var text: String {
    var text = "kumo-fixtures: error: \(message)\n"
    for detail in details { text += "  \(detail)\n" }
    if let hint { text += "  hint: \(hint)\n" }
    return text
  }
}
