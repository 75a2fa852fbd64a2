import Emulator
import Files
import FixtureTestSupport
import Glibc
import Harness
import JSONBytes
import Runs
import SystemPackage
import Testing

/// A server that speaks enough of the API: KUMO itself when `KUMO_BIN` is set, otherwise a small stand-in that pages.
final class LiveServer {
  let endpoint: Endpoint
  let scratch: TemporaryDirectory
  private let program: RunningProgram?
  private let kumo: EmulatorProcess?

  init(_ kumoProgram: FilePath? = nil) throws {
    scratch = try TemporaryDirectory()
    if let kumoProgram {
      try scratch.makeDirectory("data")
      var launch = EmulatorProcess.Launch(
        program: kumoProgram, dataDirectory: scratch.path("data"), log: scratch.path("log"), environment: [:])
      launch.patience = .seconds(120)
      let process = try EmulatorProcess.start(launch)
      (kumo, program, endpoint) = (process, nil, process.endpoint)
      return
    }
    kumo = nil
    let python = try #require(Program(named: "python3"))
    let running = try python.start([Captures.packageRoot.pushing("Tests/Interop/small_aws.py").string])
    program = running
    var port: UInt16?
    let deadline = Deadline(in: .seconds(120))
    while port == nil, !deadline.hasPassed {
      port = UInt16(try running.outputSoFar().split(separator: "\n").first.map(String.init) ?? "")
      deadline.sleep(milliseconds: 5)
    }
    endpoint = Endpoint(host: "127.0.0.1", port: try #require(port))
  }

  deinit {
    kumo?.kill()
    program?.send(SIGKILL)
    _ = try? program?.wait()
  }

  func put(_ target: String, _ body: String = "") throws {
    var request = HTTPRequest("PUT", target)
    request.body = Array(body.utf8)
    let response = try HTTPResponse.fetch(request, from: endpoint, deadline: Deadline(in: .seconds(120)))
    #expect((200..<300).contains(response.status))
  }

  func call(_ action: String, _ body: String) throws {
    _ = try LiveCalls(endpoint).call(action, Array(body.utf8))
  }

  func table(_ name: String, items: [String]) throws {
    try call(
      "DynamoDB_20120810.CreateTable",
      #"{"TableName":"\#(name)","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}],"#
        + #""AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}"#)
    for item in items {
      try call("DynamoDB_20120810.PutItem", #"{"TableName":"\#(name)","Item":{"id":{"S":"\#(item)"},"x":{"N":"1"}}}"#)
    }
  }

  func queue(_ name: String, messages: Int) throws {
    try call("AmazonSQS.CreateQueue", #"{"QueueName":"\#(name)"}"#)
    for _ in 0..<messages {
      try call(
        "AmazonSQS.SendMessage", #"{"QueueUrl":"http://localhost:4566/000000000000/\#(name)","MessageBody":"x"}"#)
    }
  }

  /// Resources of two namespaces, and of nobody.
  func fill() throws {
    for bucket in ["invoice-receipts", "invoice-retry-receipts", "shared"] { try put("/\(bucket)") }
    for index in 0..<5 { try put("/invoice-receipts/2026%2F\(index)", "body") }
    for index in 0..<4 { try put("/shared/invoice%2F\(index)%20%26%20%C3%A9", "body") }
    for key in ["other%2F1", "invoice-retry%2F1", "invoices"] { try put("/shared/\(key)", "body") }
    try put("/invoice-retry-receipts/a", "body")
    try table("invoice-rows", items: ["1", "2"])
    try table("rows", items: (0..<7).map { "invoice#\($0)" } + ["other#1", "invoice", "zz"])
    try queue("invoice-jobs", messages: 3)
    try queue("jobs", messages: 2)
  }

  func teardown(
    _ options: LiveNamespaceTeardown.Options = .init(), except others: [String] = ["invoice-retry"]
  ) throws -> NamespaceReport {
    let journal = TeardownJournal(
      folder: scratch.path("runs"), endpoint: endpoint.description, namespace: "invoice")
    return try LiveNamespaceTeardown(
      NamespaceMembers("invoice", others: others), at: endpoint, journal: journal, options: options
    ).run()
  }

  var state: ServedState {
    get throws { try LiveView(endpoint, deadline: Deadline(in: .seconds(120))).state() }
  }
}

@Suite(.needs("python3")) struct LiveNamespaceTests {
  static let programs: [FilePath?] = RealKumoHarnessTests.program.map { [nil, $0] } ?? [nil]

  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private var others: ServedState {
    var state = ServedState()
    state.buckets = [bytes("invoice-retry-receipts"): 1, bytes("shared"): 3]
    state.tables = [bytes("rows"): 3]
    state.queues = [bytes("jobs"): 2]
    return state
  }

  @Test(arguments: programs) func takesOutANamespaceAndNothingElse(program: FilePath?) throws {
    let server = try LiveServer(program)
    try server.fill()
    var options = LiveNamespaceTeardown.Options()
    options.dryRun = true
    let before = try server.state
    let plan = try server.teardown(options)
    #expect(plan.total == 1 + 5 + 4 + 1 + 2 + 7 + 1 + 3)
    #expect(try server.state == before)
    options.dryRun = false
    options.batch = 2
    let report = try server.teardown(options)
    #expect(report.isComplete, "\(report.failures)")
    #expect(report.resources.map(\.count) == plan.resources.map(\.count))
    #expect(try server.state == others)
    // Once more is no error, and leaves nothing in the folder.
    let again = try server.teardown()
    #expect(again.total == 0)
    #expect(again.isComplete)
    #expect(!again.isResumed)
    #expect(try Directory.open(server.scratch.path("runs")).list().isEmpty)
  }

  /// Stopped after each deletion in turn, as by a kill; then the next teardown ends it with the same totals.
  @Test func anInterruptedTeardownIsFinishedByTheNextWithTheSameTotals() throws {
    struct Stopped: Error {}
    let server = try LiveServer()
    for limit in 0..<100 {
      try server.fill()
      var options = LiveNamespaceTeardown.Options()
      options.batch = 4
      var count = 0
      options.checkpoint = {
        count += 1
        if count > limit { throw Stopped() }
      }
      do {
        let report = try server.teardown(options)
        #expect(report.isComplete)
        #expect(limit >= 15)
        return
      } catch is Stopped {
        let report = try server.teardown()
        #expect(report.isComplete, "\(limit): \(report.failures)")
        #expect(report.total == 24, "\(limit)")
        #expect(report.isResumed)
        #expect(try server.state == others, "\(limit)")
      }
    }
    Issue.record("the teardown never ended")
  }

  @Test func saysWhatCouldNotBeDeleted() throws {
    let server = try LiveServer()
    try server.put("/invoice-receipts")
    try server.put("/invoice-receipts/locked", "x")
    try server.put("/invoice-receipts/open", "x")
    try server.table("invoice-protected", items: ["1"])
    try server.queue("invoice-jobs", messages: 2)
    try server.call("AmazonSQS.ReceiveMessage", #"{"QueueUrl":"http://localhost:4566/000000000000/invoice-jobs"}"#)
    var options = LiveNamespaceTeardown.Options()
    options.wait = .milliseconds(120)
    let report = try server.teardown(options)
    #expect(!report.isComplete)
    #expect(
      report.failures.map(\.subject) == [
        "bucket 'invoice-receipts'", "table 'invoice-protected'", "queue 'invoice-jobs'",
      ])
    #expect(report.failures[0].message.contains("403 AccessDenied"))
    #expect(report.failures[2].message.contains("1 messages are in flight"))
    // The bucket with the object that could not go (the other one may be left, too), the table with its item, the queue
    // with the message that is in flight.
    #expect((6...7).contains(report.remaining), "\(report.resources)")
    options.force = true
    let again = try server.teardown(options)
    #expect(again.isResumed)
    #expect(again.total == report.total)
    #expect(again.failures.map(\.subject) == ["bucket 'invoice-receipts'", "table 'invoice-protected'"])
  }

  @Test(arguments: programs) func aQueueThatOthersNeedStaysEmpty(program: FilePath?) throws {
    let server = try LiveServer(program)
    try server.queue("invoice-dlq", messages: 2)
    let policy = #"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:invoice-dlq\",\"maxReceiveCount\":3}"#
    try server.call("AmazonSQS.CreateQueue", #"{"QueueName":"jobs","Attributes":{"RedrivePolicy":"\#(policy)"}}"#)
    let report = try server.teardown()
    #expect(
      report.failures == [
        .init(
          subject: "queue 'invoice-dlq'",
          message: "it stays, empty: it is the dead-letter queue of 'jobs', which stays")
      ])
    #expect(report.total == 3)
    #expect(report.remaining == 1)
    #expect(try server.state.queues == [bytes("invoice-dlq"): 0, bytes("jobs"): 0])
    // Once more says it again, and nothing waits to be finished.
    #expect(try server.teardown().failures == report.failures)
    #expect(try Directory.open(server.scratch.path("runs")).list().isEmpty)
  }

  @Test func saysThatNobodyAnswers() throws {
    // Nobody listens there; a port that is free now may be another test's in a moment.
    let endpoint = Endpoint(host: "127.0.0.1", port: 1)
    let scratch = try TemporaryDirectory()
    let journal = TeardownJournal(folder: scratch.path("runs"), endpoint: "x", namespace: "invoice")
    let teardown = LiveNamespaceTeardown(try NamespaceMembers("invoice"), at: endpoint, journal: journal)
    #expect(throws: EmulatorError.self) { try teardown.run() }
  }
}
