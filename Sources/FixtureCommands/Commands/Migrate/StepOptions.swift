import ArgumentParser
import Files
import FixtureTree
import KumoState
import Migrations
import SystemPackage

/// Where steps come from.
struct StepOptions: ParsableArguments, Sendable {
  @Option(name: .long, help: "A folder of step documents, besides the steps that this program was built with.")
  var steps: String?

  @Option(
    name: .long,
    help: "The sum file that the steps must agree with (default: migrations.sum in the folder of the steps).")
  var sum: String?

  /// The folder that the options name, or `migrations` beside a spec document when it is there.
  func folder(beside spec: FilePath? = nil, in context: CommandContext) -> (path: FilePath, shown: String)? {
    if let steps { return (context.environment.path(steps), steps) }
    guard let spec else { return nil }
    let folder = spec.removingLastComponent().appending("migrations")
    return (try? Directory.open(folder)) == nil ? nil : (folder, folder.string)
  }

  /// The steps for a fixture; without a name only those that are for every fixture, and those of the folder.
  func registry(
    for fixture: String?, beside spec: FilePath? = nil, in context: CommandContext
  ) throws -> MigrationRegistry {
    let documents = try folder(beside: spec, in: context).map {
      try context.stepSource.steps(in: $0.path, shownAs: $0.shown)
    }
    let all = context.steps + (documents ?? [])
    guard let fixture else { return try MigrationRegistry(all.filter { $0.fixture == nil }) }
    return try MigrationRegistry(
      all.filter { step in step.fixture.map { $0.utf8.elementsEqual(fixture.utf8) } ?? true })
  }

  /// The steps that a sum file covers: those of the folder, and those of this program for the same fixtures.
  func coveredRegistry(beside spec: FilePath? = nil, in context: CommandContext) throws -> MigrationRegistry {
    guard let folder = folder(beside: spec, in: context) else { return try MigrationRegistry(context.steps) }
    let documents = try context.stepSource.steps(in: folder.path, shownAs: folder.shown)
    let fixtures = Set(documents.compactMap(\.fixture))
    return try MigrationRegistry(
      context.steps.filter { step in step.fixture.map { fixtures.contains($0) } ?? true } + documents)
  }

  /// The sum file's place; nil when nothing says where it is.
  func sumFile(beside spec: FilePath? = nil, in context: CommandContext) -> (path: FilePath, shown: String)? {
    if let sum { return (context.environment.path(sum), sum) }
    if let folder = folder(beside: spec, in: context) {
      return (folder.path.appending(SumFile.name), "\(folder.shown)/\(SumFile.name)")
    }
    return nil
  }

  /// What is wrong with the sum file; nil when it is right, or when there is none and nobody named one.
  func sumProblem(beside spec: FilePath? = nil, in context: CommandContext) throws -> MigrationError? {
    guard let place = sumFile(beside: spec, in: context) else { return nil }
    let file = try Directory.containing(place.path)
    if sum == nil, try file.directory.status(file.name) == nil { return nil }
    let bytes = try file.directory.read(file.name, limit: SumFile.sizeLimit)
    let differences = try SumFile(coveredRegistry(beside: spec, in: context)).differences(from: bytes)
    guard !differences.isEmpty else { return nil }
    return MigrationError(
      .refused, "the steps are not those that '\(place.shown)' was written for",
      hint:
        "if they are as they should be, run 'kumo-fixtures migrate sum --write\(stepArguments)' and commit the file",
      details: differences)
  }

  /// The options as they are typed again, with a space in front.
  var stepArguments: String {
    (steps.map { " --steps \($0)" } ?? "") + (sum.map { " --sum \($0)" } ?? "")
  }
}

/// How steps are run.
struct StepRunOptions: ParsableArguments, Sendable {
  @Option(name: .long, help: "Seconds that one step may take; 0 for no limit.")
  var stepTimeout = 600

  @Option(name: .long, help: "How many snapshots of the directory are kept; 0 for none.")
  var keepSnapshots = 10

  func validate() throws {
    if stepTimeout < 0 { throw ValidationError("--step-timeout takes seconds, or 0 for no limit") }
    if keepSnapshots < 0 { throw ValidationError("--keep-snapshots takes a number, or 0 for none") }
  }

  /// The executor's settings in this environment.
  func settings(in context: CommandContext, quiet: Bool) -> MigrationSettings {
    MigrationNeighbours(context: context).settings(
      stepTimeout: stepTimeout == 0 ? nil : .seconds(stepTimeout), keepSnapshots: keepSnapshots, quiet: quiet)
  }
}

/// What every command that changes a directory by steps takes.
struct MigrationOptions: ParsableArguments, Sendable {
  @OptionGroup var steps: StepOptions
  @OptionGroup var running: StepRunOptions

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  /// The checked steps and the executor for a directory.
  ///
  /// - Parameter spec: a spec document that steps may stand beside.
  func run(
    _ path: String, quiet: Bool, beside spec: FilePath? = nil, in context: CommandContext
  ) throws -> MigrationRun {
    try MigrationRun(path, steps, running.settings(in: context, quiet: quiet), beside: spec, in: context)
  }
}

/// What the user named, and what stands there.
struct MigrationTarget {
  /// As the user named it.
  let shown: String
  let path: FilePath
  let document: FixtureDocument?

  /// Reads `fixture.json`; takes no lock.
  init(_ shown: String, in context: CommandContext) throws {
    self.shown = shown
    path = context.environment.path(shown)
    document = try FixtureDocument.read(from: Directory.open(path))
  }
}
