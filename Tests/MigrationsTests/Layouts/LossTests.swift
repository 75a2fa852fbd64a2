import Files
import FixtureTestSupport
import KumoState
import Migrations
import Testing

/// What a release would drop is listed before it is asked to (kumo-format.md 6).
@Suite struct LossTests {
  static let losses: [(file: String, text: String, path: String, count: Int)] = [
    ("s3.json", #"{"buckets":{"a":{"policy":"{}"},"b":{"policy":"{}"},"c":{"policy":""}}}"#, "buckets{}.policy", 2),
    (
      "s3.json", #"{"buckets":{"a":{"versions":{"k":[{"ServerSideEncryption":"AES256"}]}}}}"#,
      "buckets{}.versions{}[].ServerSideEncryption", 1
    ),
    (
      "dynamodb.json", #"{"tables":{"t":{"table":{"StreamEnabled":true},"items":{}}}}"#, "tables{}.table.StreamEnabled",
      1
    ),
    ("dynamodb.json", #"{"tags":{"arn":[{"Key":"a","Value":"b"}]}}"#, "tags", 1),
    ("sqs.json", #"{"queues":{"q":{"queue":{"Policy":"{}"}}}}"#, "queues{}.queue.Policy", 1),
    ("sqs.json", #"{"queues":{"q":{"queue":{},"messages":[{},{}]}}}"#, "queues{}.messages", 2),
    ("iam.json", #"{"roles":{"r":{"InlinePolicies":{"p":"{}"}}}}"#, "roles{}.InlinePolicies", 1),
    ("ses.json", #"{"identities":{"a":{}}}"#, "", 1),
  ]

  @Test(arguments: losses.indices) func v018Loses(_ index: Int) throws {
    let expected = Self.losses[index]
    let folder = try TemporaryDirectory()
    try folder.write(expected.file, expected.text)
    let losses = try LayoutConversion(directory: folder.directory, to: .inline).losses
    #expect(losses.map(\.path) == [expected.path])
    #expect(losses.map(\.count) == [expected.count])
    #expect(!losses.contains { !$0.isCertain })
    // A release that has it loses nothing, and no release was named for other layouts.
    #expect(try LayoutConversion(directory: folder.directory, to: .inline, target: .v25p3).losses.isEmpty)
    #expect(try LayoutConversion(directory: folder.directory, to: .blobs).losses.isEmpty)
  }

  @Test func zeroIsNoLoss() throws {
    let folder = try TemporaryDirectory()
    try folder.write(
      "s3.json",
      #"{"buckets":{"a":{"policy":"","encryption":null,"objects":{"k":{"Key":"k","ServerSideEncryption":"","SSEKMSKeyID":"","#
        + #""bodyRef":""}}}}}"#)
    try folder.write(
      "dynamodb.json", #"{"tables":{"t":{"table":{"StreamEnabled":false,"StreamViewType":""},"items":{}}},"tags":{}}"#)
    try folder.write("ses.json", #"{"identities":{},"emails":null}"#)
    #expect(try LayoutConversion(directory: folder.directory, to: .inline).losses.isEmpty)
  }

  /// Of the releases between those whose source was read nobody knows: it is said so.
  @Test func betweenTheReleasesItMayBe() throws {
    let folder = try TemporaryDirectory()
    try folder.write("s3.json", #"{"buckets":{"a":{"policy":"{}"}}}"#)
    let losses = try LayoutConversion(directory: folder.directory, to: .inline, target: .v21).losses
    #expect(losses.map(\.isCertain) == [false])
    #expect(
      losses.map(\.description) == [
        "s3 buckets{}.policy: v0.21.0 may not read it, and would then drop it at its next save"
      ])
  }

  /// Content that an upgrade drops.
  @Test func deliveredEvents() throws {
    let folder = try TemporaryDirectory()
    try folder.write("eventbridge.json", #"{"eventBuses":{},"deliveredEvents":[{"Detail":"{}"}]}"#)
    let losses = try LayoutConversion(directory: folder.directory, to: .portable, target: .v25p3).losses
    #expect(losses.map(\.path) == ["deliveredEvents"])
  }
}
