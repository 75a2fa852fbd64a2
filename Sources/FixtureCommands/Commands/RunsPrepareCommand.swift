import ArgumentParser
import JSONBytes
import Runs
import SystemPackage

/// `runs prepare`: makes the directory of a run.
package struct RunsPrepareCommand: FixtureCommand, PrintsForPrograms {
  package static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Make this job's private data directory from a fixture.",
    discussion: """
      The run belongs to the session that the command runs in (the terminal, or what the CI agent started), or to the \
      process that --owner names: as long as it lives, no other job gets the directory and 'runs gc' leaves it alone.

      Examples:
        kumo-fixtures runs prepare --from .kumo-data/shop
        eval "$(kumo-fixtures runs prepare --spec shop --print export)"
        kumo-fixtures runs prepare --from ./shop --run night-1 --owner $$ --print json
      """)

  /// Forms of the result.
  enum Form: String, CaseIterable, ExpressibleByArgument {
    case path
    case export
    case json
  }

  @OptionGroup var options: RunOptions
  @OptionGroup var place: RunsFolderOptions

  @Option(name: .long, help: "The id of the process that the run belongs to.")
  var owner: Int32?

  @Option(name: .customLong("print"), help: "Form of the result: path, export (lines for a shell) or json.")
  var form: Form = .path

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if options.spec == nil, options.from == nil { throw ValidationError("name the data with --spec or --from") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let prepared = try CommandFailure.translating {
      let owner = try owner.map { try RunOwner(process: $0) } ?? RunOwner.session()
      return try place.folder(in: context).prepare(
        options.request(owner: owner, in: context), beginningAs: options.fixture(in: context)
      ) { try options.fill($0, in: context) }
    }
    switch prepared.decision {
    case .created: break
    case .purged(let reason): try context.message("removed an older run of this name: \(reason)", unless: common.quiet)
    case .resumed(let reason):
      try context.message("going on with an older run's data: \(reason)", unless: common.quiet)
    }
    switch form {
    case .path: try context.result(prepared.path.string)
    case .export:
      try context.result("export KUMO_DATA_DIR=\(Self.quoted(prepared.path.string))")
      if let namespace = prepared.record.namespace {
        try context.result("export KUMO_FIXTURES_NAMESPACE=\(Self.quoted(namespace))")
      }
    case .json:
      var json = JSONWriter(style: .pretty)
      json.beginObject()
      json.field("path", prepared.path.string)
      json.key("sentinel")
      prepared.record.write(to: &json)
      json.endObject()
      try context.result(json)
    }
    return .success
  }

  /// A text as one word of a POSIX shell.
  static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
