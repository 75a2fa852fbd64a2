import Files
import FixtureTestSupport
import JSONBytes
import SystemPackage
import Testing

@testable import KumoState

/// Runs a rewriter over a text.
func rewriting<Outcome>(
  _ text: String, _ run: (ReadableFile, WritableFile) throws -> Outcome
) throws -> (text: String, outcome: Outcome) {
  let scratch = try TemporaryDirectory()
  try scratch.write("source.json", text)
  let source = try scratch.directory.open("source.json")
  let target = try scratch.directory.create("target.json")
  let outcome = try run(source, target)
  return (try scratch.text("target.json"), outcome)
}

struct DynamoDBRewriterTests {
  private static let document =
    #"{"tables": {"a":{"table":{"Name":"a"},"items":{"S:1":{"id":{"S":"1"}}, "S:2":{"id":{"S":"2"}},"S:3":{"id":{"S":"3"}}}},"#
    + #""b":{"items":{},"table":{"Name":"b"}},"n":null},"tags":{"arn:a":[{"Key":"k","Value":"v"}],"arn:b":[]}}"# + "\n"

  private func rewrite(
    _ text: String = document, _ visit: DynamoDBRewriter.Visitor
  ) throws -> (text: String, outcome: RewriteOutcome) {
    try rewriting(text) { try DynamoDBRewriter.rewrite(source: $0, target: $1, visit: visit) }
  }

  @Test func keepsEveryByteOfWhatIsNotNamed() throws {
    let result = try rewrite { _, _ in .keep }
    #expect(result.text == Self.document)
    #expect(result.outcome == RewriteOutcome())
  }

  @Test(arguments: [
    ("S:1", #"{"S:2":{"id":{"S":"2"}},"S:3":{"id":{"S":"3"}}}"#),
    ("S:2", #"{"S:1":{"id":{"S":"1"}},"S:3":{"id":{"S":"3"}}}"#),
    ("S:3", #"{"S:1":{"id":{"S":"1"}}, "S:2":{"id":{"S":"2"}}}"#),
  ]) func removesAnItem(_ key: String, _ items: String) throws {
    let result = try rewrite { _, record in
      if case .item(_, let found) = record, found == Array(key.utf8) { return .remove }
      return .keep
    }
    #expect(result.text.contains(#""items":"# + items + "}"))
    #expect(result.outcome == RewriteOutcome(isChanged: true))
  }

  @Test func removesAndAddsAllItems() throws {
    let none = try rewrite { _, record in
      if case .item = record { return .remove }
      return .keep
    }
    #expect(none.text.contains(#""items":{}},"b""#))
    let others = try rewrite { table, record in
      if case .item = record { return .remove }
      guard case .endOfItems = record else { return .keep }
      return .append([RewriteEntry(key: table, value: Array("{}".utf8)), RewriteEntry(key: [0x78], value: [0x31])])
    }
    #expect(others.text.contains(#""items":{"a":{},"x":1}},"b":{"items":{"b":{},"x":1},"#))
    #expect(others.outcome.mayCollide)
  }

  @Test func replacesKeysAndValues() throws {
    let result = try rewrite { _, record in
      switch record {
      case .item(_, let key) where key == Array("S:2".utf8): .replace(key: Array("S:\"9".utf8), value: nil)
      case .item(_, let key) where key == Array("S:3".utf8): .replace(key: nil, value: Array("{}".utf8))
      case .description(let node) where node.text("Name") == Array("b".utf8):
        .replace(key: nil, value: Array(#"{"Name":"c"}"#.utf8))
      case .table(let name) where name == Array("b".utf8): .replace(key: Array("c".utf8), value: nil)
      case .tags(_, let arn) where arn == Array("arn:b".utf8): .replace(key: Array("arn:c".utf8), value: nil)
      default: .keep
      }
    }
    #expect(result.text.contains(#"{"S:1":{"id":{"S":"1"}}, "S:\"9":{"id":{"S":"2"}},"S:3":{}}"#))
    #expect(result.text.contains(#","c":{"items":{},"table":{"Name":"c"}},"n":null},"#))
    #expect(result.text.hasSuffix(#""Value":"v"}],"arn:c":[]}}"# + "\n"))
  }

  @Test func removesAndAddsTables() throws {
    let result = try rewrite { _, record in
      switch record {
      case .table(let name) where name == Array("a".utf8): .remove
      case .tags(_, let arn) where arn == Array("arn:a".utf8): .remove
      case .endOfTables: .append([RewriteEntry(key: Array("z".utf8), value: Array("{}".utf8))])
      default: .keep
      }
    }
    #expect(
      result.text == #"{"tables": {"b":{"items":{},"table":{"Name":"b"}},"n":null,"z":{}},"tags":{"arn:b":[]}}"# + "\n")
  }

  @Test(arguments: [
    #"{"tables":{"a":{"items":{"x":{}"#, #"{"tables":{}} x"#, "", #"{"tables":{"a":{"items":{"x":tru}}}}"#,
  ])
  func refusesWhatIsNoJSON(_ text: String) throws {
    #expect(throws: JSONError.self) { try rewrite(text) { _, _ in .keep } }
  }

  @Test(arguments: Captures.dataDirectories) func keepsCapturesAsTheyAre(_ path: FilePath) throws {
    let scratch = try TemporaryDirectory()
    let capture = try Directory.open(path)
    for (name, run) in Self.rewriters {
      guard try capture.status(name) != nil else { continue }
      let target = try scratch.directory.create(name)
      try run(try capture.open(name), target)
      #expect(try scratch.directory.read(name, limit: 1 << 30) == capture.read(name, limit: 1 << 30))
    }
  }

  private static let rewriters: [(RelativePath, @Sendable (ReadableFile, WritableFile) throws -> Void)] = [
    ("dynamodb.json", { _ = try DynamoDBRewriter.rewrite(source: $0, target: $1) { _, _ in .keep } }),
    ("sqs.json", { _ = try SQSRewriter.rewrite(source: $0, target: $1) { _, _ in .keep } }),
    (
      "s3.json",
      {
        var visitor = PlainS3Visitor()
        _ = try S3Rewriter.rewrite(source: $0, target: $1, visitor: &visitor)
      }
    ),
  ]
}

struct SQSRewriterTests {
  private static let document =
    #"{"queues":{"u/a":{"queue":{"Name":"a"},"messages":[{"Body":"1"},{"Body":"2"},null],"sequenceCounter":18446744073709551615},"#
    + #""u/b":{"queue":{"Name":"b"},"messages":null,"sequenceCounter":0}}}"#

  private func rewrite(_ visit: SQSRewriter.Visitor) throws -> String {
    try rewriting(Self.document) { try SQSRewriter.rewrite(source: $0, target: $1, visit: visit) }.text
  }

  @Test func keepsEveryByteOfWhatIsNotNamed() throws {
    #expect(try rewrite { _, _ in .keep } == Self.document)
  }

  @Test func changesMessages() throws {
    let result = try rewrite { queue, record in
      switch record {
      case .message(_, 0): .remove
      case .message(let node, 1): .replace(key: nil, value: node.rawBytes + Array(" ".utf8))
      case .endOfMessages: .append([RewriteEntry(key: [], value: queue.isEmpty ? [] : Array(#"{"Body":"n"}"#.utf8))])
      case .sequenceCounter(let counter) where counter == .max: .replace(key: nil, value: Array("7".utf8))
      default: .keep
      }
    }
    #expect(
      result
        == #"{"queues":{"u/a":{"queue":{"Name":"a"},"messages":[{"Body":"2"} ,null,{"Body":"n"}],"sequenceCounter":7},"#
        + #""u/b":{"queue":{"Name":"b"},"messages":[{"Body":"n"}],"sequenceCounter":0}}}"#)
  }

  @Test func changesQueues() throws {
    let result = try rewrite { _, record in
      switch record {
      case .queue(let key) where key == Array("u/a".utf8): .remove
      case .queue: .replace(key: Array("u/c".utf8), value: nil)
      case .description: .replace(key: nil, value: Array(#"{"Name":"c"}"#.utf8))
      default: .keep
      }
    }
    #expect(result == #"{"queues":{"u/c":{"queue":{"Name":"c"},"messages":null,"sequenceCounter":0}}}"#)
  }
}
