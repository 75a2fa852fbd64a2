import Files
import KumoState
import Migrations
import Runs
import SystemPackage
import Validation

/// Gives the executor what it does not know itself: validation, running servers, the clock, messages.
struct MigrationNeighbours {
  let context: CommandContext

  func settings(stepTimeout: Duration?, keepSnapshots: Int, quiet: Bool) -> MigrationSettings {
    let environment = context.environment
    let errors = environment.standardError
    return MigrationSettings(
      toolVersion: ToolVersion.current, now: now, stepTimeout: stepTimeout, keepSnapshots: keepSnapshots,
      isCancelled: { environment.cancellation.signal != nil },
      validate: { directory in
        var validator = Validator()
        validator.now = environment.now()
        let report = try validator.validate(directory)
        return .init(errors: report.findings.filter { $0.severity == .error }.map(Self.line))
      },
      writers: { DirectoryUsers.servers(of: $0) },
      progress: { event in
        guard !quiet, let line = Self.line(event) else { return }
        // A terminal that cannot be written to is no reason to stop the work.
        try? errors.line("kumo-fixtures: \(line)")
      })
  }

  /// The time for ledgers: `SOURCE_DATE_EPOCH` where somebody set it, so that a migrated fixture can be made again.
  var now: Int64 {
    context.environment.variables["SOURCE_DATE_EPOCH"].flatMap { Int64($0) } ?? context.environment.now()
  }

  private static func line(_ finding: Finding) -> String {
    let place = finding.pointer.map { "\(finding.file) \($0)" } ?? finding.file
    return "\(place): \(finding.message) [\(finding.rule.id)]"
  }

  private static func line(_ event: MigrationSettings.Event) -> String? {
    switch event {
    case .working: nil
    case .started(let id, let title, let index, let count): "\(index)/\(count) \(id): \(title)"
    case .finished(let id, let milliseconds): milliseconds < 1000 ? nil : "\(id) took \(milliseconds) ms"
    case .failed(let id): "\(id) failed"
    }
  }
}
