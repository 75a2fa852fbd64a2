import Files
import FixtureTree
import JSONBytes
import Migrations
import SystemPackage

/// What `status` and `plan` found, ready to be shown. Made without a lock, and without writing anything.
struct MigrationStatusReport {
  let target: MigrationTarget
  let plan: MigrationPlan
  /// What stands in the way besides the plan's own refusals.
  let sumProblem: MigrationError?
  /// Staged trees of killed runs.
  let leftovers: [FilePath]
  /// The command's options about steps, as they are typed again.
  let arguments: String

  /// Looks at a directory.
  ///
  /// - Throws: `MigrationError` for a directory without `fixture.json`.
  init(
    _ shown: String, _ options: StepOptions, to version: Int? = nil, allowsOutOfOrder: Bool = false,
    in context: CommandContext
  ) throws {
    target = try MigrationTarget(shown, in: context)
    guard let document = target.document else {
      let registry = try options.registry(for: nil, in: context)
      throw MigrationPlanner.unknownDirectory(
        shown, arguments: options.stepArguments, chain: registry.chain(for: ""))
    }
    let registry = try options.registry(for: document.name, in: context)
    plan = MigrationPlanner(registry).plan(
      document,
      .init(
        path: shown, target: version, allowsOutOfOrder: allowsOutOfOrder, arguments: options.stepArguments))
    sumProblem = try options.sumProblem(in: context)
    leftovers = try StagedDirectory.leftovers(for: target.path).map(\.path)
    arguments = options.stepArguments
  }

  /// Everything that `apply` would refuse for.
  var refusals: [MigrationError] { plan.refusals + [sumProblem].compactMap { $0 } }

  /// 0 nothing to do, 1 steps are pending, 3 `apply` would refuse; 64 for a version that no step leads to.
  var status: ExitStatus {
    if refusals.contains(where: { $0.code == .usage }) { return .usage }
    if !refusals.isEmpty { return .refused }
    return plan.actions.isEmpty ? .success : .findings
  }

  /// The state of the whole directory in a word.
  var word: String {
    switch status {
    case .success: "current"
    case .findings: "pending"
    default: "refused"
    }
  }

  /// The next command to type; nil when there is nothing to do.
  var nextCommand: String? {
    if !leftovers.isEmpty { return "kumo-fixtures migrate resume \(target.shown)\(arguments)" }
    guard status == .findings else { return nil }
    return "kumo-fixtures migrate apply \(target.shown)\(arguments)"
  }

  /// The lines for people.
  func text(asPlan: Bool) -> [String] {
    let document = plan.document
    var lines = ["\(target.shown): \(document.name) version \(document.version), \(destination)"]
    let rows = asPlan ? plan.statuses.filter { step in plan.actions.contains { $0.step.id == step.id } } : plan.statuses
    let width = rows.map(\.id.count).max() ?? 0
    for step in rows {
      let state = asPlan ? "would run" : step.state.rawValue
      var line = "  " + state.padded(to: 12) + " " + step.id.padded(to: width) + "  "
      line += "\(step.from) -> \(step.to)  ".padded(to: 9) + step.kind.padded(to: 12) + step.title
      if let remark = step.remark { line += " (\(remark))" }
      if let row = step.row, !asPlan { line += "  [\(row.appliedAt)\(row.isOutOfOrder ? ", out of order" : "")]" }
      lines.append(line)
    }
    for refusal in refusals {
      lines.append("refused: \(refusal.message)")
      lines += refusal.details.map { "    \($0)" }
      if let hint = refusal.hint { lines.append("    \(hint)") }
    }
    for leftover in leftovers { lines.append("left by a killed run: \(leftover)") }
    if let command = nextCommand { lines.append("next: \(command)") }
    return lines
  }

  private var destination: String {
    guard let latest = plan.latestVersion else { return "no steps for it are known here" }
    return plan.isCurrent ? "nothing to do" : "the steps lead to version \(latest)"
  }

  /// The JSON form of both commands; `more` adds members at its end.
  func json(_ more: (inout JSONWriter) -> Void = { _ in }) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("path", target.shown)
    json.field("fixture", plan.document.name)
    json.field("version", plan.document.version)
    if let latest = plan.latestVersion { json.field("latestVersion", latest) }
    json.field("targetVersion", plan.targetVersion)
    json.field("state", word)
    json.key("steps")
    json.beginArray()
    for step in plan.statuses { write(step, to: &json) }
    json.endArray()
    json.key("actions")
    json.beginArray()
    for action in plan.actions { write(action, to: &json) }
    json.endArray()
    json.key("refusals")
    json.beginArray()
    for refusal in refusals {
      json.beginObject()
      json.field("message", refusal.message)
      if let hint = refusal.hint { json.field("hint", hint) }
      json.texts("details", refusal.details)
      json.endObject()
    }
    json.endArray()
    json.texts("leftovers", leftovers.map(\.string))
    if let nextCommand { json.field("next", nextCommand) }
    more(&json)
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private func write(_ step: StepStatus, to json: inout JSONWriter) {
    json.beginObject()
    json.field("id", step.id)
    json.field("title", step.title)
    json.field("from", step.from)
    json.field("to", step.to)
    json.field("kind", step.kind)
    json.field("state", step.state.rawValue)
    if let digest = step.digest { json.field("digest", digest) }
    if let location = step.location { json.field("location", location.description) }
    json.key("reversible")
    json.bool(step.isReversible)
    if let remark = step.remark { json.field("remark", remark) }
    if let row = step.row {
      json.field("appliedAt", row.appliedAt)
      json.field("appliedDigest", row.digest)
      json.field("recordedAs", row.kind.rawValue)
      json.field("toolVersion", row.toolVersion)
    }
    json.endObject()
  }

  private func write(_ action: MigrationPlan.Action, to json: inout JSONWriter) {
    json.beginObject()
    json.field("id", action.step.id)
    json.field("from", action.step.from)
    json.field("to", action.step.to)
    let work =
      switch action.work {
      case .run: "run"
      case .complete: "complete"
      case .merge: "merge"
      }
    json.field("work", work)
    json.key("outOfOrder")
    json.bool(action.isOutOfOrder)
    json.endObject()
  }
}

extension String {
  /// With spaces at its end up to a width.
  func padded(to width: Int) -> String {
    count >= width ? self : self + String(repeating: " ", count: width - count)
  }
}
