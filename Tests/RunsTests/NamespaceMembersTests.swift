import JSONBytes
import Runs
import Testing

struct NamespaceMembersTests {
  private func members(_ name: String = "invoice", except others: [String] = []) throws -> NamespaceMembers {
    try NamespaceMembers(name, others: others)
  }

  @Test(arguments: [
    "", "a", "ab", "Invoice", "1ab", "a-", "a--b", "in voice", "invoice*", String(repeating: "a", count: 41),
  ])
  func refusesWhatCouldStandForTooMuch(name: String) {
    let error = #expect(throws: RunsError.self) { try NamespaceMembers(name) }
    #expect(error?.code == .badNamespace)
  }

  @Test func takesEveryNamespaceThatATestHas() throws {
    for test in ["TestInvoiceRetry", "", "x", String(repeating: "long_", count: 30), "tests/a.py::b[é]"] {
      let namespace = try Namespace(test: test)
      let members = try NamespaceMembers(namespace.name)
      #expect(members.owns(container: (namespace.prefix(for: .s3) + "x").utf8))
      #expect(members.owns(container: (namespace.prefix(for: .dynamoDB) + "x").utf8))
      #expect(members.owns(queue: (namespace.prefix(for: .sqs) + "x.fifo").utf8))
      #expect(members.owns(objectKey: (namespace.prefix(for: .s3Key) + "x").utf8))
      #expect(members.owns(itemKey: (namespace.prefix(for: .dynamoDBKey) + "x").utf8))
    }
  }

  @Test func tellsItsOwnFromOthers() throws {
    let members = try members()
    #expect(members.owns(container: "invoice".utf8))
    #expect(members.owns(container: "invoice-receipts".utf8))
    #expect(!members.owns(container: "invoices".utf8))
    #expect(!members.owns(container: "my-invoice".utf8))
    #expect(members.owns(queue: "invoice.fifo".utf8))
    #expect(!members.owns(queue: "invoicex.fifo".utf8))
    #expect(members.owns(objectKey: "invoice/".utf8))
    #expect(!members.owns(objectKey: "invoice-retry/a".utf8))
    #expect(!members.owns(itemKey: "invoice".utf8))
  }

  @Test func leavesLongerNamespacesAlone() throws {
    let members = try members(except: ["invoice-retry", "invoice"])
    #expect(members.owns(container: "invoice-receipts".utf8))
    #expect(!members.owns(container: "invoice-retry".utf8))
    #expect(!members.owns(container: "invoice-retry-receipts".utf8))
    #expect(!members.owns(queue: "invoice-retry.fifo".utf8))
    #expect(members.owns(container: "invoice-retrying".utf8))
  }

  @Test(arguments: [
    (#"{"MessageGroupID":"invoice"}"#, true), (#"{"MessageGroupID":"invoice-7"}"#, true),
    (#"{"MessageGroupID":"invoice#7"}"#, true), (#"{"MessageGroupID":"invoices"}"#, false),
    (#"{"MessageAttributes":{"namespace":{"DataType":"String","StringValue":"invoice"}}}"#, true),
    (#"{"MessageAttributes":{"namespace":{"DataType":"String","StringValue":"other"}}}"#, false),
    (#"{"MessageAttributes":null,"Body":"{\"namespace\":\"invoice\"}"}"#, true),
    (#"{"Body":"{\"namespace\":\"invoice-retry\"}"}"#, false),
    (#"{"Body":"{\"a\":{\"namespace\":\"invoice\"}}"}"#, false),
    (#"{"Body":"invoice"}"#, false), (#"{"Body":"{not JSON"}"#, false), ("null", false), ("[]", false),
  ])
  func tellsMessages(message: String, isOwn: Bool) throws {
    #expect(try members().owns(message: JSONTape(parsing: Array(message.utf8)).root) == isOwn)
  }
}
