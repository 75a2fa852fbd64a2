import ArgumentParser
import Digests
import Files
import FixtureTree
import JSONBytes
import KumoState
import Runs
import Specs
import SystemPackage

/// `generate`: writes a fixture from a spec.
package struct GenerateCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write a fixture from a spec: the same bytes on every machine.",
    discussion: """
      SPEC is a YAML or JSON document, '-' for standard input, or the name of a spec in code. The directory is built \
      beside its place and swapped in whole: whatever happens, the old state or the new one stands there.

      A directory that is no fixture, or whose files were changed since it was generated, is not overwritten without
      --force.

      With a fixtures.lock (in the current folder, or named with --lock) the tree digest of the fixture is pinned there:
      commit the file, and a changed fixture shows in review.

      Examples:
        kumo-fixtures generate shop --out .kumo-data/shop
        kumo-fixtures generate orders.yaml --out .kumo-data/orders --layout blobs
        ./make-spec.py | kumo-fixtures generate - --out .kumo-data/made
        kumo-fixtures generate shop --out .kumo-data/shop --check
      """)

  @Argument(help: "A spec document, '-' for standard input, or the name of a spec in code.")
  var spec: String

  @Option(name: .long, help: "The data directory to write.")
  var out: String

  @Option(name: .long, help: "How S3 bodies are stored: inline, portable (every release loads it) or blobs (newest).")
  var layout: LayoutName = .portable

  @Option(name: .long, help: "Prefix for the names or keys of this fixture; overrides the spec's own.")
  var namespace: String?

  @Flag(name: .long, help: "Change nothing; exit 1 if the directory or the lock file is not what the spec gives.")
  var check = false

  @Option(
    name: .long, help: "The lock file that pins the fixture's tree digest (default: fixtures.lock if it is there).")
  var lock: String?

  @Flag(name: .long, help: "Exit 1 and write nothing when the fixture is not the one that the lock file pins.")
  var locked = false

  @Flag(name: .long, help: "Overwrite a directory that is no fixture or was changed.")
  var force = false

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if check && force { throw ValidationError("--check changes nothing, so --force means nothing with it") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let fixture = try SpecSource(context: context).resolve(spec, namespace: namespace)
    let target = context.environment.path(out)
    // Whoever copies the fixture at this moment is waited for.
    let permit = check ? nil : try WorkPermit.take(target, for: .changing, waiting: .seconds(10))
    defer { withExtendedLifetime(permit) {} }
    let progress = ProgressMeter("generating \(fixture.name)", in: context.environment, quiet: common.quiet)
    let existing = check ? nil : try ExistingFixture.inspect(target, for: fixture.name, force: force)
    let parent = target.removingLastComponent()
    if !check, !parent.isEmpty { _ = try Directory.create(parent, mode: 0o755, intermediates: true) }
    let staged = try StagedDirectory.create(for: target, mode: 0o755)
    do {
      let manifest = try FixtureGenerator(fixture, layout: layout.layout).write(into: staged.directory) { _ in
        try context.environment.cancellation.check()
        progress.add(files: 1)
      }
      progress.finish()
      let lock = try LockFile(option: lock, context: context)
      let entry = FixturesLock.Entry(
        name: fixture.name, version: fixture.version, layout: layout.rawValue, treeDigest: manifest.treeDigest)
      if check { return try compare(manifest, with: target, entry: entry, lock: lock, context: context) }
      if locked, let drift = lock.drift(from: entry) { throw drift }
      let unchanged = existing?.treeDigest == manifest.treeDigest
      if unchanged {
        try staged.discard()
      } else {
        try context.environment.cancellation.check()
        try staged.commit(replacing: .exchange)
      }
      try lock.pin(entry)
      try report(fixture, manifest, unchanged: unchanged, context: context)
      return .success
    } catch {
      progress.finish()
      try? staged.discard()
      throw error
    }
  }

  /// Compares what stands in the directory with what the spec gives.
  private func compare(
    _ manifest: TreeManifest, with target: FilePath, entry: FixturesLock.Entry, lock: LockFile, context: CommandContext
  ) throws -> ExitStatus {
    var status = ExitStatus.success
    if let drift = lock.drift(from: entry) {
      try context.result("\(lock.displayPath): \(drift.message)")
      status = .findings
    }
    let differences = try manifest.differences(from: Directory.open(target))
    for difference in differences {
      try context.result("\(out)/\(difference.displayPath): \(words(for: difference.kind))")
    }
    let standing = try? Directory.open(target).read(FixtureNames.manifest, limit: TreeManifest.sizeLimit)
    if differences.isEmpty, standing != manifest.bytes {
      try context.result("\(out)/\(FixtureNames.manifest): differs from the manifest of the generated fixture")
      status = .findings
    }
    if !differences.isEmpty { status = .findings }
    if status == .success {
      try context.message("\(out) is what the spec gives: sha256:\(manifest.treeDigest.hex)", unless: common.quiet)
    } else {
      try context.message(
        "\(out) is not what the spec gives; run 'kumo-fixtures generate \(spec) --out \(out)' to write it anew",
        unless: common.quiet)
    }
    return status
  }

  private func words(for kind: ManifestDifference.Kind) -> String {
    switch kind {
    case .missing: "missing, the spec makes it"
    case .extra: "not made by the spec"
    case .changed: "differs from what the spec makes"
    case .unreadable(let error): error.message
    }
  }

  private func report(
    _ fixture: ResolvedFixture, _ manifest: TreeManifest, unchanged: Bool, context: CommandContext
  ) throws {
    switch format {
    case .text:
      let verb = unchanged ? "unchanged" : "generated"
      try context.result("\(verb) \(fixture.name) version \(fixture.version) in \(out) (layout \(layout.rawValue))")
      try context.result("\(manifest.manifest.entries.count) files, tree digest sha256:\(manifest.treeDigest.hex)")
    case .json:
      var json = JSONWriter(style: .pretty)
      json.beginObject()
      json.field("path", out)
      json.field("name", fixture.name)
      json.field("version", fixture.version)
      json.field("layout", layout.rawValue)
      json.key("changed")
      json.bool(!unchanged)
      json.field("files", manifest.manifest.entries.count)
      json.field("treeDigest", "sha256:\(manifest.treeDigest.hex)")
      json.endObject()
      try context.result(json)
    }
  }
}
