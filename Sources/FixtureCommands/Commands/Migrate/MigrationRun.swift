import FixtureTree
import JSONBytes
import Migrations
import SystemPackage

/// What the commands that migrate have in common: the checked steps, the executor and the result's text.
struct MigrationRun {
  let context: CommandContext
  let shown: String
  let target: FilePath
  let executor: MigrationExecutor
  private let sumProblem: MigrationError?

  /// Loads the steps for a directory.
  init(
    _ shown: String, _ options: StepOptions, _ settings: MigrationSettings, beside spec: FilePath? = nil,
    in context: CommandContext
  ) throws {
    self.context = context
    self.shown = shown
    let target = try MigrationTarget(shown, in: context)
    self.target = target.path
    executor = MigrationExecutor(
      try options.registry(for: target.document?.name, beside: spec, in: context), settings)
    sumProblem = try options.sumProblem(beside: spec, in: context)
  }

  /// Refuses steps that the sum file does not know.
  func checkSum() throws {
    if let sumProblem { throw sumProblem }
  }

  /// Writes what was done.
  func report(_ outcome: MigrationOutcome, verb: String, format: ResultFormat) throws {
    switch format {
    case .text: try reportText(outcome, verb: verb)
    case .json:
      var json = JSONWriter(style: .pretty)
      Self.write(shown, outcome, to: &json)
      try context.result(json)
    }
    for leftover in outcome.leftovers {
      try context.message("done, but something was left behind: \(leftover)", unless: false)
    }
  }

  private func reportText(_ outcome: MigrationOutcome, verb: String) throws {
    guard !outcome.steps.isEmpty else {
      return try context.result("\(shown) has version \(outcome.versions.after), nothing to do")
    }
    for step in outcome.steps {
      try context.result("  \(step.what) \(step.id)")
      for note in step.notes { try context.result("    \(note)") }
    }
    let versions = "from version \(outcome.versions.before) to \(outcome.versions.after)"
    try context.result("\(verb) \(shown) \(versions)")
    try context.result("tree digest \(outcome.treeDigests.after)")
    guard !outcome.snapshots.isEmpty else { return }
    let sharing = outcome.sharesSpace ? ", sharing their blocks with it" : ""
    let count = outcome.snapshots.count
    try context.result(
      "\(count) snapshot\(count == 1 ? "" : "s") kept beside it\(sharing) (kumo-fixtures migrate snapshots list \(shown))"
    )
  }

  /// Writes an outcome as a JSON value.
  static func write(_ shown: String, _ outcome: MigrationOutcome, to json: inout JSONWriter) {
    json.beginObject()
    json.field("path", shown)
    json.field("versionBefore", outcome.versions.before)
    json.field("version", outcome.versions.after)
    json.field("treeDigestBefore", outcome.treeDigests.before)
    json.field("treeDigest", outcome.treeDigests.after)
    json.key("steps")
    json.beginArray()
    for step in outcome.steps {
      json.beginObject()
      json.field("id", step.id)
      json.field("what", step.what)
      json.field("version", step.version)
      json.field("milliseconds", step.milliseconds)
      json.field("treeDigest", step.treeDigest)
      json.texts("notes", step.notes)
      json.endObject()
    }
    json.endArray()
    json.texts("snapshots", outcome.snapshots)
    json.endObject()
  }
}
