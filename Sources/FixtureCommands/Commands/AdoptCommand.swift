import ArgumentParser
import Digests
import Files
import FixtureTree
import JSONBytes
import KumoState
import Migrations
import Runs
import SystemPackage

/// `adopt`: gives a directory that KUMO wrote its `fixture.json` and manifest.
package struct AdoptCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "adopt",
    abstract: "Give a data directory that KUMO wrote its fixture.json and manifest.",
    discussion: """
      No other byte changes. From then on every change in the directory is noticed by 'validate' and 'verify'. Stop \
      KUMO first: a directory that is being written to has no identity.

      Examples:
        kumo-fixtures adopt ./kumo-data --name shop
        kumo-fixtures adopt .kumo-data/shop --force    # after a change that is wanted
        kumo-fixtures adopt ./data --name shop --baseline 0002-x --steps migrations
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "The fixture's name (default: the one it has, or the folder's name).")
  var name: String?

  @Option(name: .long, help: "The fixture's version (default: the one it has, or 1).")
  var fixtureVersion: Int?

  @Option(name: .long, help: "The version of the application that the data belongs to.")
  var appVersion: String?

  @Option(
    name: .long,
    help:
      "The last migration step whose effect the data has; its version becomes the fixture's, and the ledger begins there."
  )
  var baseline: String?

  @OptionGroup var steps: StepOptions

  @Flag(name: .long, help: "Adopt a directory that has a fixture.json already: its content is what you want.")
  var force = false

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if baseline != nil, fixtureVersion != nil {
      throw ValidationError("--baseline says the version, so --fixture-version cannot be given with it")
    }
    if let fixtureVersion, fixtureVersion < 1 { throw ValidationError("--fixture-version counts from 1") }
    if let name, name.isEmpty || name.contains(where: { $0.isWhitespace || $0 == "/" }) {
      throw ValidationError("a fixture's name has no spaces and no '/'")
    }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let target = context.environment.path(path)
    let permit = try WorkPermit.take(target, for: .changing)
    defer { withExtendedLifetime(permit) {} }
    let directory = try Directory.open(target)
    let previous = try standing(in: directory)
    var document = try describe(directory, previous: previous, target: target)
    let progress = ProgressMeter("adopting \(path)", in: context.environment, quiet: common.quiet)
    if let baseline { try begin(&document, with: baseline, directory, in: context) }
    let manifest = try manifest(of: directory, with: document, progress: progress, context: context)
    progress.finish()
    // The manifest goes first: without fixture.json it means nothing, so the second rename makes the directory a fixture.
    try manifest.write(to: directory, mode: 0o644)
    try document.write(to: directory, mode: 0o644)
    try report(document, manifest, context: context)
    return .success
  }

  private func standing(in directory: Directory) throws -> FixtureDocument? {
    for sentinel in FixtureNames.sentinels where try directory.status(sentinel) != nil {
      throw CommandFailure(
        .refused, "'\(path)' is the directory of a run ('\(sentinel)' is there)",
        hint: "copy what you want to keep to another directory and adopt that")
    }
    let previous: FixtureDocument?
    do {
      previous = try FixtureDocument.read(from: directory)
    } catch let error as FixtureTreeError where error.code == .badDocument && force {
      return nil
    }
    if let previous, !force {
      throw CommandFailure(
        .refused, "'\(path)' is the fixture '\(previous.name)' version \(previous.version) already",
        hint:
          "run 'kumo-fixtures validate \(path)' to compare it with its manifest, or add --force to take it as it is now"
      )
    }
    return previous
  }

  private func describe(
    _ directory: Directory, previous: FixtureDocument?, target: FilePath
  ) throws -> FixtureDocument {
    let inspection = DirectoryInspection(directory)
    if let problem = inspection.problems.first {
      throw CommandFailure(
        .findings, "'\(path)' holds a file that KUMO would not read: \(problem.file): \(problem.message)",
        hint: "run 'kumo-fixtures validate \(path)' to see everything that is wrong with it")
    }
    let folder = target.lexicallyNormalized().lastComponent?.string ?? "fixture"
    var document = FixtureDocument(
      name: name ?? previous?.name ?? folder, version: fixtureVersion ?? previous?.version ?? 1,
      appVersion: appVersion ?? previous?.appVersion, origin: .adopted, layout: inspection.layout.description,
      services: inspection.services.map(\.service.name),
      ledger: previous?.ledger ?? [])
    document.lastMigration = previous?.lastMigration
    return document
  }

  /// Lets the ledger begin with a step that was not run here.
  private func begin(
    _ document: inout FixtureDocument, with id: String, _ directory: Directory, in context: CommandContext
  ) throws {
    guard document.ledger.isEmpty else {
      throw CommandFailure(
        .refused, "'\(path)' has a ledger already, which says which steps its data has had",
        hint: "leave out --baseline; 'kumo-fixtures migrate status \(path)' shows the ledger")
    }
    let registry = try steps.registry(for: document.name, in: context)
    guard let entry = registry[id] else {
      let known = registry.chain(for: document.name).map(\.step.id).joined(separator: ", ")
      throw CommandFailure(
        .failure, "there is no step '\(id)'",
        hint: known.isEmpty
          ? "name the folder of the steps with --steps" : "the steps for '\(document.name)' are \(known)")
    }
    let state = try TreeManifest(of: directory)
    document.version = entry.step.to
    document.ledger = [
      LedgerRow(
        id: id, kind: .baseline, stepKind: entry.step.kind.rawValue, title: entry.step.title, from: entry.step.from,
        to: entry.step.to, digest: entry.digest,
        appliedAt: GoTime(seconds: MigrationNeighbours(context: context).now).description,
        toolVersion: ToolVersion.current, treeDigestBefore: "sha256:" + state.treeDigest.hex,
        contentDigestAfter: "sha256:" + state.contentDigest.hex)
    ]
  }

  /// The manifest of the directory as it will be: with the new `fixture.json`.
  private func manifest(
    of directory: Directory, with document: FixtureDocument, progress: ProgressMeter, context: CommandContext
  ) throws -> TreeManifest {
    let cancellation = context.environment.cancellation
    let standing = try TreeManifest(of: directory) { count in
      try cancellation.check()
      progress.add(bytes: count)
    }
    let others = standing.manifest.entries.filter { $0.name != FixtureNames.document.bytes }
    let own = Manifest.Entry(
      digest: try SHA256Hasher.hash(of: document.bytes), name: FixtureNames.document.bytes)
    return try TreeManifest(Manifest(others + [own]))
  }

  private func report(_ document: FixtureDocument, _ manifest: TreeManifest, context: CommandContext) throws {
    switch format {
    case .text:
      try context.result("adopted \(path) as \(document.name) version \(document.version) (layout \(document.layout))")
      try context.result("\(manifest.manifest.entries.count) files, tree digest sha256:\(manifest.treeDigest.hex)")
    case .json:
      var json = JSONWriter(style: .pretty)
      json.beginObject()
      json.field("path", path)
      json.field("name", document.name)
      json.field("version", document.version)
      json.field("layout", document.layout)
      json.field("files", manifest.manifest.entries.count)
      json.field("treeDigest", "sha256:\(manifest.treeDigest.hex)")
      json.endObject()
      try context.result(json)
    }
  }
}
