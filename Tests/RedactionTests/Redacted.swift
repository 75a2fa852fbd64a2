import Files
import FixtureTestSupport
import SystemPackage

@testable import Redaction

/// A directory redacted and proven.
struct Redacted {
  let folder: TemporaryDirectory
  let directory: Directory
  let hasSecrets: Bool
  let findings: [SecretFinding]
  let report: RedactionReport

  init(_ source: FilePath, key: [UInt8] = Array("a key for tests that nobody else has".utf8)) throws {
    folder = try TemporaryDirectory()
    try folder.makeDirectory("out")
    directory = try Directory.open(folder.path("out"))
    var options = RedactionOptions(key: KeyedDigest(key: key))
    options.workers = 2
    let detector = ScannerDetector(try Shared.scanner.get())
    let redaction = try DirectoryRedaction(Directory.open(source), detector: detector, options: options)
    hasSecrets = try redaction.survey()
    findings = try redaction.findings()
    report = try redaction.rewrite(into: directory)
    try redaction.prove(directory)
  }
}
