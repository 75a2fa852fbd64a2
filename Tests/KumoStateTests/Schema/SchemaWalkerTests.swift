import JSONBytes
import KumoState
import Testing

@Suite struct SchemaWalkerTests {
  /// A document that breaks exactly one thing, what is reported, where, and whether Go stops there.
  struct Case: CustomTestStringConvertible, Sendable {
    let service: String
    let json: String
    let kind: SchemaDeviation.Kind
    let pointer: String
    var stops = false
    var testDescription: String { "\(service) \(kind.rawValue) \(pointer)" }
  }

  static let cases: [Case] = [
    Case(service: "sqs", json: #"{"queues":[]}"#, kind: .wrongType, pointer: "/queues"),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"Name":5}}}}"#, kind: .wrongType, pointer: "/queues/u/queue/Name"
    ),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"FifoQueue":"true"}}}}"#, kind: .wrongType,
      pointer: "/queues/u/queue/FifoQueue"),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"VisibilityTimeout":30.0}}}}"#, kind: .fraction,
      pointer: "/queues/u/queue/VisibilityTimeout"),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"VisibilityTimeout":1e2}}}}"#, kind: .fraction,
      pointer: "/queues/u/queue/VisibilityTimeout"),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"VisibilityTimeout":9223372036854775808}}}}"#, kind: .range,
      pointer: "/queues/u/queue/VisibilityTimeout"),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"sequenceCounter":-1}}}"#, kind: .range,
      pointer: "/queues/u/sequenceCounter"),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"sequenceCounter":18446744073709551616}}}"#, kind: .range,
      pointer: "/queues/u/sequenceCounter"),
    Case(
      service: "ebs", json: #"{"snapshots":{"s":{"BlockSize":2147483648}}}"#, kind: .range,
      pointer: "/snapshots/s/BlockSize"),
    Case(
      service: "amplify", json: #"{"apps":{"a":{"createTime":1e400}}}"#, kind: .range, pointer: "/apps/a/createTime"),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"CreatedTimestamp":"2026-01-02 03:04:05Z"}}}}"#, kind: .time,
      pointer: "/queues/u/queue/CreatedTimestamp", stops: true),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"CreatedTimestamp":"2026-01-02T03:04:0\u0035Z"}}}}"#,
      kind: .time,
      pointer: "/queues/u/queue/CreatedTimestamp", stops: true),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"CreatedTimestamp":1767323045}}}}"#, kind: .wrongType,
      pointer: "/queues/u/queue/CreatedTimestamp", stops: true),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"CreatedTimestamp":"2026-01-02T03:04:05,5Z"}}}}"#,
      kind: .unusual,
      pointer: "/queues/u/queue/CreatedTimestamp"),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"queue":{"CreatedTimestamp":"2026-01-02T03:04:05+24:00"}}}}"#,
      kind: .unwritableTime, pointer: "/queues/u/queue/CreatedTimestamp"),
    Case(
      service: "s3", json: #"{"buckets":{"b":{"objects":{"k":{"Body":"QQ="}}}}}"#, kind: .base64,
      pointer: "/buckets/b/objects/k/Body", stops: true),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"messages":[{"MessageAttributes":{"n":{"BinaryValue":"Q!=="}}}]}}}"#,
      kind: .base64, pointer: "/queues/u/messages/0/MessageAttributes/n/BinaryValue"),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"messages":[{"MessageAttributes":{"n":{"BinaryValue":[65]}}}]}}}"#,
      kind: .unusual, pointer: "/queues/u/messages/0/MessageAttributes/n/BinaryValue"),
    Case(
      service: "s3", json: #"{"buckets":{"b":{"objects":{"k":{"bodyRef":"../../etc/passwd"}}}}}"#, kind: .digest,
      pointer: "/buckets/b/objects/k/bodyRef"),
    Case(service: "s3", json: #"{"buckets":{"b":null}}"#, kind: .null, pointer: "/buckets/b"),
    Case(service: "s3", json: #"{"buckets":{"b":{"objects":null}}}"#, kind: .null, pointer: "/buckets/b/objects"),
    Case(
      service: "s3", json: #"{"buckets":{"b":{"versions":{"k":[null]}}}}"#, kind: .null,
      pointer: "/buckets/b/versions/k/0"),
    Case(service: "dynamodb", json: #"{"tables":{"t":{"table":null}}}"#, kind: .null, pointer: "/tables/t/table"),
    Case(
      service: "dynamodb", json: #"{"tables":{"t":{"items":{"k":{"a":{"M":{"b":null}}}}}}}"#, kind: .null,
      pointer: "/tables/t/items/k/a/M/b"),
    Case(service: "sqs", json: "null", kind: .null, pointer: ""),
    Case(
      service: "dynamodb", json: #"{"tables":{"t":{"items":{"k":{"a":{"L":[{"M":{"x":{"S":1}}}]}}}}}}"#,
      kind: .wrongType,
      pointer: "/tables/t/items/k/a/L/0/M/x/S", stops: true),
    Case(
      service: "dynamodb", json: #"{"tables":{"t":{"items":{"k":{"a":"text"}}}}}"#, kind: .wrongType,
      pointer: "/tables/t/items/k/a", stops: true),
    Case(
      service: "sqs", json: #"{"queues":{"u":{"owner":{"a":[1,{"b":2}]},"sequenceCounter":1}}}"#, kind: .unknownKey,
      pointer: "/queues/u/owner"),
    Case(service: "sqs", json: #"{"Queues":{}}"#, kind: .foldedKey, pointer: "/Queues"),
    Case(service: "sqs", json: "{\"queue\u{17F}\":{}}", kind: .foldedKey, pointer: "/queue\u{17F}"),
    Case(service: "ebs", json: #"{"blocks":{"s":{"x":{}}}}"#, kind: .mapKey, pointer: "/blocks/s/x"),
    Case(
      service: "organizations", json: #"{"accounts":{"a":{"JoinedTimestamp":1767323045.5}}}"#, kind: .unreadableEpoch,
      pointer: "/accounts/a/JoinedTimestamp", stops: true),
    Case(
      service: "pipes", json: #"{"pipes":{"p":{"CreationTime":"2026-01-02T03:04:05Z"}}}"#, kind: .wrongType,
      pointer: "/pipes/p/CreationTime", stops: true),
  ]

  @Test(arguments: cases)
  func reportsExactlyOneDeviation(wanted: Case) throws {
    let found = try deviations(of: wanted.service, in: wanted.json)
    try #require(found.count == 1, "\(found)")
    #expect(found[0].kind == wanted.kind)
    #expect(found[0].pointer.bytes == Array(wanted.pointer.utf8))
    #expect(found[0].stopsDecoding == wanted.stops)
  }

  /// Every kind is broken by some case above or by one of the tests below.
  @Test func everyKindHasACase() {
    let covered = Set(Self.cases.map(\.kind)).union([.repeatedField])
    #expect(covered == Set(SchemaDeviation.Kind.allCases))
  }

  /// What Go reads without a word.
  @Test(arguments: [
    ("sqs", "{}"), ("sqs", #"{"queues":null}"#),
    ("sqs", #"{"queues":{"u":{"queue":{"Tags":null,"VisibilityTimeout":null}}}}"#),
    ("sqs", #"{"queues":{"u":{"queue":{"VisibilityTimeout":-0}}}}"#),
    ("sqs", #"{"queues":{"u":{"messages":[{"MessageAttributes":{"n":{"BinaryValue":"QQ\u003d="}}}]}}}"#),
    ("sqs", #"{"queues":{"u":{"messages":null,"sequenceCounter":18446744073709551615}}}"#),
    ("ebs", #"{"blocks":{"s":{"-1":{},"01":{},"+5":{"data":"QUI\n="}}}}"#),
    ("amplify", #"{"apps":{"a":{"createTime":1.5e-400}}}"#), ("pipes", #"{"pipes":{"p":{"CreationTime":1.5}}}"#),
    ("organizations", #"{"accounts":{"a":{"JoinedTimestamp":"2026-01-02T03:04:05Z"},"b":{"JoinedTimestamp":null}}}"#),
    ("lambda", #"{"functions":{"f":{"Policy":{"Statement":[{"Condition":{"a":{"b":[1,null,{"c":2}]}}}]}}}}"#),
    ("s3", #"{"buckets":{"b":{"website":{"IndexDocument":null}}}}"#),
    ("s3", #"{"buckets":{"b":{"versions":{"k":null}}}}"#),
    ("sts", "{}"), ("dynamodb", #"{"tables":{"t":{"items":{"k":{"a":{}}}}}}"#),
  ])
  func acceptsWhatGoAccepts(service: String, json: String) throws {
    let found = try deviations(of: service, in: json)
    #expect(found.isEmpty, "\(found)")
  }

  @Test func twoSpellingsOfOneField() throws {
    let found = try deviations(of: "sqs", in: #"{"queues":{},"QUEUES":{}}"#)
    #expect(found.map(\.kind) == [.foldedKey, .repeatedField])
    let mixed = try deviations(of: "s3", in: #"{"buckets":{"a":{"name":"a","NAME":"b"},"b":{"name":"b"}}}"#)
    #expect(mixed.map(\.kind) == [.foldedKey, .repeatedField])
  }

  @Test func deviationsHavePlacesAndNeverValues() throws {
    let json = "{\n \"queues\": {\n  \"u\": {\"queue\": {\"Name\": true, \"VisibilityTimeout\": \"hunter2\"}}}}"
    let found = try deviations(of: "sqs", in: json)
    #expect(found.map(\.line) == [3, 3])
    #expect(found.map(\.column) == [27, 54])
    #expect(found.map(\.offset) == [41, 68])
    #expect(
      found[1].description
        == "expected an integer, found a string at line 3, column 54 (/queues/u/queue/VisibilityTimeout)")
    #expect(found.allSatisfy { !$0.description.contains("hunter2") })
  }

  @Test func goesOnAfterEachDeviation() throws {
    let json =
      #"{"x":[{}],"queues":{"u":{"queue":[1,2],"messages":[5,{"Body":null,"Body2":{}},null],"sequenceCounter":1.5}}}"#
    let found = try deviations(of: "sqs", in: json)
    #expect(found.map(\.kind) == [.unknownKey, .wrongType, .wrongType, .unknownKey, .null, .fraction])
  }

  @Test func syntaxErrorsEndTheWalk() throws {
    #expect(throws: JSONError.self) { try deviations(of: "sqs", in: #"{"queues":{"u":{]}}"#) }
    #expect(throws: JSONError.self) { try deviations(of: "sqs", in: #"{} {}"#) }
    #expect(throws: JSONError.self) { try deviations(of: "sqs", in: "") }
  }

  /// Strings far longer than the buffer, in every kind of string field.
  @Test func longStringsNeedNotFitTheBuffer() throws {
    let long = String(repeating: "QUJD", count: 5_000)
    let json =
      #"{"buckets":{"b":{"name":"\#(long)","creationDate":"\#(long)","objects":{"k":{"Body":"\#(long)","bodyRef":"\#(long)"},"l":{"Body":"\#(long)="}}}}}"#
    var options = JSONReader.Options()
    options.bufferSize = 1_024
    options.maxStringBytes = 4_096
    let found = try deviations(of: "s3", in: json, options: options)
    #expect(found.map(\.kind) == [.time, .digest, .base64])
    #expect(found.last?.pointer.bytes == Array("/buckets/b/objects/l/Body".utf8))
  }

  private func deviations(
    of name: String, in json: String, options: JSONReader.Options = .init()
  ) throws -> [SchemaDeviation] {
    let schema = try KumoStateTests.schema(name)
    var walker = SchemaWalker(schema: schema)
    var found: [SchemaDeviation] = []
    try walker.walk(JSONReader(source: Pieces(bytes: Array(json.utf8)), options: options)) { found.append($0) }
    return found
  }
}

/// A source that gives its bytes a few hundred at a time, so that the reader's buffer size counts.
private struct Pieces: JSONByteSource {
  let bytes: [UInt8]
  var position = 0

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, 300, bytes.count - position)
    guard count > 0 else { return 0 }
    buffer.copyBytes(from: bytes[position..<(position + count)])
    position += count
    return count
  }
}
