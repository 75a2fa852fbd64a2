import ArgumentParser
import JSONBytes
import Runs
import SystemPackage

/// `runs status`: lists runs.
package struct RunsStatusCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "List all runs with their state, owner, age and size.",
    discussion: """
      Examples:
        kumo-fixtures runs status
        kumo-fixtures runs status --format json
      """)

  @OptionGroup var place: RunsFolderOptions

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let runs = try place.folder(in: context).list()
    let now = context.environment.now()
    guard format == .json else {
      for run in runs { try context.result(Self.line(run, now: now)) }
      return .success
    }
    var json = JSONWriter(style: .pretty)
    json.objects(runs) { Self.write($1, to: &$0) }
    try context.result(json)
    return .success
  }

  private static func write(_ run: RunStatus, to json: inout JSONWriter) {
    let size = run.size()
    json.field("name", run.name)
    json.field("path", run.path.string)
    json.field("state", run.state?.rawValue)
    json.field("owner", words(run.life))
    json.field("files", size.files)
    json.field("bytes", size.bytes)
    if let problem = run.problem { json.field("problem", problem) }
    if let record = run.record {
      json.key("sentinel")
      record.write(to: &json)
    }
  }

  private static func line(_ run: RunStatus, now: Int64) -> String {
    guard let state = run.state, let record = run.record else { return "\(run.name)  ?  \(run.problem ?? "no run")" }
    let size = run.size()
    let age = age(max(0, now - record.created))
    let fixture = record.fixture.map { "  \($0.name)@\($0.version)" } ?? ""
    return "\(run.name)  \(state.rawValue)  \(age)  \(ByteCount.text(size.bytes))\(fixture)  "
      + "\(record.ownerText) (\(words(run.life)))"
  }

  private static func words(_ life: RunOwner.Life?) -> String {
    switch life {
    case .alive: "alive"
    case .dead: "dead"
    case .unknown, nil: "unknown"
    }
  }

  private static func age(_ seconds: Int64) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7200: "\(seconds / 60) min"
    case ..<172_800: "\(seconds / 3600) h"
    default: "\(seconds / 86_400) d"
    }
  }
}
