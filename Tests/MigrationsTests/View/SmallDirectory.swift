import Digests
import Files
import FixtureTestSupport
import KumoState
import Migrations
import SystemPackage

/// A small data directory in KUMO's form, and a view of it.
struct SmallDirectory {
  let scratch: TemporaryDirectory
  let view: DirectoryView

  init(_ files: [String: String]) throws {
    scratch = try TemporaryDirectory()
    for (name, text) in files { try scratch.write(name, text) }
    view = DirectoryView(scratch.directory)
  }

  /// A table of two keys with three items, a queue with two messages and its dead-letter queue, two buckets.
  init() throws {
    try self.init(["dynamodb.json": Self.tables, "sqs.json": Self.queues, "s3.json": Self.buckets])
    try scratch.write("s3-objects/" + Self.digest("hello"), "hello")
    try scratch.write("s3-objects/" + Self.digest("two"), "two")
    try scratch.write("s3-objects/" + Self.digest("one"), "one")
  }

  func text(_ name: String) throws -> String { try scratch.text(name) }

  /// The items of a table as they stand in the file.
  func items() throws -> String {
    let text = try text("dynamodb.json")
    guard let start = text.firstRange(of: #""items":"#), let end = text.firstRange(of: #"},"b":{"table""#) else {
      return ""
    }
    return String(text[start.lowerBound..<end.lowerBound])
  }

  static func digest(_ text: String) -> String {
    (try? SHA256Hasher.hash(of: Array(text.utf8)).hex) ?? ""
  }

  static func etag(_ text: String) -> String {
    let digest = (try? MD5Hasher.hash(of: Array(text.utf8)).hex) ?? ""
    return #""\""# + digest + #"\"""#
  }

  static let tables =
    #"{"tables":{"a":{"table":{"Name":"a","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"},"#
    + #"{"AttributeName":"sk","KeyType":"RANGE"}],"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"},"#
    + #"{"AttributeName":"sk","AttributeType":"N"}],"TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/a","#
    + #""ItemCount":3,"LatestStreamArn":"arn:aws:dynamodb:us-east-1:000000000000:table/a/stream/2026-01-01T00:00:00.000"},"#
    + #""items":{"S:x|N:1":{"mail":{"S":"x@example.com"},"pk":{"S":"x"},"sk":{"N":"1"},"total":{"S":"1.50"}},"#
    + #""S:x|N:2":{"n":{"L":[{"M":{}},{"NS":["1","2.0"]}]},"pk":{"S":"x"},"sk":{"N":"2"}},"#
    + #""S:y|N:1":{"mail":{"S":"y \u003c\u0026"},"pk":{"S":"y"},"sk":{"N":"1"},"total":{"S":"7"}}}},"#
    + #""b":{"table":{"Name":"b","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]},"items":{}}},"#
    + #""tags":{"arn:aws:dynamodb:us-east-1:000000000000:table/a":[{"Key":"k","Value":"v"}]}}"#

  private static func queue(_ name: String, redrive: String, messages: String, counter: Int = 0) -> String {
    #""http://localhost:4566/000000000000/"# + name + #"":{"queue":{"Name":""# + name
      + #"","URL":"http://localhost:4566/000000000000/"# + name + #"","ARN":"arn:aws:sqs:us-east-1:000000000000:"#
      + name
      + #"","CreatedTimestamp":"2026-01-01T00:00:00Z","VisibilityTimeout":30,"DelaySeconds":0,"FifoQueue":"#
      + (name.hasSuffix(".fifo") ? "true" : "false") + #",""# + redrive + #"},"messages":"# + messages
      + #","sequenceCounter":\#(counter)}"#
  }

  private static func message(_ id: String, _ body: String, _ rest: String = "") -> String {
    let digest = (try? MD5Hasher.hash(of: Array(body.utf8)).hex) ?? ""
    return #"{"MessageID":""# + id + #"","ReceiptHandle":"","Body":""# + body + #"","MD5OfBody":""# + digest
      + #"","Attributes":{"SentTimestamp":"1"},"MessageAttributes":{"t":{"DataType":"String","StringValue":"x"}},"#
      + #""SentTimestamp":"2026-01-01T00:00:00Z","VisibleAt":"2026-01-01T00:00:00Z","ReceiveCount":0,"MessageGroupID":"","#
      + #""MessageDeduplicationID":"","SequenceNumber":""}"#
  }

  static let queues =
    #"{"queues":{"#
    + queue("dead", redrive: #"RedrivePolicy":"","MaxReceiveCount":0,"DeadLetterTargetArn":"""#, messages: "null") + ","
    + queue(
      "jobs",
      redrive: #"RedrivePolicy":"{\"deadLetterTargetArn\": \"arn:aws:sqs:us-east-1:000000000000:dead\", "#
        + #"\"maxReceiveCount\": \"2\"}","MaxReceiveCount":2,"DeadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead""#,
      messages: "[" + message("m1", "one") + "," + message("m2", "two") + "]")
    + ","
    + queue(
      "line.fifo", redrive: #"RedrivePolicy":"","MaxReceiveCount":0,"DeadLetterTargetArn":"""#, messages: "[]",
      counter: 7)
    + "}}"

  private static func object(_ key: String, _ body: String, version: String = "", inline: String) -> String {
    #"{"Key":""# + key + #"","Body":""# + inline + #"","ETag":"# + etag(body) + #","Size":\#(body.utf8.count),"#
      + #""LastModified":"2026-01-01T00:00:00Z","ContentType":"text/plain","Metadata":{"a":"b"},"Tags":null,"VersionID":""#
      + version + #"","IsDeleteMarker":false,"bodyRef":""# + digest(body) + #""}"#
  }

  static let buckets =
    #"{"buckets":{"files":{"name":"files","objects":{"in/a.txt":"# + object("in/a.txt", "hello", inline: "aGVsbG8=")
    + ","
    + #""in/b.txt":"# + object("in/b.txt", "hello", inline: "aGVsbG8=") + "," + #""out.txt":"#
    + object("out.txt", "hello", inline: "aGVsbG8=")
    + #"},"versions":{},"versioningStatus":"","versionIdcounter":0,"queueConfigurations":[{"queue":"#
    + #""arn:aws:sqs:us-east-1:000000000000:jobs","events":["s3:*"]}],"logging":{"targetBucket":"kept"}},"#
    + #""kept":{"name":"kept","objects":{"v":"# + object("v", "two", version: "v2", inline: "dHdv")
    + #"},"versions":{"v":["#
    + object("v", "two", version: "v2", inline: "dHdv") + "," + object("v", "one", version: "v1", inline: "b25l")
    + #"]},"versioningStatus":"Enabled","versionIdcounter":2,"objectAcls":{"v":{"CannedACL":"private"}}},"#
    + #""spare":{"name":"spare","objects":{},"versions":{},"versioningStatus":"","versionIdcounter":0}}}"#
}
