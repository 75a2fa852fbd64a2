import Digests
import Files
import FixtureTestSupport
import FixtureTree
import Glibc
import Harness
import KumoState
import Runs
import Synchronization
import SystemPackage
import Testing

/// A directory with resources of `invoice`, of `invoice-retry` and of nobody, in a form that no machine writes, so
/// that a byte that is touched shows.
struct Shelf {
  let scratch: TemporaryDirectory

  static let a = String(repeating: "a", count: 64)
  static let b = String(repeating: "b", count: 64)
  static let c = String(repeating: "c", count: 64)

  static func object(_ key: String, _ ref: String = "", version: String = "") -> String {
    let tail = ref.isEmpty ? "" : #", "bodyRef":"\#(ref)""#
    return #"{"Key": "\#(key)", "ETag":"x","Size":1,"VersionID": "\#(version)"\#(tail)}"#
  }

  /// `s3.json`; the second form is what is left of it.
  static func s3(_ isFull: Bool) -> String {
    let own = #""invoice-receipts": { "name":"invoice-receipts", "objects":{"x": \#(object("x", a))}, "versions":{} },"#
    return """
      { "buckets" : {\(isFull ? "\n " + own + "\n " : "")"invoice-retry-receipts": {"name":"invoice-retry-receipts","objects": { } ,"versions":{}},
        "shared" : {"name":"shared", "objects": {\(isFull ? #""invoice\/1" : \#(object("invoice/1", a)) ,   "# : "")"invoices" : \(object("invoices", b)), "other/é": \(object("other/é"))\(
            isFull ? #", "invoice/2": \#(object("invoice/2", b, version: "v2"))"# : "") },
          "versions" : {\(isFull ? #" "invoice/2": [ \#(object("invoice/2", b, version: "v2")), \#(object("invoice/2", c, version: "v1"))],  "# : "")"zzz":[]  }, "unknown": [1,  2],
          "objectAcls": {\(isFull ? #""invoice/1":{"CannedACL":"private"},"# : "")"other":{ }}, "versionIdcounter": 2 } },
        "extra" : null }
      """
  }

  static func dynamoDB(_ isFull: Bool) -> String {
    let table =
      #"{"table": {"Name":"invoice-rows","KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]},"items":{"S:1":{"id":{"S":"1"}}}},"#
    return """
      {"tables":{\(isFull ? #""invoice-rows":\#(table) "# : "")"rows": {"items":{
        "S:other":{"id":{"S":"other"}}\(isFull ? #" , "S:invoice#1":{"id":{"S":"invoice#1"}, "n":{"N":"1"}}"# : ""),
        "N:5|S:k": {"pk":{"N":"5"}}\(isFull ? #", "S:b|S:invoice#9": {"id":{"S":"b"},"sk":{"S":"invoice#9"}}"# : "")
        }, "table":{"Name":"rows","KeySchema":[{"AttributeName":"id","KeyType":"HASH"},{"AttributeName":"sk","KeyType":"RANGE"}]}}},
       "tags": {"arn:aws:dynamodb:us-east-1:000000000000:table/rows": []\(
         isFull ? #" , "arn:aws:dynamodb:us-east-1:000000000000:table/invoice-rows": [{"Key":"a","Value":"b"}]"# : "")}}
      """
  }

  static func sqs(_ isFull: Bool) -> String {
    let base = "http://localhost:4566/000000000000/"
    return """
      {"queues": {\(isFull ? #""\#(base)invoice-jobs":{"queue":{"Name":"invoice-jobs"},"messages":[{"Body":"x"},{"Body":"y"}],"sequenceCounter":2},  "# : "")"\(base)jobs" : {"queue":{"Name":"jobs"}, "messages": [ {"Body":"plain"}\(
         isFull ? #", {"Body":"{\"namespace\": \"invoice\"}"}"# : "") , {"Body":"last","MessageGroupID":"invoices"}\(
         isFull ? #",{"MessageGroupID":"invoice","Body":"z"}"# : "") ],"sequenceCounter": 7}}}
      """
  }

  init() throws {
    // In memory where that is: these tests wait for the disk hundreds of times.
    scratch = try (try? TemporaryDirectory(in: "/dev/shm")) ?? TemporaryDirectory()
    try scratch.write("data/s3.json", Self.s3(true), mode: 0o640)
    try scratch.write("data/dynamodb.json", Self.dynamoDB(true))
    try scratch.write("data/sqs.json", Self.sqs(true))
    try scratch.write("data/iam.json", "{ }")
    for blob in [Self.a, Self.b, Self.c, String(repeating: "d", count: 64)] {
      try scratch.write("data/s3-objects/\(blob)", String(blob.prefix(1)))
    }
  }

  func giveManifest() throws {
    let directory = try Directory.open(scratch.path("data"))
    let document = FixtureDocument(
      name: "shelf", version: 1, origin: .adopted, layout: DirectoryInspection(directory).layout.description,
      services: ["dynamodb", "iam", "s3", "sqs"])
    try document.write(to: directory, mode: 0o644)
    try TreeManifest(of: directory) { _ in }.write(to: directory, mode: 0o644)
  }

  func teardown(
    _ namespace: String = "invoice", except others: [String] = ["invoice-retry"], dryRun: Bool = false,
    checkpoint: @escaping () throws -> Void = {}
  ) throws -> NamespaceReport {
    try NamespaceTeardown(
      NamespaceMembers(namespace, others: others), in: scratch.path("data"), dryRun: dryRun, wait: .milliseconds(50),
      checkpoint: checkpoint
    ).run()
  }
}

struct NamespaceTeardownTests {
  @Test func takesOutANamespaceAndKeepsEveryOtherByte() throws {
    let shelf = try Shelf()
    try shelf.giveManifest()
    let plan = try shelf.teardown(dryRun: true)
    #expect(plan.isDryRun)
    #expect(try shelf.scratch.text("data/s3.json") == Shelf.s3(true))
    let report = try shelf.teardown()
    #expect(report.isComplete, "\(report.failures)")
    // Two buckets' parts: the whole one with an object; three entries of the shared one. Then tables and queues.
    #expect(report.resources.map(\.count) == [1, 3, 1, 2, 2, 2])
    #expect(report.resources.map(\.isWhole) == [true, false, true, false, true, false])
    #expect(report.total == plan.total)
    #expect(try shelf.scratch.text("data/s3.json") == Shelf.s3(false))
    #expect(try shelf.scratch.text("data/dynamodb.json") == Shelf.dynamoDB(false))
    #expect(try shelf.scratch.text("data/sqs.json") == Shelf.sqs(false))
    #expect(try shelf.scratch.mode("data/s3.json") == 0o640)
    // Nobody refers to a and c any more; b is still in use, and d never was and is nobody's business.
    #expect(report.blobs == 2)
    #expect(try Directory.open(shelf.scratch.path("data/s3-objects")).list().map { $0.path.bytes.first } == [98, 100])
    // The manifest says what is there now.
    let directory = try Directory.open(shelf.scratch.path("data"))
    #expect(try TreeManifest.read(from: directory)?.differences(from: directory).isEmpty == true)
    #expect(try shelf.scratch.list() == ["data"])
    let again = try shelf.teardown()
    #expect(again.total == 0)
    #expect(again.isComplete)
  }

  @Test func aLineOfTheManifestThatWasWrongStaysWrong() throws {
    let shelf = try Shelf()
    try shelf.giveManifest()
    try shelf.scratch.write("data/sqs.json", Shelf.sqs(true) + " ")
    #expect(try shelf.teardown().isComplete)
    let directory = try Directory.open(shelf.scratch.path("data"))
    let differences = try TreeManifest.read(from: directory)?.differences(from: directory)
    #expect(differences?.map(\.displayPath) == ["sqs.json"])
  }

  /// Stopped before each durable operation in turn, as by a kill; then the next teardown ends it with the same totals.
  @Test func anInterruptedTeardownIsFinishedByTheNextWithTheSameTotals() throws {
    let whole = try Shelf().teardown(dryRun: true)
    for limit in 0..<200 {
      let shelf = try Shelf()
      let counter = Count(limit)
      let result = Result {
        try FaultPlan.failing({ _ in counter.next() ? nil : .ioError }) { try shelf.teardown() }
      }
      if case .success(let report) = result {
        #expect(report.isComplete)
        #expect(limit >= 6)
        return
      }
      let state = try (shelf.scratch.text("data/s3.json"), shelf.scratch.text("data/sqs.json"))
      // One of the two, as a whole.
      #expect(state == (Shelf.s3(true), Shelf.sqs(true)) || state == (Shelf.s3(false), Shelf.sqs(false)), "\(limit)")
      let second = try shelf.teardown()
      #expect(second.isComplete, "\(limit): \(second.failures)")
      #expect(second.resources.map(\.count) == whole.resources.map(\.count), "\(limit)")
      #expect(try shelf.scratch.list() == ["data"], "\(limit)")
      #expect(try shelf.scratch.text("data/dynamodb.json") == Shelf.dynamoDB(false))
    }
    Issue.record("the teardown never ended")
  }

  @Test func aQueueThatOthersNeedStaysEmpty() throws {
    let shelf = try Shelf()
    let arn = "arn:aws:sqs:us-east-1:000000000000:invoice-dlq"
    try shelf.scratch.write(
      "data/sqs.json",
      #"{"queues":{"http://x/1/invoice-dlq":{"queue":{},"messages":[{"Body":"x"}]},"#
        + #""http://x/1/jobs":{"queue":{"DeadLetterTargetArn":"\#(arn)","MaxReceiveCount":3},"messages":null}}}"#)
    let report = try shelf.teardown()
    #expect(!report.isComplete)
    #expect(report.failures.map(\.subject) == ["queue 'invoice-dlq'"])
    #expect(report.remaining == 1)
    let text = try shelf.scratch.text("data/sqs.json")
    #expect(text.contains(#"invoice-dlq":{"queue":{},"messages":[]}"#))
    // Once more changes nothing and says it again.
    let before = try shelf.scratch.snapshot()
    #expect(try shelf.teardown().failures == report.failures)
    #expect(try shelf.scratch.snapshot() == before)
  }

  @Test func changesNothingWhenAFileCannotBeRead() throws {
    let shelf = try Shelf()
    try shelf.scratch.write("data/dynamodb.json", #"{"tables":{"#)
    let before = try shelf.scratch.snapshot()
    let report = try shelf.teardown()
    #expect(report.failures.map(\.subject) == ["dynamodb.json"])
    #expect(!report.isComplete)
    #expect(try shelf.scratch.snapshot() == before)
  }

  /// A job may have prepared its directory and not started its KUMO yet.
  @Test func doesNotTouchAnotherJobsRun() throws {
    let shelf = try Shelf()
    let sleep = try #require(Program(named: "sleep"))
    let other = try sleep.start(["3600"])
    let name = try #require(RunName(chosen: "theirs"))
    let runs = RunsFolder(shelf.scratch.path("runs"))
    let owner = try RunOwner(process: other.process)
    let run = try runs.prepare(.init(name: name, owner: owner, now: 1)) {
      try RunsFolder.copy(shelf.scratch.path("data"), to: $0)
    }
    run.release()
    let before = try shelf.scratch.snapshot()
    func teardown(force: Bool = false, dryRun: Bool = false) throws -> NamespaceReport {
      try NamespaceTeardown(NamespaceMembers("invoice"), in: run.path, dryRun: dryRun, force: force).run()
    }
    let error = try #require(throws: RunsError.self) { try teardown() }
    #expect(error.code == .taken)
    #expect(error.message.contains("process \(other.process)"))
    // Looking is free.
    #expect(try teardown(dryRun: true).total > 0)
    #expect(try shelf.scratch.snapshot() == before)
    #expect(try teardown(force: true).isComplete)
    other.send(SIGKILL)
    _ = try other.wait()
    #expect(try teardown().total == 0)
  }

  @Test func doesNotTouchADirectoryInUse() throws {
    let shelf = try Shelf()
    let before = try shelf.scratch.snapshot()
    do {
      let permit = try WorkPermit.take(shelf.scratch.path("data"), for: .reading)
      let error = try #require(throws: RunsError.self) { try shelf.teardown() }
      #expect(error.code == .inUse)
      withExtendedLifetime(permit) {}
    }
    // What counts is the program's name and its variable, so a copy of sleep stands in for the server.
    let sleep = try #require(Program(named: "sleep"))
    let place = try TemporaryDirectory()
    try place.copyProgram("kumo", from: sleep.path)
    let server = try Program(place.path("kumo")).start(
      ["3600"], environment: ["KUMO_DATA_DIR": shelf.scratch.path("data").string])
    let directory = try Directory.open(shelf.scratch.path("data"))
    #expect(eventually { !DirectoryUsers.servers(of: directory).isEmpty })
    let second = try #require(throws: RunsError.self) { try shelf.teardown() }
    #expect(second.message.contains("process \(server.process)"))
    server.send(SIGKILL)
    _ = try server.wait()
    #expect(try shelf.scratch.snapshot() == before)
  }

  @Test func refusesARunThatIsBeingTornDown() throws {
    let shelf = try Shelf()
    for state in ["draining", "deletable"] {
      try shelf.scratch.write("data/\(state)", "{}")
      let error = try #require(throws: RunsError.self) { try shelf.teardown() }
      #expect(error.code == .wrongState)
      #expect(error.message.contains(state))
    }
  }

  @Test func whatIsNotThereIsNoError() throws {
    let scratch = try TemporaryDirectory()
    let report = try NamespaceTeardown(NamespaceMembers("invoice"), in: scratch.path("absent")).run()
    #expect(report.isComplete)
    #expect(report.total == 0)
    #expect(try scratch.list().isEmpty)
  }
}

/// Counts up to a limit; true as long as it is not reached.
final class Count: Sendable {
  private let left: Atomic<Int>
  init(_ limit: Int) { left = Atomic(limit) }
  func next() -> Bool { left.wrappingSubtract(1, ordering: .relaxed).oldValue > 0 }
}
