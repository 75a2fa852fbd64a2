import ArgumentParser
import Artifacts
import Files
import FixtureTree
import JSONBytes
import Redaction
import Runs
import SystemPackage

/// `redact DIR --out DIR2`: writes a directory without secrets.
package struct RedactApplyCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Write a copy of a data directory in which every secret is replaced (what 'redact' does by default).",
    discussion: """
      Everything is written beside the target, searched again with every detector and for every removed value in every \
      encoding, validated, and only then put in place with one rename. Any doubt fails the command, and then nothing \
      is there. A directory without secrets is copied byte for byte.

      Equal secrets get equal pseudonyms within one redaction. The key behind them is random and thrown away unless
      --key-file names one. fixture.json records how many secrets of which class were replaced where, never a value.

      --check writes nothing and says where the secrets are: 'redact check --help' has its options.

      Examples:
        kumo-fixtures redact ./kumo-data --out ./clean
        kumo-fixtures redact ./kumo-data --check --format sarif
        kumo-fixtures redact ./kumo-data --in-place --personal
        kumo-fixtures redact failure.tar.zst --out ./clean --key-file ~/redaction.key
      """)

  @Argument(help: "The data directory, or an artifact.")
  var path: String

  @Option(name: .long, help: "The directory to write; it must not exist.")
  var out: String?

  @Flag(name: .long, help: "Put the result in the place of the directory itself, with one exchange.")
  var inPlace = false

  @Flag(name: .long, help: "Write nothing: say where the secrets are; exit code 1 if there is any.")
  var check = false

  @OptionGroup var settings: RedactionSettings

  @OptionGroup var checking: CheckOptions

  @OptionGroup var limits: LimitOptions

  @Option(name: .long, help: "Form of the result: text or json; with --check also github or sarif.")
  var format: SecretFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if check {
      guard out == nil, !inPlace else {
        throw ValidationError("--check writes nothing: leave --out and --in-place out")
      }
      if checking.isGiven { try settings.requireKey() }
      return
    }
    guard (out == nil) == inPlace else {
      throw ValidationError(
        "name a new directory with --out DIR, redact the directory itself with --in-place, or only look with --check")
    }
    if checking.isGiven { throw ValidationError("--baseline and --write-baseline belong to --check") }
    if format == .github || format == .sarif { throw ValidationError("'\(format.rawValue)' is a form of --check") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    if check {
      return try SecretSearch(
        path: path, settings: settings, options: checking, limits: limits, format: format, quiet: common.quiet
      ).run(in: context)
    }
    let progress = ProgressMeter("redacting \(path)", in: context.environment, quiet: common.quiet)
    defer { progress.finish() }
    let options = ReadOptions(limits.limits, progress: progress, in: context)
    switch try ArtifactSource.open(path, options.cancellation, in: context) {
    case .directory(let directory):
      let own = context.environment.path(path)
      // Others may read what is only copied; what is exchanged is nobody else's meanwhile.
      let permit = try WorkPermit.take(own, for: inPlace ? .changing : .reading)
      defer { withExtendedLifetime(permit) {} }
      try RedactionSource.check(directory, named: path, isReplaced: inPlace)
      try write(directory, to: out.map { context.environment.path($0) } ?? own, progress, in: context)
    case .artifact(let artifact):
      guard let out else {
        throw CommandFailure(
          .usage, "--in-place changes a directory, and '\(path)' is an artifact",
          hint: "write a directory with --out DIR, and pack that")
      }
      try UnpackedCopy.with(artifact, options, in: context) { directory in
        try write(directory, to: context.environment.path(out), progress, in: context)
      }
    }
    return .success
  }

  private func write(
    _ source: Directory, to target: FilePath, _ progress: ProgressMeter, in context: CommandContext
  ) throws {
    if !inPlace, let out {
      try PackTarget.check(target, named: out, isOutside: source, named: path)
      let place = try Directory.containing(target)
      guard try place.directory.status(place.name) == nil else {
        throw CommandFailure(
          .failure, "'\(out)' exists already", hint: "name another directory with --out, or remove this one")
      }
    }
    let staged = try StagedDirectory.create(for: target, mode: try source.status().mode & 0o777)
    do {
      let redaction = try settings.redaction(
        of: source, key: settings.key(in: context), progress: progress, in: context)
      let run = RedactionRun(
        redaction: redaction, source: source,
        name: context.environment.path(path).lexicallyNormalized().lastComponent?.string ?? "fixture",
        isStable: settings.keyFile != nil, context: context)
      let report = try run.write(into: staged.directory)
      progress.finish()
      if inPlace, report.changedFiles == 0, report.leftOut.isEmpty {
        try staged.discard()
      } else {
        try staged.commit(replacing: inPlace ? .exchange : .mustNotExist)
      }
      try show(report, in: context)
    } catch {
      try? staged.discard()
      throw error
    }
  }

  private func show(_ report: RedactionReport, in context: CommandContext) throws {
    if format == .json { return try showJSON(report, in: context) }
    let place = out ?? path
    let secrets = report.total == 1 ? "1 secret" : "\(report.total) secrets"
    if report.changedFiles == 0, report.leftOut.isEmpty {
      let verb = inPlace ? "stays as it is" : "is copied to \(place)"
      try context.result("no secrets in \(path), which \(verb) byte for byte")
    } else {
      try context.result("redacted \(path) into \(place): \(secrets) replaced in \(report.changedFiles) files")
    }
    for count in report.counts { try context.result("  \(count.place): \(count.count) \(count.kind.rawValue)") }
    for removed in report.removed { try context.result("  \(removed): removed whole") }
    for file in report.leftOut { try context.result("  \(file): left out, what a crash left of it cannot be read") }
    if report.plainCount > 0 {
      let values = report.plainCount == 1 ? "1 value is" : "\(report.plainCount) values are"
      try context.message(
        "\(values) too short or too plain to be looked for elsewhere, and replaced only where a secret is known to be",
        unless: common.quiet)
    }
  }

  private func showJSON(_ report: RedactionReport, in context: CommandContext) throws {
    var json = JSONWriter(style: .pretty)
    json.beginObject()
    json.field("path", out ?? path)
    json.field("replaced", report.total)
    json.field("changedFiles", report.changedFiles)
    json.field("tooPlainToSearch", report.plainCount)
    json.objects("counts", report.counts) { json, count in
      json.field("place", count.place)
      json.field("class", count.kind.rawValue)
      json.field("count", count.count)
    }
    json.texts("removedWhole", report.removed)
    json.texts("leftOut", report.leftOut)
    json.endObject()
    try context.result(json)
  }
}
