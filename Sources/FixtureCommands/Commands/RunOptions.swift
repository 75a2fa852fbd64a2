import ArgumentParser
import Artifacts
import Digests
import Files
import FixtureTree
import KumoState
import Runs
import Specs
import SystemPackage

/// Where runs are.
struct RunsFolderOptions: ParsableArguments, Sendable {
  @Option(name: .long, help: "The folder of the runs.")
  var root = ".kumo-data/runs"

  func folder(in context: CommandContext) -> RunsFolder { RunsFolder(context.environment.path(root)) }

  /// The directory that an argument names: a path when it has a slash, otherwise a run's name; without an argument this
  /// job's own run.
  func path(_ argument: String?, in context: CommandContext) throws -> FilePath {
    if let argument, argument.contains("/") { return context.environment.path(argument) }
    return folder(in: context).path(of: try argument ?? RunOptions.name(nil, in: context).name)
  }
}

/// What a new run is.
struct RunOptions: ParsableArguments, Sendable {
  @Option(name: .long, help: "Make the data from this spec: a document, '-', or the name of a spec in code.")
  var spec: String?

  @Option(name: .long, help: "Copy the data of this fixture or data directory, or unpack this artifact.")
  var from: String?

  @Option(name: .long, help: "With --spec: how S3 bodies are stored: inline, portable or blobs.")
  var layout: LayoutName = .portable

  @Option(name: .customLong("run"), help: "The run's name (default: from the CI job, or the branch, and the worker).")
  var runName: String?

  @Option(name: .long, help: "What the names of the tests' resources begin with; see 'namespace'.")
  var namespace: String?

  @Flag(name: .long, help: "Go on with the data of a run of this name whose owner is dead.")
  var resume = false

  @Flag(name: .long, help: "Begin with the version that --from has, although there are steps to later ones.")
  var noMigrate = false

  @OptionGroup var steps: StepOptions

  func validate() throws {
    if spec != nil, from != nil { throw ValidationError("--spec and --from cannot both be given") }
    if let runName, RunName(chosen: runName) == nil {
      throw ValidationError("a run's name has letters, digits, '.', '_' and '-', and begins with a letter or digit")
    }
  }

  /// The name that was chosen, or that the environment gives.
  static func name(_ chosen: String?, in context: CommandContext) throws -> RunName {
    let environment = context.environment
    let found = try RunName(variables: environment.variables) { GitBranch.current(in: environment.workingDirectory) }
    guard let chosen, let name = RunName(chosen: chosen, worker: found.worker) else { return found }
    return name
  }

  /// The new run for an owner.
  func request(owner: RunOwner, in context: CommandContext) throws -> RunsFolder.Request {
    RunsFolder.Request(
      name: try Self.name(runName, in: context), owner: owner, namespace: namespace, now: context.environment.now(),
      resume: resume)
  }

  /// The fixture that the run begins as, when it is there already.
  func fixture(in context: CommandContext) throws -> RunRecord.Fixture? {
    guard let from, case .directory(let directory) = try source(from, in: context) else { return nil }
    if !noMigrate, try RunMigration(steps: steps, context: context).isNeeded(for: directory) { return nil }
    return try RunsFolder.fixture(of: directory.path)
  }

  private func source(_ from: String, in context: CommandContext) throws -> ArtifactSource {
    try ArtifactSource.open(from, context.environment.cancellation.artifactFlag(), in: context)
  }

  /// Writes the data into a new directory.
  func fill(_ directory: Directory, in context: CommandContext) throws -> RunRecord.Fixture? {
    if let from {
      let fixture = try fill(directory, from: from, in: context)
      guard fixture != nil, !noMigrate else { return fixture }
      try RunMigration(steps: steps, context: context).bringUpToDate(directory)
      return try RunsFolder.fixture(of: directory.path)
    }
    guard let spec else { return nil }
    let fixture = try SpecSource(context: context).resolve(spec)
    let manifest = try FixtureGenerator(fixture, layout: layout.layout).write(into: directory) { _ in
      try context.environment.cancellation.check()
    }
    return RunRecord.Fixture(
      name: fixture.name, version: fixture.version, treeDigest: "sha256:\(manifest.treeDigest.hex)")
  }

  /// Copies or unpacks.
  private func fill(
    _ directory: Directory, from: String, in context: CommandContext
  ) throws -> RunRecord.Fixture? {
    guard case .artifact(let artifact) = try source(from, in: context) else {
      return try RunsFolder.copy(context.environment.path(from), to: directory)
    }
    var read = ReadOptions()
    read.cancellation = context.environment.cancellation.artifactFlag()
    var options = UnpackOptions(read: read)
    // What an earlier run has printed is no part of this one.
    options.filter = MemberFilter(include: [], exclude: [Array("logs/**".utf8)])
    try ArtifactExtractor.unpack(artifact, into: directory, options)
    return try RunsFolder.fixture(of: directory.path)
  }
}
