import ArgumentParser
import Artifacts
import Files
import JSONBytes
import SystemPackage

/// `list`: the members of an artifact.
package struct ListCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the members of an artifact with their sizes, in its order, without unpacking it.",
    discussion: """
      Names that a terminal could misunderstand are shown with escapes. The content is checked on the way: exit code 1 \
      if anything is wrong with it, 3 if the archive asks for something that no artifact needs; 'verify' says what.

      Examples:
        kumo-fixtures list shop.tar.zst
        kumo-fixtures list shop.tar.zst --format json
      """)

  @Argument(help: "An artifact, or an OCI layout with one in it.")
  var file: String

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var limits: LimitOptions

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let progress = ProgressMeter("reading \(file)", in: context.environment, quiet: common.quiet)
    defer { progress.finish() }
    let options = ReadOptions(limits.limits, progress: progress, in: context)
    let artifact = try ArtifactSource.openArtifact(file, options.cancellation, in: context)
    let (members, report) = try ArtifactReader.list(artifact, options)
    progress.finish()
    switch format {
    case .text: try context.environment.standardOutput.write(text(members))
    case .json: try context.environment.standardOutput.write(json(members, report))
    }
    guard let first = report.findings.first else { return .success }
    let more = report.findings.count == 1 ? "" : ", and \(report.findings.count - 1) more"
    throw CommandFailure(
      report.isHostile ? .refused : .findings, "\(file) is not what its manifest says: \(first)\(more)",
      hint: "run 'kumo-fixtures verify \(file)' to see everything that is wrong with it")
  }

  private func text(_ members: [ArtifactMember]) -> String {
    let width = members.map { String($0.size).utf8.count }.max() ?? 1
    var text = ""
    for member in members {
      let size = String(member.size)
      let name = DisplayName.escape(member.path) + (member.isDirectory ? "/" : "")
      text += String(repeating: " ", count: width - size.utf8.count) + size + "  " + name + "\n"
    }
    return text
  }

  private func json(_ members: [ArtifactMember], _ report: VerifyReport) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("path", file)
    json.key("whole")
    json.bool(report.findings.isEmpty)
    json.key("members")
    json.beginArray()
    for member in members {
      json.beginObject()
      json.field("name", DisplayName.escape(member.path))
      json.field("type", member.isDirectory ? "directory" : "file")
      json.field("bytes", member.size)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }
}
