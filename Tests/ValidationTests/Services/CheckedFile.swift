import Files
import FixtureTestSupport
import JSONBytes
import KumoState
import SystemPackage
import Testing

@testable import Validation

/// What the checkers of one service's file say about a text.
enum CheckedFile {
  /// 2026-12-01T00:00:00Z, after the captures were made.
  static let now: Int64 = 1_796_083_200

  /// Writes the text into a directory of its own and runs every checker of the service over it.
  static func findings(
    _ file: String, _ text: String, targets: [KumoRelease] = [], explicitly: Bool = false
  ) throws -> [Finding] {
    let scratch = try TemporaryDirectory()
    try scratch.write(file, text)
    var collector = FindingCollector(file: file)
    let path = try RelativePath(text: file)
    for checker in CheckerRegistry.all where file == checker.service + ".json" {
      let served = ServiceFile(
        directory: scratch.directory, path: path, targets: targets, targetsAreExplicit: explicitly, now: now)
      try checker.check(served, into: &collector)
    }
    return collector.finish()
  }

  /// The ids of the rules that findings of a severity name.
  static func ids(_ findings: [Finding], _ severity: Severity? = nil) -> Set<String> {
    Set(findings.filter { severity == nil || $0.severity == severity }.map(\.rule.id))
  }

  /// A file of a captured directory.
  static func captured(_ directory: String, _ file: String) throws -> String {
    let root = try #require(Captures.root)
    let opened = try Directory.open(root.pushing(FilePath(directory)))
    return String(decoding: try opened.read(RelativePath(text: file), limit: 1 << 24), as: UTF8.self)
  }
}

/// One change to a captured file and the rule that it breaks.
struct Break: Sendable, CustomTestStringConvertible {
  /// The rule that must be named.
  let rule: Rule
  /// Other rules that the same change breaks.
  var also: [Rule] = []
  /// The captured directory.
  var capture = "v0.25.3/basic"
  /// The service's file.
  let file: String
  /// What is replaced by what, each once.
  let edits: [(old: String, new: String)]

  var testDescription: String { "\(rule.id): \(edits.first?.old ?? "") -> \(edits.first?.new ?? "")" }

  init(
    _ rule: Rule, _ file: String, also: [Rule] = [], capture: String = "v0.25.3/basic", _ edits: (String, String)...
  ) {
    self.rule = rule
    self.file = file
    self.also = also
    self.capture = capture
    self.edits = edits.map { (old: $0.0, new: $0.1) }
  }

  /// The captured text with the edits.
  func text() throws -> String {
    var text = Array(try CheckedFile.captured(capture, file).utf8)
    for (old, new) in edits {
      let start = try #require(Self.firstIndex(of: Array(old.utf8), in: text), "no \(old) in the capture")
      text.replaceSubrange(start..<(start + old.utf8.count), with: new.utf8)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func firstIndex(of part: [UInt8], in text: [UInt8]) -> Int? {
    guard part.count <= text.count else { return nil }
    return (0...(text.count - part.count)).first { text[$0...].starts(with: part) }
  }

  /// Expects exactly the rule, and those that come along, to be named.
  func verify() throws {
    let findings = try CheckedFile.findings(file, text())
    #expect(CheckedFile.ids(findings) == Set(([rule] + also).map(\.id)), "\(findings)")
    #expect(findings.allSatisfy { $0.position != nil && $0.pointer != nil })
  }
}
