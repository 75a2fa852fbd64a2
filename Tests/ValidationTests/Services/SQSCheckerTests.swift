import FixtureTestSupport
import KumoState
import Testing

@testable import Validation

private let file = "sqs.json"
private let base = "http://localhost:4566/000000000000/"
private let arn = "arn:aws:sqs:us-east-1:000000000000:"

private func queue(_ url: String, _ name: String) -> String {
  #""\#(url)":{"queue":{"Name":"\#(name)","URL":"\#(url)","ARN":"\#(arn)\#(name)","VisibilityTimeout":30,"#
    + #""FifoQueue":false},"messages":null,"sequenceCounter":0}"#
}

@Suite struct SQSCheckerTests {
  static let breaks: [Break] = [
    Break(
      .sqsAttributes, file,
      (
        #"{"ApproximateFirstReceiveTimestamp":"","ApproximateReceiveCount":"0","SentTimestamp":"1795335081696"}"#,
        "null"
      )),
    Break(.sqsAttributes, file, (#""ApproximateReceiveCount":"0","#, "")),
    Break(.sqsMD5, file, (#""Body":"m1""#, #""Body":"m2""#)),
    Break(.sqsQueueURL, file, (#""URL":"\#(base)jobs","#, #""URL":"\#(base)jobz","#)),
    Break(
      .sqsQueueURL, file, (#""queues":{"\#(base)f.fifo""#, #""queues":{"http://localhost:4567/000000000000/f.fifo""#)),
    Break(
      .sqsQueuePath, file, also: [.sqsQueueURL],
      (#""queues":{"#, #""queues":{\#(queue("https://kumo/000000000000/jobs", "jobs")),"#)),
    Break(.sqsQueueARN, file, (#":f.fifo","Tags""#, #":g.fifo","Tags""#)),
    Break(.sqsRedrive, file, (#""MaxReceiveCount":2"#, #""MaxReceiveCount":3"#)),
    Break(.sqsRedrive, file, (#""RedrivePolicy":"{"#, #""RedrivePolicy":"["#)),
    Break(.sqsRedrive, file, (#""MaxReceiveCount":0"#, #""MaxReceiveCount":1"#)),
    Break(
      .sqsRedrive, file, (#"\"maxReceiveCount\": \"2\""#, #"\"maxReceiveCount\": 2"#),
      (
        #""MaxReceiveCount":2,"DeadLetterTargetArn":"\#(arn)jobs-dlq""#,
        #""MaxReceiveCount":0,"DeadLetterTargetArn":"""#
      )),
    Break(
      .sqsRedriveTarget, file, (#"\"\#(arn)jobs-dlq\""#, #"\"\#(arn)gone\""#),
      (#""DeadLetterTargetArn":"\#(arn)jobs-dlq""#, #""DeadLetterTargetArn":"\#(arn)gone""#)),
    Break(.sqsFIFO, file, (#""FifoQueue":true"#, #""FifoQueue":false"#)),
    Break(
      .sqsFIFO, file, (#""FifoQueue":false"#, #""FifoQueue":true"#),
      (#""MessageGroupID":"""#, #""MessageGroupID":"a""#),
      (#""MessageGroupID":"""#, #""MessageGroupID":"a""#)),
    Break(.sqsFIFO, file, (#""MessageGroupID":"g""#, #""MessageGroupID":"""#)),
    Break(.sqsSequence, file, (#""sequenceCounter":1"#, #""sequenceCounter":0"#)),
    Break(.sqsSequence, file, (#""SequenceNumber":"1""#, #""SequenceNumber":"x""#)),
    Break(.sqsMessageID, file, ("b87081de-d819-4dee-aba5-01a146cb1acb", "4ba12dcd-2145-469a-8587-f74fc4d10792")),
    Break(.sqsMessageID, file, ("b87081de-d819-4dee-aba5-01a146cb1acb", "")),
    Break(.sqsVisibility, file, (#""VisibilityTimeout":30,"#, #""VisibilityTimeout":0,"#)),
    Break(.sqsVisibility, file, (#""VisibilityTimeout":30,"#, "")),
    Break(
      .sqsDelayed, file,
      (#""VisibleAt":"2026-11-22T08:11:21.694765361Z""#, #""VisibleAt":"2126-11-22T08:11:21.694765361Z""#)),
    Break(.nullEntry, file, (#""queues":{"#, #""queues":{"\#(base)gone":null,"#)),
    Break(.nullEntry, file, (#""queues":{"#, #""queues":{"\#(base)gone":{"queue":null,"messages":null},"#)),
    Break(.nullEntry, file, (#""queues":{"#, #""queues":{"\#(base)gone":{"messages":[]},"#)),
    Break(.nullEntry, file, (#""messages":[]"#, #""messages":[null]"#)),
  ]

  @Test(.enabled(if: Captures.root != nil), arguments: breaks)
  func breaking(_ change: Break) throws {
    try change.verify()
  }

  @Test(
    .enabled(if: Captures.root != nil),
    arguments: [(true, [Severity.error, .error]), (false, [.note])])
  func queuesWithMessagesNeedV20(isExplicit: Bool, severities: [Severity]) throws {
    let text = try CheckedFile.captured("v0.25.3/basic", file)
    let findings = try CheckedFile.findings(file, text, targets: [.v18, .v25], explicitly: isExplicit)
    #expect(CheckedFile.ids(findings) == ["sqs-restored"])
    #expect(findings.map(\.severity) == severities)
    #expect(try CheckedFile.findings(file, text, targets: [.v20], explicitly: isExplicit).isEmpty)
  }

  @Test func aNumericCountIsWhatNewReleasesWrite() throws {
    let policy = #"{\"deadLetterTargetArn\":\"\#(arn)q\",\"maxReceiveCount\":3}"#
    let redrive =
      #""RedrivePolicy":"\#(policy)","MaxReceiveCount":3,"DeadLetterTargetArn":"\#(arn)q","FifoQueue":false"#
    let text = #"{"queues":{\#(queue(base + "q", "q"))}}"#
    let whole = text.split(separator: #""FifoQueue":false"#, omittingEmptySubsequences: false).joined(
      separator: redrive)
    #expect(try CheckedFile.findings(file, whole).isEmpty)
  }

  @Test func messagesMayStandBeforeTheirQueue() throws {
    let text =
      #"{"Queues":{"\#(base)q.fifo":{"SequenceCounter":18446744073709551615,"Messages":[{"MessageID":"1","Body":"é\n","#
      + #""MD5OfBody":"7c5a9e5cc7b7e9d1a3b1a7b0b4c7c0f1","Attributes":{"SentTimestamp":"1","ApproximateReceiveCount":"0","#
      + #""ApproximateFirstReceiveTimestamp":""},"SequenceNumber":"18446744073709551615"}],"queue":{"name":"q.fifo","#
      + #""url":"\#(base)q.fifo","arn":"\#(arn)q.fifo","visibilitytimeout":1,"fifoqueue":true}}}}"#
    let findings = try CheckedFile.findings(file, text)
    #expect(CheckedFile.ids(findings) == ["sqs-md5", "sqs-fifo"])
    #expect(
      findings.contains {
        $0.pointer
          == "/Queues/\(base.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1"))q.fifo/Messages/0"
      })
  }
}
