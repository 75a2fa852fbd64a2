import ArgumentParser
import Digests
import Files
import FixtureTree
import JSONBytes
import Migrations
import Runs
import Specs
import SystemPackage

/// `migrate ensure`: makes sure that a directory is what a harness needs.
package struct MigrateEnsureCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "ensure",
    abstract: "Make a directory what a spec says: leave it, migrate it, or discard it and build it anew.",
    discussion: """
      For the beginning of a test run. Prints which of the three was done, and why. A directory that is no fixture, \
      another fixture, or one with changes that nobody recorded is not discarded without --force. Steps come from this \
      program, from --steps, or from the folder 'migrations' beside the spec document.

      Examples:
        kumo-fixtures migrate ensure .kumo-data/shop --spec shop
        kumo-fixtures migrate ensure .kumo-data/orders --spec fixtures/orders.yaml
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "A spec document, or the name of a spec in code.")
  var spec: String

  @Option(name: .long, help: "Where it is built anew: how S3 bodies are stored (inline, portable or blobs).")
  var layout: LayoutName = .portable

  @Flag(name: .long, help: "Discard the directory also when it holds changes that nobody recorded, or something else.")
  var force = false

  @OptionGroup var options: MigrationOptions

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let fixture = try SpecSource(context: context).resolve(spec)
    let place: FilePath? = context.specs[spec] == nil && spec != "-" ? context.environment.path(spec) : nil
    let decision = try decide(fixture, beside: place, in: context)
    var digest = decision.treeDigest
    switch decision.action {
    case .current: break
    case .migrate:
      let run = try options.run(path, quiet: common.quiet, beside: place, in: context)
      digest = try run.executor.apply(
        run.target, .init(path: path, target: fixture.version, arguments: options.steps.stepArguments)
      ).treeDigests.after
    case .rebuild:
      digest = try rebuild(fixture, in: context)
    }
    try report(decision, fixture, digest, in: context)
    return .success
  }

  /// What is to be done.
  private enum Action: String {
    case current
    case migrate
    case rebuild
  }

  private struct Decision {
    var action: Action
    var reason: String
    var treeDigest = ""
  }

  private func decide(
    _ fixture: ResolvedFixture, beside place: FilePath?, in context: CommandContext
  ) throws -> Decision {
    let target = context.environment.path(path)
    let existing: ExistingFixture?
    do {
      existing = try ExistingFixture.inspect(target, for: fixture.name, force: false)
    } catch let failure as CommandFailure where force {
      return Decision(action: .rebuild, reason: failure.message)
    }
    guard let existing, let document = try FixtureDocument.read(from: Directory.open(target)) else {
      return Decision(action: .rebuild, reason: "there is no fixture yet")
    }
    let digest = existing.treeDigest.map { "sha256:\($0.hex)" } ?? ""
    let registry = try options.steps.registry(for: document.name, beside: place, in: context)
    let plan = MigrationPlanner(registry).plan(
      document, .init(path: path, target: fixture.version > document.version ? fixture.version : nil))
    let hasHistory = document.ledger.contains { $0.kind != .layout }
    if let problem = try options.steps.sumProblem(beside: place, in: context) { throw problem }
    if document.version == fixture.version {
      if let refusal = plan.refusals.first, hasHistory { return Decision(action: .rebuild, reason: refusal.message) }
      guard document.origin == .generated, !hasHistory, document.spec?.digest != "sha256:" + fixture.digest else {
        let reason = hasHistory ? "it was migrated to version \(fixture.version)" : "it has version \(fixture.version)"
        return Decision(action: .current, reason: reason, treeDigest: digest)
      }
      return Decision(action: .rebuild, reason: "the spec changed without a new version")
    }
    if document.version > fixture.version {
      return Decision(
        action: .rebuild, reason: "it has version \(document.version), later than the spec's \(fixture.version)")
    }
    if let refusal = plan.refusals.first { return Decision(action: .rebuild, reason: refusal.message) }
    guard plan.targetVersion == fixture.version else {
      return Decision(
        action: .rebuild,
        reason: "no steps lead from version \(document.version) to the spec's version \(fixture.version)")
    }
    let names = plan.actions.map(\.step.id).joined(separator: ", ")
    return Decision(
      action: .migrate, reason: "steps lead from version \(document.version) to \(fixture.version): \(names)")
  }

  private func rebuild(_ fixture: ResolvedFixture, in context: CommandContext) throws -> String {
    let target = context.environment.path(path)
    let permit = try WorkPermit.take(target, for: .changing)
    // Looked at again under the lock: what came meanwhile is not to be lost.
    _ = try ExistingFixture.inspect(target, for: fixture.name, force: force)
    let staged = try StagedDirectory.create(for: target, mode: 0o755)
    do {
      let manifest = try FixtureGenerator(fixture, layout: layout.layout).write(into: staged.directory) { _ in
        try context.environment.cancellation.check()
      }
      try staged.commit(replacing: .exchange)
      return withExtendedLifetime(permit) { "sha256:\(manifest.treeDigest.hex)" }
    } catch {
      try? staged.discard()
      throw error
    }
  }

  private func report(
    _ decision: Decision, _ fixture: ResolvedFixture, _ digest: String, in context: CommandContext
  ) throws {
    switch options.format {
    case .text:
      let verb =
        switch decision.action {
        case .current: "current"
        case .migrate: "migrated"
        case .rebuild: "built anew"
        }
      try context.result("\(verb): \(path) is \(fixture.name) version \(fixture.version) (\(decision.reason))")
    case .json:
      var json = JSONWriter(style: .pretty)
      json.beginObject()
      json.field("path", path)
      json.field("action", decision.action.rawValue)
      json.field("reason", decision.reason)
      json.field("fixture", fixture.name)
      json.field("version", fixture.version)
      json.field("treeDigest", digest)
      json.endObject()
      try context.result(json)
    }
  }
}
