import Digests
import FixtureTestSupport
import Migrations
import Testing

struct QueueViewTests {
  @Test func readsMessages() throws {
    let data = try SmallDirectory()
    #expect(try data.view.queues().map(\.name) == ["dead", "jobs", "line.fifo"])
    var bodies: [String] = []
    try data.view.forEachMessage(in: "jobs") { message in
      bodies.append(message.body)
      #expect(message.attributes == ["t": .text("x")])
    }
    #expect(bodies == ["one", "two"])
  }

  @Test func changesABodyTogetherWithItsDigest() throws {
    let data = try SmallDirectory()
    try data.view.updateMessages(in: "jobs") { message in
      if message.id == "m2" { return .remove }
      message.body = "ONE & more"
      return .keep
    }
    let text = try data.text("sqs.json")
    let digest = try MD5Hasher.hash(of: Array("ONE & more".utf8)).hex
    #expect(text.contains(#""Body":"ONE \u0026 more","MD5OfBody":""# + digest))
    #expect(!text.contains("m2"))
    try data.view.updateMessages(in: "jobs") { message in
      message.body = "one"
      return .keep
    }
    #expect(try data.text("sqs.json").contains(#""Body":"one","MD5OfBody""#))
  }

  @Test func keepsEveryByteWhenNothingChanges() throws {
    let data = try SmallDirectory()
    try data.view.updateMessages(in: "jobs") { message in
      message.body = String(message.body)
      message.attributes = message.attributes
      return .keep
    }
    #expect(try data.text("sqs.json") == SmallDirectory.queues)
  }

  @Test func addsMessages() throws {
    let data = try SmallDirectory()
    try data.view.addMessages(to: "dead", [Message(id: "n1", body: "x")])
    try data.view.addMessages(
      to: "line.fifo", [Message(id: "n2", body: "y", groupID: "g"), Message(id: "n3", body: "z")])
    let text = try data.text("sqs.json")
    #expect(text.contains(#""messages":[{"MessageID":"n1""#))
    #expect(text.contains(#""MessageGroupID":"g","MessageDeduplicationID":"","SequenceNumber":"8"}"#))
    #expect(text.contains(#""SequenceNumber":"9"}],"sequenceCounter":9"#))
  }

  @Test func renamesAQueueInEveryPlaceAndBack() throws {
    let data = try SmallDirectory()
    try data.scratch.write(
      "sns.json",
      #"{"subscriptions":{"s":{"Endpoint":"arn:aws:sqs:us-east-1:000000000000:jobs","Policy":"{\"r\":\"arn:aws:sqs:us-east-1:000000000000:jobs\"}"}}}"#
    )
    let sns = try data.text("sns.json")
    try data.view.renameQueue("jobs", to: "work")
    try data.view.renameQueue("dead", to: "graveyard")
    let text = try data.text("sqs.json")
    #expect(!text.contains("jobs") && !text.contains("dead\"") && !text.contains("dead\\"))
    #expect(text.contains(#"{\"deadLetterTargetArn\": \"arn:aws:sqs:us-east-1:000000000000:graveyard\", "#))
    #expect(try data.text("s3.json").contains(#""queue":"arn:aws:sqs:us-east-1:000000000000:work""#))
    #expect(
      try data.text("sns.json").contains(
        #""Endpoint":"arn:aws:sqs:us-east-1:000000000000:work","Policy":"{\"r\":\"arn:aws:sqs:us-east-1:000000000000:jobs\"}""#
      ))
    #expect(
      data.view.notes.contains {
        $0.hasPrefix("sns.json: arn:aws:sqs:us-east-1:000000000000:jobs stands inside 1 longer")
      })
    try data.view.renameQueue("graveyard", to: "dead")
    try data.view.renameQueue("work", to: "jobs")
    #expect(try data.text("sqs.json") == SmallDirectory.queues)
    #expect(try data.text("s3.json") == SmallDirectory.buckets)
    #expect(try data.text("sns.json") == sns)
  }

  @Test func leavesReferencesWhenAsked() throws {
    let data = try SmallDirectory()
    try data.view.renameQueue("jobs", to: "work", references: .keep)
    #expect(try data.text("s3.json") == SmallDirectory.buckets)
  }

  @Test func refusesNamesThatDoNotFit() throws {
    let data = try SmallDirectory()
    #expect(throws: StepError.self) { try data.view.renameQueue("jobs", to: "dead") }
    #expect(throws: StepError.self) { try data.view.renameQueue("jobs", to: "jobs.fifo") }
    #expect(throws: StepError.self) { try data.view.renameQueue("job", to: "x") }
    #expect(throws: StepError.self) { try data.view.updateMessages(in: "nope") { _ in .keep } }
    #expect(try data.text("sqs.json") == SmallDirectory.queues)
  }

  @Test func changesAttributes() throws {
    let data = try SmallDirectory()
    var change = QueueChange()
    change.visibilityTimeout = 60
    change.redrive = .to(queue: "dead", maxReceiveCount: 9)
    var old = QueueChange()
    old.visibilityTimeout = 30
    try data.view.updateQueue("line.fifo", change, expecting: old)
    let text = try data.text("sqs.json")
    #expect(text.contains(#""VisibilityTimeout":60,"DelaySeconds":0,"FifoQueue":true,"#))
    #expect(
      text.contains(
        #"\"maxReceiveCount\":\"9\"}","MaxReceiveCount":9,"DeadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead"}"#
      ))
    #expect(throws: StepError.self) { try data.view.updateQueue("line.fifo", change, expecting: old) }
    change.redrive = .to(queue: "nowhere", maxReceiveCount: 9)
    #expect(throws: StepError.self) { try data.view.updateQueue("line.fifo", change) }
  }
}
