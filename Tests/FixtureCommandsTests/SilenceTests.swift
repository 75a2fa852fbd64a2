import Files
import FixtureTestSupport
import JSONBytes
import SystemPackage
import Testing

@testable import Redaction

/// No secret in anything that a command says or leaves: every command that reads a directory, on the capture with
/// planted secrets, in every form of output. There is no form that says more than these.
@Suite(.enabled(if: Captures.root != nil, "the captures are not beside the project"))
struct SilenceTests {
  /// Command lines that follow each other in one folder with the capture as `data`.
  struct Story: CustomTestStringConvertible, Sendable {
    let testDescription: String
    var isBroken = false
    let lines: [String]
  }

  static let stories: [Story] = [
    Story(
      testDescription: "look",
      lines: forms("validate data", ["text", "json", "github", "sarif", "junit"])
        + forms("inspect data", ["text", "json"]) + [
          "verify data", "adopt data --name x", "verify data --format json", "validate data",
          "health --data-dir data --endpoint http://127.0.0.1:1 --timeout 0", "doctor",
        ]),
    Story(
      testDescription: "redact",
      lines: forms("redact data --check", ["text", "json", "github", "sarif"]) + [
        "redact explain data dynamodb.json", "redact explain data secretsmanager.json",
        "redact explain data iam.json /accessKeys", "redact data --out clean", "redact data --out clean --format json",
        "redact data --check --key-file key --write-baseline known",
        "redact data --check --key-file key --baseline known",
        "redact data --out other --key-file key --personal --format json",
      ] + forms("diff data clean", ["text", "json"]) + ["diff clean data --exact", "redact data --in-place"]),
    Story(
      testDescription: "artifacts",
      lines: [
        "pack data --out a.tar.zst", "pack data --out a.tar.zst --format json", "pack data --out a.tar.gz --redact",
        "pack data --out a.tar --redact --format json", "pack data --oci layout --redact",
        "pack data --out all.tar.zst --allow-secrets", "verify all.tar.zst", "list all.tar.zst", "inspect all.tar.zst",
        "validate all.tar.zst --format json", "redact all.tar.zst --check", "redact all.tar.zst --out from-artifact",
        "diff all.tar.zst a.tar.gz", "unpack all.tar.zst opened", "unpack all.tar.zst opened",
      ]),
    Story(
      testDescription: "migrations",
      lines: [
        "adopt data --name x", "migrate status data --steps steps", "migrate plan data --steps steps",
        "migrate plan data --steps steps --format json", "migrate rehearse data --steps steps",
        "migrate rehearse data --steps steps --format json", "migrate apply data --steps steps",
        "migrate rollback data --steps steps", "migrate snapshots data", "migrate apply data --steps failing",
        "migrate plan data --layout inline", "migrate apply data --layout inline --format json",
        "migrate plan data --layout blobs --target v0.18.0", "migrate slim data",
      ]),
    Story(
      testDescription: "runs",
      lines: [
        "runs prepare --from data --run one", "runs status", "runs status --format json", "runs teardown one --dry-run",
        "runs teardown one", "runs gc", "runs teardown --namespace users --dir data --dry-run",
        "runs teardown --namespace app --dir data --format json", "run --from data --kumo ./kumo -- true",
        "run --from data --kumo absent -- true", "namespace TestOne",
      ]),
    Story(
      testDescription: "broken", isBroken: true,
      lines: forms("validate data", ["text", "json", "github", "sarif", "junit"]) + [
        "validate data --fix", "inspect data", "inspect data --format json", "redact data --check",
        "redact data --out clean", "redact data --in-place", "redact explain data ssm.json", "pack data --out a.tar",
        "pack data --out a.tar --redact", "diff data data", "adopt data --name x", "migrate plan data --layout inline",
        "migrate apply data --layout inline", "migrate status data --steps steps", "runs prepare --from data --run one",
        "run --from data --kumo ./kumo -- true", "runs teardown --namespace users --dir data",
        "health --data-dir data --endpoint http://127.0.0.1:1 --timeout 0", "redact data --check --policy policy.yaml",
        "redact data --check --gitleaks rules.toml", "pack data --out all.tar --allow-secrets", "verify all.tar",
        "validate all.tar", "unpack all.tar opened", "diff all.tar data",
      ]),
  ]

  private static func forms(_ line: String, _ names: [String]) -> [String] { names.map { "\(line) --format \($0)" } }

  @Test(arguments: stories) func nothingSaysASecret(_ story: Story) throws {
    let captures = try #require(Captures.root).pushing("v0.25.3")
    let planted = try JSONTape(parsing: Directory.open(captures).read("secrets.planted.json", limit: 1 << 20)).root
      .elements.compactMap { $0["value"]?.string() }
    #expect(planted.count == 14)
    let search = LiteralSearch(planted.flatMap { EncodedForms.all(of: $0) })
    var console = try Console()
    try console.copy(captures.appending("secrets"), as: "data")
    try prepare(console, planted, isBroken: story.isBroken)
    console.variables = ["TMPDIR": console.folder.path("tmp").string, "PATH": "/usr/bin:/bin"]
    for line in story.lines {
      let outcome = console.run(line.split(separator: " ").map(String.init))
      for text in [outcome.output, outcome.errors] {
        #expect(!Array(text.utf8).withUnsafeBytes { search.isFound(in: $0) }, "\(line) says a secret")
      }
      // Whatever it was, it ended: nothing stands in the place for temporary files or beside what was made.
      #expect(try Directory.open(console.folder.path("tmp")).walk().isEmpty, "\(line)")
      let beside = try console.folder.list().filter { $0.contains(".kumo-fixtures-stage") || $0.contains("-redacted") }
      #expect(beside == [], "\(line)")
      // The broken directory names its secret in our own files, too.
      let files = ["fixture.json", "manifest-sha256.txt", "known", "index.json"]
      try expectSilence(of: ["told.txt"] + (story.isBroken ? [] : files), in: console, search, after: line)
    }
  }

  /// Files of ours that describe a directory, and what children were told.
  private func expectSilence(
    of names: [String], in console: Console, _ search: LiteralSearch, after line: String
  ) throws {
    for entry in try Directory.open(console.folder.path).walk() where entry.kind == .file {
      guard names.contains(String(decoding: entry.path.lastComponent.bytes, as: UTF8.self)) else { continue }
      let bytes = try Directory.open(console.folder.path).read(entry.path, limit: 1 << 22)
      #expect(!bytes.withUnsafeBytes { search.isFound(in: $0) }, "\(entry.path) after \(line)")
    }
  }

  /// Steps, a program in the place of KUMO, a key, and files that cannot be read.
  private func prepare(_ console: Console, _ planted: [[UInt8]], isBroken: Bool) throws {
    let folder = console.folder
    for name in ["tmp", "steps", "failing"] { try folder.makeDirectory(name) }
    try folder.write("key", "a key that is long enough to be one")
    let told = "printf '%s\\n' \"$0\" \"$@\" >> '\(folder.path("told.txt"))'; env >> '\(folder.path("told.txt"))'"
    let head = "id: 0001-x\nfrom: 1\nto: 2\ntitle: A step\nup:\n  - exec: {command: [./step.sh, one], items: users}\n"
    try folder.write("steps/0001.yaml", head + "down:\n  - exec: {command: [./step.sh, two], items: users}\n")
    try folder.write("failing/0001.yaml", head)
    try folder.writeProgram("steps/step.sh", "#!/bin/sh\n\(told)\ncat\n")
    // What a program says is repeated to the user: here what it read.
    try folder.writeProgram("failing/step.sh", "#!/bin/sh\n\(told)\ncat >&2\nexit 1\n")
    try folder.writeProgram("kumo", "#!/bin/sh\n\(told)\ncat \"$KUMO_DATA_DIR/dynamodb.json\" >&2\nexit 1\n")
    guard isBroken else { return }
    let secret = String(decoding: planted[6], as: UTF8.self)
    let items = try folder.text("data/dynamodb.json")
    let key = #""pk":{"S":"\#(secret)"}"#
    #expect(items.contains(key))
    try folder.write("data/dynamodb.json", items.replacing(key, with: #""pk":{"S":"\#(secret)","N":"5"}"#))
    try folder.write("data/ssm.json", try folder.text("data/ssm.json").dropLast(20) + "\(secret)")
    try folder.write("data/s3.json", try folder.text("data/s3.json") + secret)
    try folder.write("data/states.json", #"{"\#(secret)":{"\#(secret)":[tru]}}"#)
    try folder.write("data/fixture.json", #"{"name":"\#(secret)","version":"\#(secret)"}"#)
    try folder.write("data/\(secret).json", #"{"a":"#)
    try folder.write("policy.yaml", "keep:\n  rules: {a: '\(secret)'}\n")
    try folder.write("rules.toml", "[[rules]]\nid = \"a\"\nregex = '''(\(secret)'''\n")
  }
}
