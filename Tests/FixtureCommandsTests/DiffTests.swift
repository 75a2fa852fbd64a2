import Files
import FixtureTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct DiffTests {
  private func console() throws -> Console {
    let console = try Console()
    for layout in ["inline", "portable", "blobs"] {
      #expect(console.run("generate", "tour", "--out", layout, "--layout", layout).status == 0)
    }
    return console
  }

  @Test func layoutsAreOneAndTheSame() throws {
    let console = try console()
    let outcome = console.run("diff", "inline", "blobs")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.hasPrefix("no differences in "))
    #expect(console.run("diff", "portable", "blobs", "--exact").status == 1)
  }

  @Test func artifactsAreOpenedAndLeaveNothing() throws {
    let console = try console()
    #expect(console.run("pack", "inline", "--allow-secrets", "--out", "one.tar.zst").status == 0)
    let before = try console.folder.list()
    #expect(console.run("diff", "one.tar.zst", "blobs").status == 0)
    #expect(try console.folder.list() == before)
    #expect(console.run("diff", "one.tar.zst", "absent").status == 2)
    #expect(console.run("diff", "one.tar.zst", "one.tar.zst", "--format", "json").output.contains("\"same\": true"))
  }

  @Test func everyFormSaysWhatChanged() throws {
    let console = try Console()
    let table = #"{"tables":{"t":{"table":{"Name":"t"},"items":ITEMS}}}"#
    try console.folder.write("a/dynamodb.json", table.replacing("ITEMS", with: #"{"S:1":{"v":{"S":"old secret"}}}"#))
    try console.folder.write(
      "b/dynamodb.json", table.replacing("ITEMS", with: #"{"S:1":{"v":{"S":"new"}},"S:2":{"v":{"BOOL":true}}}"#))
    let text = console.run("diff", "a", "b")
    #expect(text.status == 1)
    #expect(
      text.output == """
        dynamodb: 2 items (1 added, 1 changed)
          ~ item t S:1
              v: changed, S, 10 -> 3 bytes
          + item t S:2
        2 differences in 1 service: 1 added, 1 changed

        """)
    let stat = console.run("diff", "a", "b", "--stat")
    #expect(
      stat.output == """
        dynamodb
          t  items  +1 ~1
        2 differences in 1 service: 1 added, 1 changed

        """)
    let json = console.run("diff", "a", "b", "--format", "json").output
    let parsed = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(parsed["same"] as? Bool == false)
    #expect(parsed["changed"] as? Int == 1)
    #expect(!json.contains("secret"))
    #expect(console.run("diff", "a", "b", "--limit", "1").output.contains("… and 1 more change"))
    #expect(console.run("diff", "a", "b", "--service", "s3,sqs").status == 0)
    #expect(console.run("diff", "a", "b", "--service", "dynamo").status == 64)
    #expect(console.run("diff", "a", "b", "--limit", "-1").status == 64)
  }

  @Test func aBrokenFileIsNamedWithItsSide() throws {
    let console = try Console()
    try console.folder.write("a/sqs.json", #"{"queues":{}}"#)
    try console.folder.write("b/sqs.json", #"{"queues":"#)
    let outcome = console.run("diff", "a", "b")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("b: sqs.json is not valid JSON"))
  }
}
