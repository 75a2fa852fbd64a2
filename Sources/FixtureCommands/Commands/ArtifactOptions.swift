import ArgumentParser
import Artifacts
import Documents
import Files
import KumoState
import SystemPackage

/// A number of bytes on a command line: `4096`, `500M` (units of 1000), `64GiB` (units of 1024).
struct ByteSize: ExpressibleByArgument, Equatable {
  let bytes: Int

  init(bytes: Int) { self.bytes = bytes }

  init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), let unit = Self.units[argument.dropFirst(digits.count).lowercased()] else {
      return nil
    }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  var defaultValueDescription: String { "\(bytes)" }

  private static let units = [
    "": 1, "b": 1, "k": 1000, "kb": 1000, "m": 1_000_000, "mb": 1_000_000, "g": 1_000_000_000, "gb": 1_000_000_000,
    "t": 1_000_000_000_000, "tb": 1_000_000_000_000, "kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30, "tib": 1 << 40,
  ]
}

/// Permission bits of files, as `chmod` takes them in octal.
struct FileMode: ExpressibleByArgument, Equatable {
  let bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  init?(argument: String) {
    guard let bits = UInt32(argument, radix: 8), bits <= 0o777, bits & 0o400 != 0 else { return nil }
    self.bits = bits
  }

  var defaultValueDescription: String { "0" + String(bits, radix: 8) }

  /// The same for directories: whoever may read may also enter, and the owner may always write, to remove it again.
  var directoryBits: UInt32 { bits | (bits & 0o444) >> 2 | 0o700 }
}

/// How much an archive may ask of this machine.
struct LimitOptions: ParsableArguments {
  @Option(name: .long, help: "Members that an archive may have.")
  var maxMembers = ArtifactLimits().members

  @Option(name: .long, help: "Bytes of all its members together, such as 500M or 64GiB.")
  var maxBytes = ByteSize(bytes: ArtifactLimits().totalBytes)

  @Option(name: .long, help: "Bytes of one member.")
  var maxFileBytes = ByteSize(bytes: ArtifactLimits().memberBytes)

  @Option(name: .long, help: "Bytes that may come out of decompression for each byte of the archive.")
  var maxRatio = ArtifactLimits().ratio

  func validate() throws {
    if maxMembers < 1 || maxRatio < 1 || maxBytes.bytes < 1 || maxFileBytes.bytes < 1 {
      throw ValidationError("a limit is at least 1")
    }
  }

  var limits: ArtifactLimits {
    var limits = ArtifactLimits()
    limits.members = maxMembers
    limits.totalBytes = maxBytes.bytes
    limits.memberBytes = maxFileBytes.bytes
    limits.ratio = maxRatio
    return limits
  }
}

/// Services or patterns, several in one word with commas between them.
struct NameList {
  /// `["s3,sqs", "logs/**"]` gives `s3`, `sqs` and `logs/**`.
  ///
  /// - Throws: `ValidationError` for a plain word that no service of KUMO has as its name: it would select nothing.
  static func split(_ arguments: [String]) throws -> [[UInt8]] {
    let words = arguments.flatMap { $0.utf8.split(separator: UInt8(ascii: ",")).map(Array.init) }
    for word in words where MemberFilter.isServiceName(word) && ServiceCatalogue.service(named: word) == nil {
      let nearest =
        NearestName.find(word, among: ServiceCatalogue.all.map(\.name)).map { ", did you mean '\($0)'?" } ?? ""
      throw ValidationError("'\(DisplayName.escape(word))' is no service of KUMO and no pattern\(nearest)")
    }
    return words
  }
}

extension ReadOptions {
  /// Limits, progress and cancellation of a command.
  init(_ limits: ArtifactLimits, progress: ProgressMeter, in context: CommandContext) {
    self.init()
    self.limits = limits
    cancellation = context.environment.cancellation.artifactFlag()
    self.progress = { progress.update($0) }
  }
}

extension Cancellation {
  /// A flag of the Artifacts room that is raised when this one is.
  func artifactFlag() -> CancellationFlag {
    let flag = CancellationFlag()
    whenCancelled { flag.cancel() }
    return flag
  }
}

extension ProgressMeter {
  /// Shows how far work on an artifact has come.
  func update(_ progress: ArtifactProgress) {
    set(files: progress.files, bytes: Int64(progress.bytes), totalBytes: Int64(progress.totalBytes))
  }
}
