import JSONBytes
import Testing

@testable import KumoState

@Suite struct RecordReaderTests {
  private func reader(_ text: String) -> JSONReader { JSONReader(bytes: Array(text.utf8)) }

  @Test func tablesAndItemsComeInTheOrderOfTheFile() throws {
    let text =
      #" {"x":[1],"tables":{"t\u0031":{"table":{"Name":"t1"},"other":{},"items":{"a/b":{"v":{"S":"1"}},"\"":{}}},"#
      + #""n":null,"s":3,"e":{"ITEMS":null}},"Tags":{"arn":[{"Key":"k"}]}} "#
    var records = DynamoDBReader(reader(text))
    var seen: [String] = []
    while true {
      let event = try records.next()
      seen.append("\(event) \(records.pointer)")
      if event == .end { break }
    }
    #expect(
      seen == [
        "beginTable /tables/t1", "description /tables/t1/table", "beginItems /tables/t1/items",
        "item /tables/t1/items/a~1b", "item /tables/t1/items/\"", "endItems /tables/t1/items", "endTable /tables/t1",
        "noTable(isNull: true) /tables/n", "noTable(isNull: false) /tables/s", "beginTable /tables/e",
        "noItems(isNull: true) /tables/e/ITEMS", "endTable /tables/e", "tags /Tags/arn", "end /Tags/arn",
      ])
    #expect(try records.next() == .end)
  }

  @Test func queuesAndMessagesComeInTheOrderOfTheFile() throws {
    let text =
      #"{"queues":{"u":{"messages":[{"Body":"a"},null],"sequenceCounter":7,"Queue":{}},"v":{"messages":null},"w":null}}"#
    var records = SQSReader(reader(text))
    var seen: [String] = []
    while true {
      let event = try records.next()
      seen.append("\(event) \(records.pointer)")
      if event == .sequenceCounter { #expect(records.sequenceCounter == 7) }
      if event == .message {
        #expect(text.utf8.dropFirst(records.offset).first == (records.messageIndex == 0 ? 0x7B : 0x6E))
      }
      if event == .end { break }
    }
    #expect(
      seen == [
        "beginQueue /queues/u", "message /queues/u/messages/0", "message /queues/u/messages/1",
        "sequenceCounter /queues/u/sequenceCounter", "description /queues/u/Queue", "endQueue /queues/u",
        "beginQueue /queues/v", "noMessages(isNull: true) /queues/v/messages", "endQueue /queues/v",
        "noQueue(isNull: true) /queues/w", "end /queues/w",
      ])
  }

  @Test(arguments: ["null", "3", "[]", "{}", #"{"tables":null}"#, #"{"tables":[],"queues":"x"}"#])
  func otherDocumentsHoldNothing(_ text: String) throws {
    var tables = DynamoDBReader(reader(text))
    var queues = SQSReader(reader(text))
    #expect(try tables.next() == .end)
    #expect(try queues.next() == .end)
  }

  @Test(arguments: [
    #"{"tables":{"t":{"items":{"a":"#, #"{"tables":{}} x"#, "", #"{"tables":{"t":{"items":{"a":{},}}}}"#,
  ])
  func brokenDocumentsThrow(_ text: String) {
    #expect(throws: JSONError.self) {
      var records = DynamoDBReader(reader(text))
      while try records.next() != .end {}
    }
  }

  @Test func entriesAreSkippedCapturedOrWalked() throws {
    var file = ServiceFileReader(reader(#"{"a":{"x":{"y":[1,2]},"z":5},"b":[7,{}],"c":null,"d":{"q":1}}"#))
    var tape = JSONTape()
    #expect(try file.next() == .member)
    let entered1 = file.enter()
    #expect(entered1)
    #expect(try file.next() == .entry)
    #expect(try file.countMembers() == 1)
    #expect(try file.next() == .entry)
    #expect(file.entryKey == Array("z".utf8) && file.pointer.bytes == Array("/a/z".utf8))
    #expect(try file.next() == .endMember)
    #expect(try file.next() == .member)
    let entered2 = file.enter()
    #expect(entered2)
    #expect(try file.next() == .entry)
    try file.capture(into: &tape)
    #expect(tape.root.int64() == 7)
    #expect(try file.next() == .entry)
    #expect(file.pointer.bytes == Array("/b/1".utf8))
    #expect(try file.next() == .endMember)
    #expect(try file.next() == .member)
    let entered3 = file.enter()
    #expect(!entered3)
    #expect(try file.next() == .member)
    #expect(file.isMember("D"))
    #expect(try file.next() == .end)
  }

  @Test(arguments: [
    (#"{"pk":{"S":"u|1"},"sk":{"N":"1.50"}}"#, "S:u|1|N:1.50"), (#"{"sk":{"N":"1"},"pk":{"B":"aGk="}}"#, "B:hi|N:1"),
    (#"{"sk":{"n":"1"}}"#, "N:1"), (#"{"pk":{"B":"YQ==","N":"5","S":"\u0041"}}"#, "S:A"), (#"{}"#, ""),
  ])
  func itemKeysAreKumos(_ item: String, key: String) throws {
    var keys = DynamoDBItemKeys(names: [Array("pk".utf8), Array("sk".utf8)])
    keys.make(from: try JSONTape(parsing: Array(item.utf8)).root)
    #expect(keys.bytes == Array(key.utf8))
    #expect(keys.isPredictable && !keys.isRepaired)
  }

  @Test func itemKeysNameWhatCannotBeFound() throws {
    var keys = DynamoDBItemKeys(names: [Array("pk".utf8)])
    keys.make(from: try JSONTape(parsing: Array(#"{"pk":{"B":"gA=="}}"#.utf8)).root)
    #expect(keys.isRepaired && keys.bytes == Array("B:\u{FFFD}".utf8))
    keys.make(from: try JSONTape(parsing: Array(#"{"pk":{"BOOL":true}}"#.utf8)).root)
    #expect(!keys.isPredictable && keys.parts == [.value(.bool)])
  }

  @Test func nodesKnowTheirPlace() throws {
    let text = #"{"a":{"b/c":[1,[2,{"d":3}]]}}"#
    let root = try JSONTape(parsing: Array(text.utf8)).root
    let offset = try #require(Array(text.utf8).lastIndex(of: UInt8(ascii: "3")))
    #expect(root.pointer(toOffset: offset).bytes == Array("/a/b~1c/1/1/d".utf8))
    #expect(root.value(at: root.pointer(toOffset: offset))?.int64() == 3)
  }
}
