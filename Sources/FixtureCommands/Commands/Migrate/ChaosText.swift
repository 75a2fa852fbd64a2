import Files
import JSONBytes
import Migrations

/// The result of a rehearsal of accidents, for people and for programs.
struct ChaosText {
  let path: String
  let report: ChaosReport

  /// For people: what happened in each phase, and every failure.
  var lines: [String] {
    guard !report.points.isEmpty else { return ["\(path): no step is pending, so nothing can go wrong"] }
    var lines: [String] = []
    for phase in phases {
      let points = report.points.filter { $0.phase == phase }
      let trials = report.trials.filter { $0.point.phase == phase }
      let numbers = "\(points.first?.number ?? 0)-\(points.last?.number ?? 0)"
      let old = trials.count { $0.end == .old }
      let new = trials.count { $0.end == .new }
      let kinds = Self.kinds(points)
      lines.append(
        "  \(phase): operations \(numbers) (\(kinds)), \(trials.count) accidents, \(old) ended old, \(new) new")
    }
    for trial in report.failures {
      lines.append("failed: \(trial.fault.rawValue) at operation \(trial.point.number) (\(words(trial.point)))")
      if case .third(let what) = trial.end { lines.append("    the directory is neither old nor new: \(what)") }
      if let problem = trial.resumeProblem { lines.append("    it could not be resumed: \(problem)") }
    }
    lines += report.notes.map { "note: \($0)" }
    let old = report.count(.old)
    let new = report.count(.new)
    let bad = report.failures.count
    let end = bad == 0 ? "all of them could be resumed" : "\(bad) failed"
    let tried = report.trials.count
    let share = tried < report.possible ? "\(tried) of \(report.possible) possible" : "all \(report.possible) possible"
    lines.append(
      "\(share) accidents at \(report.points.count) durable operations of \(path): "
        + "\(old) ended in the old state, \(new) in the new, \(end)")
    return lines
  }

  /// For programs: every operation and every trial by name.
  var json: JSONWriter {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("path", path)
    json.field("possible", report.possible)
    json.objects("operations", report.points) { json, point in
      json.field("number", point.number)
      json.field("operation", point.operation.rawValue)
      json.field("phase", point.phase)
    }
    json.objects("trials", report.trials) { json, trial in
      json.field("fault", trial.fault.rawValue)
      json.field("operation", trial.point.number)
      switch trial.end {
      case .old: json.field("end", "old")
      case .new: json.field("end", "new")
      case .third(let what):
        json.field("end", "third")
        json.field("found", what)
      }
      json.field("resumed", trial.resumeProblem == nil)
      if let problem = trial.resumeProblem { json.field("problem", problem) }
    }
    json.texts("notes", report.notes)
    json.field("failures", report.failures.count)
    json.endObject()
    return json
  }

  /// In the order in which they come.
  private var phases: [String] {
    var phases: [String] = []
    for point in report.points where !phases.contains(point.phase) { phases.append(point.phase) }
    return phases
  }

  private func words(_ point: ChaosPoint) -> String { "\(point.operation.rawValue), \(point.phase)" }

  private static func kinds(_ points: [ChaosPoint]) -> String {
    DurableOperation.allCases.compactMap { operation in
      let count = points.count { $0.operation == operation }
      return count == 0 ? nil : "\(count) \(operation.rawValue)"
    }.joined(separator: ", ")
  }
}
