import FixtureTestSupport
import SystemPackage
import Testing
import Validation

/// What real KUMO servers wrote is sound, and any change of it is noticed once it is adopted.
@Suite(.enabled(if: Captures.root != nil))
struct CaptureTests {
  @Test(arguments: Captures.dataDirectories)
  func capturesAreSound(_ path: FilePath) throws {
    let report = try Validator().validate(directory: path)
    // The one warning that KUMO itself earns: references of empty objects to blobs that it did not write.
    #expect(report.findings.filter { $0.severity > .note && $0.rule != .s3EmptyObjectRef } == [])
    #expect(report.fileCount > 70)
  }

  @Test(arguments: ["v0.18.0/basic", "v0.25.3/basic", "v0.25.3/secrets"])
  func everyChangedByteIsNoticed(_ name: String) throws {
    let directory = try CapturedDirectory(name)
    try directory.adopt()
    #expect(try directory.report().ids(.error) == [])
    for file in ["s3.json", "sts.json", "dynamodb.json", "fixture.json"] {
      let bytes = try directory.scratch.read(file)
      for place in Set([0, bytes.count / 2, bytes.count - 1]).sorted() {
        for change in 0..<3 {
          var changed = bytes
          switch change {
          case 0: changed[place] ^= 1
          case 1: changed.insert(0x20, at: place)
          default: changed.remove(at: place)
          }
          try directory.scratch.write(file, changed)
          let found = try directory.report().findings(of: .manifestChanged)
          #expect(found.map(\.file) == [file])
        }
      }
      try directory.scratch.write(file, bytes)
    }
  }

  @Test func workersDoNotChangeTheReport() throws {
    let directory = try CapturedDirectory("v0.25.3/shop")
    try directory.replace(#""Size":"#, by: #""Size":1"#, in: "s3.json")
    try directory.scratch.write("sqs.json.tmp", "x")
    let one = try directory.report { $0.workers = 1 }
    let many = try directory.report { $0.workers = 5 }
    #expect(one == many)
    #expect(one.findings.count >= 2)
  }

  /// Types and rules of a large file are checked at the same time.
  @Test(arguments: [
    ("s3.json", #""Size":"#, #""Size":1"#),
    ("s3.json", #""Size":"#, #""Size":null,"#),
    ("s3.json", #""ETag":""#, #""ETag":7,"x":""#),
    ("dynamodb.json", #"{"S":"#, #"{"Q":"#),
    ("dynamodb.json", #""TableStatus":""#, #""TableStatus":1,"x":""#),
    ("sqs.json", #""Body":""#, #""Body":"x"#),
    ("sqs.json", #""queues":"#, #""queues":]"#),
  ])
  func workersDoNotChangeWhatIsSaidOfALargeFile(_ file: String, _ old: String, _ new: String) throws {
    let directory = try CapturedDirectory()
    try directory.replace(old, by: new, in: file)
    try directory.replace("{", by: "{" + String(repeating: " ", count: 300_000), in: file)
    let one = try directory.report { $0.workers = 1 }
    let many = try directory.report { $0.workers = 5 }
    #expect(one == many)
    #expect(one.findings.contains { $0.file == file })
  }
}
