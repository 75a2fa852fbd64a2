import ArgumentParser
import Artifacts
import Digests
import Files
import FixtureTree
import JSONBytes
import Runs
import SystemPackage

/// `pack`: a data directory becomes one file.
package struct PackCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Pack a data directory into one file: the same directory gives the same bytes on any machine.",
    discussion: """
      The end of FILE's name chooses the compression: .tar.zst, .tar.gz (or .tgz) or .tar. FILE appears only when it \
      is whole and on the disk. A directory with a manifest has to agree with it; for another one it is made on the \
      way. The directory may be in use: either the artifact is one consistent moment, or nothing is written and what \
      moved is named.

      It looks for secrets first. When there is one, nothing is packed and the exit code is 1: --redact packs a copy \
      in which every secret is replaced, --allow-secrets packs the directory as it is.

      --include and --exclude take services (s3, which stands for s3.json and s3-objects/) or patterns over the whole
      path ('logs/**'), again and again or with commas. Packing a part makes a manifest of that part.

      Examples:
        kumo-fixtures pack .kumo-data/orders --out orders.tar.zst --checksum
        kumo-fixtures pack ./kumo-data --out fail.tar.gz --refresh-manifest --redact
        kumo-fixtures pack .kumo-data/shop --out s3-only.tar.zst --include s3
        kumo-fixtures pack .kumo-data/shop --oci shop-layout --tag v3 --allow-secrets
      """)

  @Argument(help: "The data directory.")
  var directory: String

  @Option(name: .long, help: "The artifact to write: NAME.tar.zst, NAME.tar.gz or NAME.tar.")
  var out: String?

  @Option(name: .long, help: "The OCI image layout to write instead: a directory that does not exist yet.")
  var oci: String?

  @Option(name: .long, help: "The tag in the OCI layout (default: latest).")
  var tag: String?

  @Option(name: .long, help: "Compression level: 1 to 19 for zstd (default 3), 1 to 9 for gzip (default 6).")
  var level: Int?

  @Flag(name: .long, help: "Also write FILE.sha256, which 'sha256sum -c' reads.")
  var checksum = false

  @Option(name: .long, help: "Pack only this service or pattern (repeatable).")
  var include: [String] = []

  @Option(name: .long, help: "Leave this service or pattern out (repeatable).")
  var exclude: [String] = []

  @Flag(name: .long, help: "Pack what is there, with a new manifest, although it is not what its manifest says.")
  var refreshManifest = false

  @OptionGroup var gate: PackGateOptions

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    guard (out == nil) != (oci == nil) else {
      throw ValidationError("name the artifact with --out FILE, or an OCI layout with --oci DIR")
    }
    if let out, Compression(fileName: out) == nil {
      throw ValidationError("'\(out)' does not end in .tar.zst, .tar.gz, .tgz or .tar, which choose the compression")
    }
    if out != nil, tag != nil { throw ValidationError("--tag belongs to --oci") }
    if oci != nil, checksum { throw ValidationError("--checksum belongs to --out: an OCI layout has its own digests") }
    if let level, !compression.levels.contains(level) || compression == .none {
      let allowed = compression == .none ? "there is none without compression" : "they are \(words(compression.levels))"
      throw ValidationError("\(level) is no level for this compression: \(allowed)")
    }
    if let tag, !Self.isTag(tag) {
      throw ValidationError("a tag has 1 to 128 letters, digits, '_', '.' and '-', and begins with no '.' or '-'")
    }
  }

  private var compression: Compression { out.flatMap { Compression(fileName: $0) } ?? .zstd }

  private func words(_ range: ClosedRange<Int>) -> String { "\(range.lowerBound) to \(range.upperBound)" }

  /// The grammar of the OCI distribution specification 1.1, "Pulling manifests".
  private static func isTag(_ tag: String) -> Bool {
    let isWord: (Unicode.Scalar) -> Bool = { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) }
    guard let first = tag.unicodeScalars.first, isWord(first) || first == "_" else { return false }
    return tag.utf8.count <= 128 && tag.unicodeScalars.allSatisfy { isWord($0) || "_.-".unicodeScalars.contains($0) }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let permit = try WorkPermit.take(context.environment.path(directory), for: .reading)
    defer { withExtendedLifetime(permit) {} }
    let source = try Directory.open(context.environment.path(directory))
    let progress = ProgressMeter("packing \(directory)", in: context.environment, quiet: common.quiet)
    defer { progress.finish() }
    let options = try options(progress, in: context)
    let gate = PackGate(options: gate, directory: directory, context: context, quiet: common.quiet)
    if let oci {
      let target = context.environment.path(oci)
      try PackTarget.check(target, named: oci, isOutside: source, named: directory)
      try PackTarget.check(isFree: target, named: oci)
      let naming = try naming(source, context)
      let (report, digest) = try gate.with(source, options, beside: target) { source, options in
        try OCILayoutWriter.pack(source, to: target, options, naming)
      }
      progress.finish()
      try show(report, as: oci, manifest: digest, in: context)
    } else if let out {
      let target = context.environment.path(out)
      try PackTarget.check(target, named: out, isOutside: source, named: directory)
      let report = try gate.with(source, options, beside: target) { source, options in
        try ArtifactWriter.pack(source, to: target, options)
      }
      progress.finish()
      if !checksum, try PackTarget.hasOtherChecksum(target, report) {
        try context.message(
          "\(out).sha256 is of another file than this one; --checksum writes it anew", unless: common.quiet)
      }
      try show(report, as: out, manifest: nil, in: context)
    }
    return .success
  }

  private func options(_ progress: ProgressMeter, in context: CommandContext) throws -> PackOptions {
    var options = PackOptions(compression: compression)
    options.level = level
    options.filter = try MemberFilter(include: NameList.split(include), exclude: NameList.split(exclude))
    // A part of a directory has a manifest of its own.
    options.manifest = refreshManifest ? .make : .verify
    options.writesChecksumFile = checksum
    options.cancellation = context.environment.cancellation.artifactFlag()
    options.progress = { progress.update($0) }
    return options
  }

  /// Name and version for the annotations: the fixture's, or the folder's name.
  private func naming(_ source: Directory, _ context: CommandContext) throws -> OCIOptions {
    let document = try FixtureDocument.read(from: source)
    let folder = context.environment.path(directory).lexicallyNormalized().lastComponent?.string ?? "fixture"
    return OCIOptions(
      name: document?.name ?? folder, version: document.map { String($0.version) }, tag: tag ?? "latest")
  }

  private func show(_ report: PackReport, as path: String, manifest: String?, in context: CommandContext) throws {
    switch format {
    case .text:
      let sizes = "\(ByteCount.text(Int64(report.sourceBytes))) in \(ByteCount.text(Int64(report.artifactBytes)))"
      let files = report.files == 1 ? "1 file" : "\(report.files) files"
      try context.result("packed \(directory) into \(path) (\(files), \(sizes))")
      try context.result("tree digest sha256:\(report.treeDigest.hex)")
      try context.result("artifact sha256:\(report.artifactDigest.hex)")
      if let manifest { try context.result("OCI manifest sha256:\(manifest)") }
    case .json:
      var json = JSONWriter(style: .pretty)
      json.beginObject()
      json.field("path", path)
      json.field("treeDigest", "sha256:\(report.treeDigest.hex)")
      json.field("artifactDigest", "sha256:\(report.artifactDigest.hex)")
      if let manifest { json.field("ociManifestDigest", "sha256:\(manifest)") }
      json.field("files", report.files)
      json.field("bytes", report.sourceBytes)
      json.field("artifactBytes", report.artifactBytes)
      json.field("attempts", report.attempts)
      json.endObject()
      try context.result(json)
    }
  }
}
