import Digests
import Files
import FixtureTestSupport
import JSONBytes
import KumoState
import Testing

@testable import Redaction

/// Records that are passed over change nothing: what is found in the others stands where it stood.
@Suite struct RecordOutlineTests {
  private static let secret = ["sk", "live", "51Hq8Zx0PlM3nV7bC2dE9fGk"].joined(separator: "_")

  /// A file of a service with many records, a secret in some of them.
  private struct Sample: CustomTestStringConvertible {
    let service: String
    let head: String
    let record: @Sendable (_ number: Int, _ note: String) -> String
    let between: String
    let tail: String

    var testDescription: String { service }

    /// Two containers of 1,500 records each.
    func document(secrets: Set<Int>) -> String {
      let records = (0..<3_000).map { record($0, secrets.contains($0) ? RecordOutlineTests.secret : "nothing") }
      return head + records[..<1_500].joined(separator: ", ") + between + records[1_500...].joined(separator: ",\n")
        + tail
    }
  }

  private static let samples = [
    Sample(
      service: "dynamodb", head: #"{"tables":{"a":{"items":{ "#,
      record: { #""S:k\u0065y\#($0)":{"pk":{"S":"key\#($0)"},"note":{"S":"\#($1)"}}"# },
      between: #"},"table":{"Name":"a"}},"b":{"items":{"#, tail: #"},"table":{"Name":"b"}}}}"#),
    Sample(
      service: "kinesis", head: #"{"streams":{"a":{"shards":{"h":{"records":["#,
      record: { #"{"SequenceNumber":"\#($0)","PartitionKey":"p","Data":"\#($1)"}"# },
      between: #"]},"i":{"shard":{"ShardID":"i"},"records":["#, tail: #"]}}}}}"#),
  ]

  private func search() throws -> ContentSearch {
    try ContentSearch(
      .report, detector: ScannerDetector(try Shared.scanner.get()), vault: SecretVault(), known: nil,
      pseudonyms: Pseudonyms(key: KeyedDigest(key: Array(repeating: 1, count: 32))))
  }

  @Test(arguments: RecordOutlineTests.samples, [[], [0], [2_999], [1_499, 1_500], [3, 700, 701, 1_498, 2_200]])
  private func `Gaps change no finding and no place`(sample: Sample, secrets: [Int]) throws {
    let folder = try TemporaryDirectory()
    let text = Array(sample.document(secrets: Set(secrets)).utf8)
    try folder.write("\(sample.service).json", text)
    let file = try Directory.open(folder.path).open(RelativePath(text: "\(sample.service).json"))
    let service = try #require(ServiceCatalogue.service(named: sample.service.utf8))
    var outliner = RecordOutliner(
      file, service: service, structure: ServiceStructure(service, takesPersonal: false))
    let search = try search()
    var ranges: [Range<Int>] = []
    try text.withUnsafeBytes { try #require(search.screen).look(at: $0, into: &ranges) }
    let loud = LoudRanges(ranges)
    let gaps = try outliner.run().gaps(loud)
    #expect(gaps.reduce(0) { $0 + $1.range.count } > text.count / 3)
    func places(_ gaps: [RecordGap]) throws -> [String] {
      let reading = ServiceFileSearch(
        file, path: [], service: service, search: search, loud: loud, gaps: gaps, takesPersonal: false,
        consistency: Consistency(sample.service, blobs: BlobTable()))
      var places: [String] = []
      try reading.run { claim in
        places.append("\(claim.pointer ?? "") \(claim.range)")
        #expect(text[claim.range].elementsEqual(Self.secret.utf8))
      }
      return places
    }
    let found = try places(gaps)
    #expect(found == (try places([])))
    #expect(found.count == secrets.count)
  }
}
