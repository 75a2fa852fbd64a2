import ArgumentParser
import Artifacts
import Digests
import Files
import JSONBytes
import Runs
import SystemPackage

/// `unpack`: an artifact becomes a data directory again.
package struct UnpackCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "unpack",
    abstract: "Open an artifact as a data directory: all of it, with every hash right, or nothing.",
    discussion: """
      Everything is hashed while it is written beside DIR, and put in place with one rename. An archive that asks for \
      anything outside of DIR, for links, devices or more than the limits is refused, and nothing is left behind.

      A directory that another process of this tool or a running KUMO works in is not replaced.

      --only takes services (s3, which stands for s3.json and s3-objects/) or patterns; the manifest in DIR then names
      what was unpacked. --mode is for files; directories can be entered by whoever may read them. KUMO starts empty \
      without a word when it cannot read its files: the default, 0644, is readable by a container's user.

      Examples:
        kumo-fixtures unpack shop.tar.zst .kumo-data/shop
        kumo-fixtures unpack shop.tar.zst .kumo-data/shop --replace --only s3,sqs
        kumo-fixtures unpack shop-layout .kumo-data/shop --mode 0666
      """)

  @Argument(help: "An artifact, or an OCI layout with one in it.")
  var file: String

  @Argument(help: "The data directory to make.")
  var directory: String

  @Flag(name: .long, help: "Replace a directory that stands there, as a whole.")
  var replace = false

  @Option(name: .long, help: "Unpack only this service or pattern (repeatable, or with commas).")
  var only: [String] = []

  @Option(name: .long, help: "Permission bits of the files, in octal.")
  var mode = FileMode(bits: 0o644)

  @OptionGroup var limits: LimitOptions

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let progress = ProgressMeter("unpacking \(file)", in: context.environment, quiet: common.quiet)
    defer { progress.finish() }
    var options = UnpackOptions(read: ReadOptions(limits.limits, progress: progress, in: context))
    options.filter = try MemberFilter(include: NameList.split(only), exclude: [])
    options.fileMode = mode.bits
    options.directoryMode = mode.directoryBits
    options.replacesExisting = replace
    let target = context.environment.path(directory)
    let permit = replace ? try WorkPermit.take(target, for: .changing, waiting: .seconds(10)) : nil
    defer { withExtendedLifetime(permit) {} }
    if replace { try refuseServed(target) }
    let artifact = try ArtifactSource.openArtifact(file, options.read.cancellation, in: context)
    let report = try ArtifactExtractor.unpack(artifact, to: target, options)
    progress.finish()
    if let leftover = report.leftover {
      try context.message("the replaced directory is still beside it: \(leftover)", unless: common.quiet)
    }
    try show(report, in: context)
    return .success
  }

  /// KUMO takes no lock, and writes what it remembers over whatever stands in its directory.
  private func refuseServed(_ target: FilePath) throws {
    guard let present = try? Directory.open(target), let server = DirectoryUsers.servers(of: present).first else {
      return
    }
    throw CommandFailure(
      .failure, "KUMO (process \(server)) works in '\(directory)': its next save would overwrite what is unpacked",
      hint: "stop it with 'kill \(server)', then unpack again")
  }

  private func show(_ report: UnpackReport, in context: CommandContext) throws {
    switch format {
    case .text:
      let files = report.files == 1 ? "1 file" : "\(report.files) files"
      let verb = report.replaced ? "replaced" : "unpacked"
      try context.result("\(verb) \(directory) from \(file) (\(files), \(ByteCount.text(Int64(report.bytes))))")
      try context.result("tree digest of the artifact sha256:\(report.treeDigest.hex)")
    case .json:
      var json = JSONWriter(style: .pretty)
      json.beginObject()
      json.field("path", directory)
      json.field("artifact", file)
      json.field("treeDigest", "sha256:\(report.treeDigest.hex)")
      json.field("files", report.files)
      json.field("bytes", report.bytes)
      json.key("replaced")
      json.bool(report.replaced)
      json.endObject()
      try context.result(json)
    }
  }
}
