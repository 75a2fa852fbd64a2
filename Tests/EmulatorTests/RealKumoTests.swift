import Emulator
import Files
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

/// The real server, when there is one.
enum RealKumo {
  /// What `KUMO_BIN` names.
  static var program: FilePath? {
    guard let value = getenv("KUMO_BIN") else { return nil }
    return FilePath(String(cString: value))
  }

  /// Starts it on a directory.
  static func start(_ scratch: TemporaryDirectory, port: UInt16? = nil) throws -> EmulatorProcess {
    let program = try #require(Self.program)
    var launch = EmulatorProcess.Launch(
      program: program, dataDirectory: scratch.path("data"), log: scratch.path("kumo.log"),
      environment: ["PATH": "/usr/bin:/bin"])
    launch.port = port
    launch.patience = .seconds(120)
    return try EmulatorProcess.start(launch)
  }
}

struct RealKumoTests {
  /// Says loudly that nothing below was tested.
  @Test(.disabled(if: RealKumo.program != nil))
  func withoutARealKumoNothingIsKnownAboutIt() {
    print("warning: KUMO_BIN IS NOT SET: NO TEST OF THE EMULATOR'S ROOM RAN AGAINST A REAL KUMO")
  }

  @Test(.enabled(if: RealKumo.program != nil))
  func countsWhatKumoServes() throws {
    let scratch = try TemporaryDirectory()
    try scratch.makeDirectory("data")
    let kumo = try RealKumo.start(scratch)
    let deadline = Deadline(in: .seconds(120))
    func send(_ request: HTTPRequest) throws {
      let response = try HTTPResponse.fetch(request, from: kumo.endpoint, deadline: deadline)
      #expect((200..<300).contains(response.status))
    }
    try send(HTTPRequest("PUT", "/receipts"))
    try send(HTTPRequest("PUT", "/empty"))
    for index in 0..<3 {
      var put = HTTPRequest("PUT", "/receipts/a%2F\(index)")
      put.body = Array("body \(index)".utf8)
      try send(put)
    }
    let table =
      #"{"TableName":"rows","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"#
      + #""AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}"#
    try send(HTTPRequest(action: "DynamoDB_20120810.CreateTable", body: Array(table.utf8)))
    for index in 0..<2 {
      let item = #"{"TableName":"rows","Item":{"id":{"S":"\#(index)"}}}"#
      try send(HTTPRequest(action: "DynamoDB_20120810.PutItem", body: Array(item.utf8)))
    }
    try send(HTTPRequest(action: "AmazonSQS.CreateQueue", body: Array(#"{"QueueName":"jobs"}"#.utf8)))
    let message = #"{"QueueUrl":"http://localhost:4566/000000000000/jobs","MessageBody":"x"}"#
    try send(HTTPRequest(action: "AmazonSQS.SendMessage", body: Array(message.utf8)))

    let state = try LiveView(kumo.endpoint, deadline: deadline).state()
    var expected = ServedState()
    expected.buckets = [Array("receipts".utf8): 3, Array("empty".utf8): 0]
    expected.tables = [Array("rows".utf8): 2]
    expected.queues = [Array("jobs".utf8): 1]
    #expect(state == expected)

    // Stopped the way that lets it save, all of it is there again.
    let (end, wasKilled) = kumo.stop(bytes: 0)
    #expect(end == .exited(0))
    #expect(!wasKilled)
    #expect(try ServedState(holding: Directory.open(scratch.path("data"))) == expected)
    let again = try RealKumo.start(scratch)
    #expect(try LiveView(again.endpoint, deadline: deadline).state() == expected)
  }

  @Test(.enabled(if: RealKumo.program != nil))
  func leavesNoProcessAndNoPortBehind() throws {
    let scratch = try TemporaryDirectory()
    try scratch.makeDirectory("data")
    let kumo = try RealKumo.start(scratch)
    #expect(ListeningPort.isHeld(kumo.endpoint.port, by: kumo.process) == true)
    kumo.kill()
    #expect(kumo.end() == .signalled(SIGKILL))
    // Not by asking: the port may be another test's already.
    #expect(ListeningPort.isHeld(kumo.endpoint.port, by: kumo.process) != true)
    #expect(kill(kumo.process, 0) != 0)
  }

  /// Another server on the port answers `/health`, too: that must not be taken for ours.
  @Test(.enabled(if: RealKumo.program != nil))
  func doesNotTakeAnotherServerForItsOwn() throws {
    let first = try TemporaryDirectory()
    let second = try TemporaryDirectory()
    try first.makeDirectory("data")
    try second.makeDirectory("data")
    let kumo = try RealKumo.start(first)
    let error = try #require(throws: EmulatorError.self) { try RealKumo.start(second, port: kumo.endpoint.port) }
    #expect(error.code == .ended)
    #expect(error.message.contains("address already in use"))
  }
}

struct ServedStateTests {
  @Test func countsWhatADirectoryHolds() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write(
      "sqs.json",
      #"{"queues":{"http://localhost:4566/000000000000/jobs":{"queue":{"Name":"jobs"},"messages":[{},{}],"sequenceCounter":2}}}"#
    )
    var expected = ServedState()
    expected.queues = [Array("jobs".utf8): 2]
    #expect(try ServedState(holding: scratch.directory) == expected)
    // A file that KUMO would drop is no empty service.
    try scratch.write("s3.json", "{")
    let error = try #require(throws: EmulatorError.self) { try ServedState(holding: scratch.directory) }
    #expect(error.message.contains("s3.json"))
  }

  @Test func comparesByKindAndName() {
    var directory = ServedState()
    directory.buckets = [Array("a".utf8): 1, Array("b".utf8): 2]
    directory.tables = [Array("t".utf8): 5]
    var served = ServedState()
    served.buckets = [Array("a".utf8): 1, Array("c".utf8): 0]
    served.tables = [Array("t".utf8): 4]
    #expect(directory.differences(from: directory).isEmpty)
    #expect(
      directory.differences(from: served) == [
        .init(kind: "bucket", name: Array("b".utf8), expected: 2, served: nil),
        .init(kind: "bucket", name: Array("c".utf8), expected: nil, served: 0),
        .init(kind: "table", name: Array("t".utf8), expected: 5, served: 4),
      ])
  }
}
