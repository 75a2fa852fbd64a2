import Digests
import Files
import FixtureTestSupport
import FixtureTree
import Migrations
import Synchronization
import SystemPackage

/// A small data directory and steps for it.
struct MigrationSandbox {
  let folder: TemporaryDirectory
  var data: FilePath { folder.path("data") }

  /// A directory at version 1 with two tables, two queues, a bucket with two bodies and a file of another service.
  init(version: Int = 1) throws {
    // In memory where that can be: every migration waits for its disk, which others may keep busy.
    let memory: FilePath = "/dev/shm"
    folder = try TemporaryDirectory(in: (try? Directory.open(memory)) == nil ? nil : memory)
    try folder.write(
      "data/dynamodb.json",
      #"{"tables":{"a":{"table":{"Name":"a"},"items":{"S:1":{"pk":{"S":"1"}}}},"#
        + #""b":{"table":{"Name":"b"},"items":{"S:2":{"pk":{"S":"2"}}}}},"tags":{"arn:aws:dynamodb:us-east-1:0:table/a":[]}}"#
    )
    try folder.write(
      "data/sqs.json",
      #"{"queues":{"http://localhost:4566/0/one":{"queue":{},"messages":[]},"#
        + #""http://localhost:4566/0/two":{"queue":{},"messages":[1]}}}"#)
    try folder.write("data/s3.json", #"{"buckets":{"x":{"objects":{}},"y":{"objects":{}}}}"#)
    try folder.write("data/s3-objects/aa", "first body")
    try folder.write("data/s3-objects/bb", "second body")
    try folder.write("data/sns.json", #"{"topics":{}}"#)
    try seal(version: version)
  }

  /// Writes fixture.json and the manifest.
  func seal(version: Int) throws {
    let directory = try Directory.open(data)
    let document = FixtureDocument(
      name: "shop", version: version, origin: .generated, layout: "none",
      services: ["dynamodb", "s3", "sns", "sqs"])
    try document.write(to: directory, mode: 0o644)
    try TreeManifest(of: directory).write(to: directory, mode: 0o644)
  }

  /// The tree digest, from the bytes.
  func digest(of path: FilePath? = nil) throws -> String {
    "sha256:" + (try TreeManifest(of: Directory.open(path ?? data))).treeDigest.hex
  }

  var document: FixtureDocument {
    get throws {
      guard let document = try FixtureDocument.read(from: Directory.open(data)) else {
        throw StepError("no document")
      }
      return document
    }
  }

  func executor(
    _ steps: [any MigrationStep], keep: Int = 10, timeout: Duration? = nil, now: Int64 = 1_800_000_000,
    errors: @escaping @Sendable (Directory) -> [String] = { _ in [] }
  ) throws -> MigrationExecutor {
    MigrationExecutor(
      try MigrationRegistry(steps),
      MigrationSettings(
        toolVersion: "0.0.0", now: now, stepTimeout: timeout, keepSnapshots: keep,
        validate: { .init(errors: errors($0)) }))
  }

  func apply(_ steps: [any MigrationStep], to target: Int? = nil) throws -> MigrationOutcome {
    try executor(steps).apply(data, request(to: target))
  }

  func request(to target: Int? = nil, outOfOrder: Bool = false) -> MigrationPlanner.Request {
    .init(path: "data", target: target, allowsOutOfOrder: outOfOrder)
  }

  /// The names beside the directory, without the directory.
  var leftovers: [String] {
    get throws { try folder.list().filter { $0 != "data" && !$0.hasSuffix("-snapshots") } }
  }

  /// Three steps, each with a way back.
  static var steps: [any MigrationStep] {
    [
      replacing("1-items", 1, 2, .tables("a"), "dynamodb.json", #""S":"1""#, #""S":"one""#),
      replacing("2-queues", 2, 3, .queues("two"), "sqs.json", "[1]", "[1,2]"),
      replacing("3-topics", 3, 4, .service("sns"), "sns.json", "{}", #"{"t":{}}"#),
    ]
  }

  /// A step that replaces a text in a file.
  static func replacing(
    _ id: String, _ from: Int, _ to: Int, _ scope: StepScope, _ file: String, _ old: String, _ new: String,
    supersedes: [String] = []
  ) -> any MigrationStep {
    SwiftStep(id, from: from, to: to, title: "change \(file)", scope: scope, supersedes: supersedes) { view in
      try edit(view, file, old, new)
    } revert: { view in
      try edit(view, file, new, old)
    }
  }

  static func edit(_ view: DirectoryView, _ file: String, _ old: String, _ new: String) throws {
    let path = try RelativePath(text: file)
    let text = String(decoding: try view.directory.read(path, limit: 1 << 20), as: UTF8.self)
    guard text.contains(old) else { throw StepError("'\(old)' is not in \(file)") }
    try view.directory.replace(path, with: Array(text.replacing(old, with: new).utf8))
  }
}
