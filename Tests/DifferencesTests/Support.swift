import Differences
import Files
import FixtureTestSupport
import SystemPackage

/// Two data directories made by a test.
struct Pair {
  let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
    try scratch.makeDirectory("a")
    try scratch.makeDirectory("b")
  }

  /// Both sides of one file.
  init(_ file: String, _ a: String, _ b: String) throws {
    try self.init()
    try scratch.write("a/\(file)", a)
    try scratch.write("b/\(file)", b)
  }

  func compare(_ configure: (inout DifferenceOptions) -> Void = { _ in }) throws -> DirectoryDifference {
    var options = DifferenceOptions()
    options.scratch = scratch.path
    configure(&options)
    let (a, b) = (try Directory.open(scratch.path("a")), try Directory.open(scratch.path("b")))
    return try Differences.compare(a, b, options)
  }

  /// What differs, one line for each resource and field, to be read in a test.
  func lines(_ configure: (inout DifferenceOptions) -> Void = { _ in }) throws -> [String] {
    try compare(configure).services.flatMap { service in
      service.changes.flatMap { change in
        let name = [change.container, change.name ?? "?"].filter { !$0.isEmpty }
        let isContainer = change.name == change.container
        let head = "\(change.verb) \(change.kind) \((isContainer ? [change.container] : name).joined(separator: " "))"
        return [head] + change.fields.map { "  \($0.path): \(text($0.before)) -> \(text($0.after))" }
      }
    }
  }

  private func text(_ value: ShownValue?) -> String {
    switch value {
    case nil: "nothing"
    case .text(let text): text
    case .hidden(let type, let length): "\(type)(\(length))"
    case .container(let type, let count): "\(type)[\(count)]"
    }
  }
}

/// Documents in KUMO's form with one part left open.
enum Document {
  static func s3(_ objects: String, versions: String = "{}", settings: String = "") -> String {
    #"{"buckets":{"box":{"name":"box","creationDate":"2026-01-02T03:04:05Z","objects":\#(objects),"#
      + #""versions":\#(versions),"versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false\#(settings)}}}"#
  }

  static func object(_ key: String = "k", _ more: String) -> String {
    #"{"Key":"\#(key)","ETag":"\"5d41402abc4b2a76b9719d911017c592\"","Size":5,"#
      + #""LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{},"Tags":null,"VersionID":"","#
      + #""IsDeleteMarker":false\#(more)}"#
  }

  static func table(_ items: String, count: Int = 0, more: String = "") -> String {
    #"{"tables":{"orders":{"table":{"Name":"orders","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"#
      + #""AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"TableStatus":"ACTIVE","#
      + #""CreationDateTime":"2026-01-02T03:04:05Z","ItemCount":\#(count)\#(more)},"items":\#(items)}}}"#
  }

  static func queue(_ messages: String, timeout: Int = 30, more: String = "") -> String {
    #"{"queues":{"http://localhost:4566/000000000000/jobs":{"queue":{"Name":"jobs","VisibilityTimeout":\#(timeout)"#
      + #"\#(more)},"messages":\#(messages),"sequenceCounter":0}}}"#
  }

  static func message(_ id: String, _ body: String, attributes: String = #"{"SentTimestamp":"1"}"#) -> String {
    #"{"MessageID":"\#(id)","Body":"\#(body)","Attributes":\#(attributes),"MessageAttributes":null,"ReceiveCount":0}"#
  }
}
