import ArgumentParser
import Artifacts
import Differences
import Documents
import Files
import KumoState
import SystemPackage

/// `diff`: in what two data directories differ, by resource.
package struct DiffCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Show in what two data directories or artifacts differ, by resource.",
    discussion: """
      Compares buckets, objects, versions and their metadata, tables, items and attributes, queues and messages, and \
      everything else by entry and JSON path. Where a body is kept does not count: the layouts inline, portable and \
      blobs of the same objects are equal.

      What KUMO changes by itself when it is started and stopped does not count, unless --exact is given: the order of \
      map and set entries, null for an empty list, the zone and fraction of times, files of services that hold \
      nothing, ItemCount of tables, the groups and buses that it makes itself, and fields that no known release reads. \
      Such differences are counted in the summary.

      Values that could be a secret are never shown, only their types and lengths; nor are names of items, secrets and \
      the like that look random: these have their byte offset in the file.

      Exit code 0 when nothing differs, 1 when something does.

      Examples:
        kumo-fixtures diff .kumo-data/shop .kumo-data/runs/run-123
        kumo-fixtures diff shop-v1.tar.zst shop-v2.tar.zst --stat
        kumo-fixtures diff ./before ./after --service s3,dynamodb --format json
      """)

  @Argument(help: "The first data directory or artifact.")
  var first: String

  @Argument(help: "The second data directory or artifact.")
  var second: String

  @Option(name: .long, help: "Compare only this service (repeatable, or with commas).")
  var service: [String] = []

  @Flag(name: .long, help: "Count what KUMO changes by itself, too.")
  var exact = false

  @Flag(name: .long, help: "Show only how many resources were added, removed and changed.")
  var stat = false

  @Option(name: .long, help: "Changes of each service that are shown; all are counted.")
  var limit = 1000

  @OptionGroup var limits: LimitOptions

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if limit < 0 { throw ValidationError("--limit takes a number of changes, at least 0") }
    for name in services where ServiceCatalogue.service(named: name.utf8) == nil {
      let nearest = NearestName.find(Array(name.utf8), among: ServiceCatalogue.all.map(\.name))
      let hint = nearest.map { ", did you mean '\($0)'?" } ?? ""
      throw ValidationError("'\(DisplayName.escape(Array(name.utf8)))' is no service of KUMO\(hint)")
    }
  }

  private var services: [String] { service.flatMap { $0.split(separator: ",").map(String.init) } }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let scratch = FilePath(context.environment.variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp")
    let opened = try ComparedPair(first, second, scratch: scratch, limits.limits, quiet: common.quiet, in: context)
    defer { opened.close() }
    var options = DifferenceOptions()
    options.isExact = exact
    options.services = service.isEmpty ? nil : Set(services)
    options.changeLimit = stat ? 0 : limit
    options.scratch = scratch
    let cancellation = context.environment.cancellation
    options.checkCancellation = { try cancellation.check() }
    let difference: DirectoryDifference
    do {
      difference = try compare(opened.first, opened.second, options)
    } catch let error as DifferenceError {
      throw CommandFailure(describing: error, first, second)
    }
    switch format {
    case .text:
      try context.environment.standardOutput.write(DifferenceText(isStatistic: stat).render(difference))
    case .json:
      try context.environment.standardOutput.write(DifferenceJSON.render(difference, first, second))
    }
    return difference.isEmpty ? .success : .findings
  }
}

extension CommandFailure {
  /// What it means that two directories cannot be compared; `first` and `second` are what the user calls them.
  init(describing error: DifferenceError, _ first: String, _ second: String) {
    let place = error.side.map { ($0 == .first ? first : second) + ": " } ?? ""
    self.init(.failure, place + error.message, hint: error.hint)
  }
}

/// Two directories to be compared; artifacts are opened in a place of their own, which is gone with this value.
final class ComparedPair {
  let first: Directory
  let second: Directory
  /// Locked while it is in use: what a killed process left there is removed by the next one.
  private let stage: StagedDirectory?

  init(
    _ first: String, _ second: String, scratch: FilePath, _ limits: ArtifactLimits, quiet: Bool,
    in context: CommandContext
  ) throws {
    var stage: StagedDirectory?
    func open(_ argument: String, as name: String) throws -> Directory {
      switch try ArtifactSource.open(argument, context.environment.cancellation.artifactFlag(), in: context) {
      case .directory(let directory): return directory
      case .artifact(let artifact):
        let place = try stage ?? StagedDirectory.create(for: scratch.appending("kumo-fixtures-diff"), mode: 0o700)
        stage = place
        let progress = ProgressMeter("opening \(argument)", in: context.environment, quiet: quiet)
        defer { progress.finish() }
        var options = UnpackOptions(read: ReadOptions(limits, progress: progress, in: context))
        options.fileMode = 0o600
        options.directoryMode = 0o700
        let target = place.directory.path.appending(name)
        _ = try ArtifactExtractor.unpack(artifact, to: target, options)
        return try Directory.open(target)
      }
    }
    do {
      self.first = try open(first, as: "first")
      self.second = try open(second, as: "second")
    } catch {
      try? stage?.discard()
      throw error
    }
    self.stage = stage
  }

  /// Removes what was opened.
  func close() { try? stage?.discard() }
}
