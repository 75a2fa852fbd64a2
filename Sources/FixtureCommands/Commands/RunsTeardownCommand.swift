import ArgumentParser
import Emulator
import Harness
import JSONBytes
import Runs
import SystemPackage

/// `runs teardown`: removes a run, or what belongs to a namespace, in two phases.
package struct RunsTeardownCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "teardown",
    abstract: "Mark a run as draining, wait for those who work in it, and delete it; or take out one namespace.",
    discussion: """
      With --namespace only what belongs to that namespace goes (see 'namespace'), from the run's directory or another \
      one (--dir), which nobody may be using, or from a KUMO at work (--endpoint): buckets, tables and queues that \
      begin with the namespace and '-', objects whose key begins with it and '/', items with a key that begins with it \
      and '#', and in a directory messages that name it (docs/runs.md). Everything else keeps every byte. A namespace \
      that another begins with ('invoice' and 'invoice-retry') needs --except.

      Once more for what is gone is no error, and a teardown that was interrupted is finished with the same report. \
      Exit code 1 when something could not be deleted, 2 when somebody is still at work, 3 when the run is another's.

      Examples:
        kumo-fixtures runs teardown                    # this job's run
        kumo-fixtures runs teardown night-1 --dry-run
        kumo-fixtures runs teardown .kumo-data/runs/night-1 --wait 60 --format json
        kumo-fixtures runs teardown --namespace retry --endpoint http://127.0.0.1:4566
        kumo-fixtures runs teardown --namespace pay --except pay-eu --dir ./kumo-data
      """)

  @Argument(help: "The run's name or directory (default: this job's run).")
  var target: String?

  @OptionGroup var place: RunsFolderOptions

  @Option(name: .long, help: "Take out only what belongs to this namespace.")
  var namespace: String?

  @Option(
    name: .long, help: "With --namespace: a namespace that begins with it and stays (repeatable, or with commas).")
  var except: [String] = []

  @Option(name: .long, help: "With --namespace: the data directory (default: the run's).")
  var dir: String?

  @Option(name: .long, help: "With --namespace: the address of a KUMO at work.")
  var endpoint: String?

  @Option(name: .long, help: "Seconds to wait for those who work in the directory, or for messages in flight.")
  var wait: Int = 10

  @Flag(name: .long, help: "Print what would be deleted, and delete nothing.")
  var dryRun = false

  @Flag(name: .long, help: "Also a run whose owner lives or cannot be looked at, and queues with messages in flight.")
  var force = false

  @Option(name: .long, help: "Form of the report: text or json.")
  var format: ResultFormat = .text

  package init() {}

  package func validate() throws {
    if wait < 0 { throw ValidationError("--wait takes seconds") }
    if namespace == nil, dir != nil || endpoint != nil || !except.isEmpty {
      throw ValidationError("--dir, --endpoint and --except belong to --namespace")
    }
    if [target, dir, endpoint].compactMap({ $0 }).count > 1 {
      throw ValidationError("name one place: a run, a directory with --dir, or an address with --endpoint")
    }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    try CommandFailure.translating {
      if let namespace { return try takeOut(NamespaceMembers(namespace, others: others), in: context) }
      let path = try place.path(target, in: context)
      let report = try Teardown(path, options: .init(force: force, dryRun: dryRun, wait: .seconds(wait))).run()
      switch format {
      case .text: for line in TeardownText.lines(report) { try context.result(line) }
      case .json: try context.result(TeardownText.json(report))
      }
      return report.failures.isEmpty ? .success : .findings
    }
  }

  private var others: [String] { except.flatMap { $0.split(separator: ",").map(String.init) } }

  private func takeOut(_ members: NamespaceMembers, in context: CommandContext) throws -> ExitStatus {
    let report =
      try endpoint.map { try live(members, at: Endpoint(parsing: $0), in: context) }
      ?? stopped(members, in: context)
    switch format {
    case .text: for line in NamespaceTeardownText.lines(report) { try context.result(line) }
    case .json: try context.result(NamespaceTeardownText.json(report))
    }
    return report.failures.isEmpty ? .success : .findings
  }

  private func live(
    _ members: NamespaceMembers, at endpoint: Endpoint, in context: CommandContext
  ) throws -> NamespaceReport {
    var options = LiveNamespaceTeardown.Options()
    options.dryRun = dryRun
    options.wait = .seconds(wait)
    options.force = force
    let cancellation = context.environment.cancellation
    options.checkpoint = {
      guard cancellation.signal != nil else { return }
      throw CommandFailure(.failure, "stopped by a signal", hint: "run the same command again to finish the teardown")
    }
    let journal = TeardownJournal(
      folder: place.folder(in: context).path, endpoint: endpoint.description, namespace: members.name)
    return try LiveNamespaceTeardown(members, at: endpoint, journal: journal, options: options).run()
  }

  private func stopped(_ members: NamespaceMembers, in context: CommandContext) throws -> NamespaceReport {
    let path = try dir.map { context.environment.path($0) } ?? place.path(target, in: context)
    let cancellation = context.environment.cancellation
    let teardown = NamespaceTeardown(
      members, in: path, dryRun: dryRun, force: force, wait: .seconds(wait)
    ) {
      try cancellation.check()
    }
    return try teardown.run()
  }
}
