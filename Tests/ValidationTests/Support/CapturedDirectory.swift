import Files
import FixtureTestSupport
import FixtureTree
import SystemPackage
import Testing
import Validation

/// A copy of a directory that a real KUMO wrote, to be broken.
struct CapturedDirectory {
  let scratch: TemporaryDirectory
  /// The data directory's path.
  var path: FilePath { scratch.path }

  /// The services whose files are copied: enough for every rule, and few enough for a test of each.
  private static let services = ["acm", "dynamodb", "eventbridge", "kms", "organizations", "s3", "sqs", "sts"]

  /// Copies `v0.25.3/basic` and the like, some services only; writable, whatever the original is.
  init(_ name: String = "v0.25.3/basic") throws {
    let root = try #require(Captures.root)
    let source = try Directory.open(FilePath(bytes: root.bytes + Array("/\(name)".utf8)))
    scratch = try TemporaryDirectory()
    for entry in try source.walk() {
      let isTop = entry.path.depth == 1 && entry.kind == .file
      guard !isTop || Self.services.contains(where: { "\($0).json" == entry.path.description }) else { continue }
      if entry.kind == .directory {
        try scratch.makeDirectory(entry.path.description)
      } else {
        try scratch.write(entry.path.description, source.read(entry.path, limit: 1 << 30))
      }
    }
  }

  /// Replaces the first occurrence of a text; a text that is not there is a fault of the test.
  func replace(_ old: String, by new: String, in file: String) throws {
    let bytes = try scratch.read(file)
    let wanted = Array(old.utf8)
    let last = bytes.count - wanted.count
    let place = try #require(last < 0 ? nil : (0...last).first { bytes[$0...].starts(with: wanted) })
    try scratch.write(file, bytes[..<place] + Array(new.utf8) + bytes[(place + wanted.count)...])
  }

  /// Removes a file or a folder.
  func remove(_ name: String) throws {
    try scratch.directory.removeTree(RelativePath(text: name))
  }

  /// Gives it a `fixture.json` and a manifest, as `adopt` does.
  func adopt(version: Int = 1) throws {
    let document = FixtureDocument(
      name: "captured", version: version, origin: .adopted, layout: "portable", services: ["s3"])
    try document.write(to: scratch.directory, mode: 0o600)
    try TreeManifest(of: scratch.directory).write(to: scratch.directory, mode: 0o600)
  }

  /// What validation finds.
  func report(_ configure: (inout Validator) -> Void = { _ in }) throws -> ValidationReport {
    var validator = Validator()
    validator.workers = 2
    configure(&validator)
    return try validator.validate(directory: path)
  }
}

extension ValidationReport {
  /// The ids of the rules of a severity, each once, sorted.
  func ids(_ severity: Severity? = nil) -> [String] {
    Set(findings.filter { severity == nil || $0.severity == severity }.map(\.rule.id)).sorted()
  }

  /// The findings of one rule.
  func findings(of rule: Rule) -> [Finding] { findings.filter { $0.rule == rule } }
}
