import FixtureTestSupport
import Runs
import Testing

struct NamespaceTests {
  @Test(arguments: [
    ("TestInvoiceRetryWritesReceipt", "invoice-retry-writes-receipt"),
    ("test_invoice_retry", "invoice-retry"),
    ("testInvoiceRetry()", "invoice-retry"),
    ("retries an invoice", "retries-an-invoice"),
    ("billing::invoice::retry", "billing-invoice-retry"),
    ("tests/test_billing.py::TestRetry", "test-billing-py-test-retry"),
    ("HTTPServerParsesURLsTwice", "http-server-parses-urls-twice"),
    ("TestS3BucketV2API", "s3-bucket-v2-api"),
    ("TestSHA256SumOf3Files", "sha256-sum-of3-files"),
    ("a__b--c", "a-b-c"),
    ("Test", "test"),
    ("TestTest", "test"),
    ("latest", "latest"),
  ])
  func readsWell(test: String, expected: String) throws {
    #expect(try Namespace(test: test).name == expected)
  }

  @Test(arguments: [
    // KUMO v0.18 takes every path that begins so for another service's (kumo-format.md 1.5).
    ("TestBackupOfUsers", "t-backup-of-users"), ("tablesAreListed", "t-tables-are-listed"), ("service1", "t-service1"),
    // A bucket has three characters, and some services want a letter first.
    ("x", "t-x"), ("TestAB", "t-ab"), ("3rdRetry", "t-3rd-retry"),
    ("sthreeRetries", "t-sthree-retries"),
  ])
  func keepsClearOfReservedNames(test: String, expected: String) throws {
    #expect(try Namespace(test: test).name == expected)
  }

  @Test func addsTheHashWhereWordsDoNotTellNamesApart() throws {
    // The ten digits are those of `printf %s NAME | sha256sum`.
    #expect(try Namespace(test: "test_retry[-1]").name == "retry-1-57fceb53ff")
    #expect(try Namespace(test: "test_retry[-1]") != Namespace(test: "test_retry[1]"))
    #expect(try Namespace(test: "überprüft") != Namespace(test: "ueberprueft"))
    #expect(try Namespace(test: "測試") != Namespace(test: "検査"))
    #expect(try Namespace(test: "測試").name.hasPrefix("t-"))
    #expect(try Namespace(test: "") != Namespace(test: "-"))
    #expect(try Namespace(test: "foo-s3alias").name != "foo-s3alias")
  }

  @Test func cutsLongNamesAtAWordAndKeepsThemApart() throws {
    let long = "TestTheInvoiceServiceRetriesUntilTheReceiptIsWrittenAndSent"
    let namespace = try Namespace(test: long + "Once")
    #expect(namespace.name.hasPrefix("the-invoice-service-retries-"))
    #expect(namespace.name.utf8.count <= Namespace.longest)
    #expect(try namespace != Namespace(test: long + "Twice"))
    // Forty bytes fit whole, one more is cut.
    let fits = String(repeating: "a", count: 40)
    #expect(try Namespace(test: fits).name == fits)
    #expect(try Namespace(test: fits + "b").name.hasPrefix(String(repeating: "a", count: 29) + "-"))
  }

  /// A bucket's rules are the narrowest of all services, so a name that is lawful there is lawful everywhere.
  @Test func everyNamespaceIsALawfulBucketName() throws {
    var generator = FixedRandom(2000)
    let alphabet: [Character] = Array("aZb9_-./:[]é測 TestURLs\u{0}\u{301}\n🙂")
    for _ in 0..<2000 {
      let length = Int.random(in: 0...80, using: &generator)
      let test = String((0..<length).compactMap { _ in alphabet.randomElement(using: &generator) })
      let name = Array(try Namespace(test: test).name.utf8)
      #expect((3...Namespace.longest).contains(name.count), "\(test)")
      #expect(name.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }, "\(test)")
      #expect((0x61...0x7a).contains(name[0]), "\(test)")
      #expect(name.last != 0x2d, "\(test)")
      #expect(!zip(name, name.dropFirst()).contains { $0 == 0x2d && $1 == 0x2d }, "\(test)")
    }
  }

  @Test func prefixesFitTheirService() throws {
    let namespace = try Namespace(test: "TestInvoiceRetry")
    #expect(namespace.prefix(for: .s3) == "invoice-retry-")
    #expect(namespace.prefix(for: .s3Key) == "invoice-retry/")
    #expect(namespace.prefix(for: .dynamoDBKey) == "invoice-retry#")
    #expect(namespace.prefix(for: .ssm) == "/invoice-retry/")
    #expect(namespace.prefix(for: .kms) == "alias/invoice-retry-")
    let longest = try Namespace(test: String(repeating: "a", count: 40))
    for resource in Namespace.Resource.all {
      #expect(longest.prefix(for: resource).utf8.count + 16 <= resource.limit, "\(resource)")
      #expect(Namespace.Resource(named: resource.name) == resource)
    }
    #expect(Namespace.Resource(named: "s4") == nil)
  }
}
