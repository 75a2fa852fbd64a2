import ArgumentParser
import Files
import Redaction

/// `redact explain`: why a value is taken or not.
package struct RedactExplainCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why the value at a place would be replaced, or why not.",
    discussion: """
      POINTER is a JSON pointer as findings show it, or a part of it from the beginning; without one the whole file is \
      explained. No value is shown. Exit code 1 if anything there would be replaced.

      Examples:
        kumo-fixtures redact explain ./kumo-data ssm.json /parameters/~1app~1key/Value
        kumo-fixtures redact explain ./kumo-data logs/run.log
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Argument(help: "A file in it.")
  var file: String

  @Argument(help: "The JSON pointer of the value.")
  var pointer: String?

  @OptionGroup var settings: RedactionSettings

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let directory = try Directory.open(context.environment.path(path))
    let name = try RelativePath(text: file)
    guard try directory.status(name)?.kind == .file else {
      throw CommandFailure(
        .failure, "'\(file)' is no file in '\(path)'", hint: "'kumo-fixtures redact \(path) --check' names the files")
    }
    let progress = ProgressMeter("searching \(path)", in: context.environment, quiet: common.quiet)
    defer { progress.finish() }
    let redaction = try settings.redaction(
      of: directory, key: settings.key(in: context), progress: progress, in: context)
    let range = try pointer.flatMap { try redaction.range(at: Array($0.utf8), in: name) }
    // All files are searched: a value may be secret because it is one elsewhere.
    let all = try redaction.survey() ? redaction.findings() : []
    progress.finish()
    let found = all.filter { finding in
      guard finding.file == name.description, let pointer else { return finding.file == name.description }
      // As it stands in the file, or as findings show it: with `***` for what is secret in it.
      return range?.contains(finding.offset) == true || finding.pointer == pointer
        || finding.pointer?.hasPrefix(pointer + "/") == true
    }
    if let pointer, range == nil, found.isEmpty {
      throw CommandFailure(
        .failure, "nothing stands at '\(pointer)' in '\(file)'",
        hint: "'kumo-fixtures redact explain \(path) \(file)' lists what would be replaced in it")
    }
    for finding in found { try context.result("replaced: \(finding.place): \(reason(finding)) [\(finding.rule)]") }
    if let pointer, let place = redaction.describe(pointer: Array(pointer.utf8), in: name) {
      try context.result("the catalogue of KUMO's files says: \(place)")
    }
    guard found.isEmpty else { return .findings }
    try context.result(
      "not replaced: no detector knows its form in any encoding, and it is no secret of another place")
    return .success
  }

  private func reason(_ finding: SecretFinding) -> String {
    switch finding.rule {
    case "structure": "the place holds a secret (\(finding.kind.rawValue)), whatever it looks like"
    case "policy": "the policy says that it always goes"
    case "field-name": "the name of the field or attribute says that its value is secret"
    case "known-secret": "the same value is secret in another place of this directory"
    case "undecodable": "it cannot be decoded or written anew, so it goes whole"
    case "overlap": "several findings overlap here"
    default: "a \(finding.kind.rawValue) by its form"
    }
  }
}
