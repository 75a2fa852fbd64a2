import FixtureTestSupport
import JSONBytes
import Testing

@Suite struct DuplicateKeyTests {
  private func object(_ keys: [String]) -> [UInt8] {
    Array(("{" + keys.map { "\"\($0)\":0" }.joined(separator: ",") + "}").utf8)
  }

  private let feedings = [Feeding(), Feeding(bufferSize: 256), Feeding(step: 1, bufferSize: 300, padding: 97)]

  @Test(arguments: [
    ["a", "a"], ["", ""], ["b", "a", "b"], ["b", "a", "c", "a"], ["a", "b", "a"],
    ["prefix-longer-1", "prefix-longer-1"],
    ["prefix-longer-2", "prefix-longer-1", "prefix-longer-2"], ["\\u0061", "a"], ["a", "\\u0061"],
    ["\\u0061", "\\u0061"],
    ["b", "\\u0061", "a"], ["é", "\\u00e9"], ["\\ud83d\\ude00", "😀"], ["\\/", "/"], ["a\\u0000", "a\\u0000"],
    ["12345678", "12345678"], ["1234567", "12345678", "1234567"],
  ])
  func refused(keys: [String]) throws {
    let document = object(keys)
    for feeding in feedings {
      let reader = feeding.reader(document)
      let error = try #require(reader.failureOfReading())
      #expect(error.code == .duplicateKey, "\(feeding)")
      // The position is the second one's: the last key of each of these objects.
      let last = document.count - 5 - (keys.last?.utf8.count ?? 0) + 0
      #expect(error.offset - feeding.padding == last, "\(feeding)")
      #expect(reader.path.tokens.count == 1)
      #expect(try feeding.reader(document) { $0.duplicateKeys = .allow }.drain() == 2 + 2 * keys.count)
    }
  }

  @Test(arguments: [
    ["a", "b"], ["b", "a"], ["a", "A"], ["", "a"], ["a", ""], ["a", "a\\u0000"], ["a\\u0000", "a"], ["é", "e\u{301}"],
    ["12345678", "123456789", "1234567"], ["z", "y", "x", "w", "v"], ["ab", "a", "abc"],
    ["\\ud83d\\ude00", "\\ud83d\\ude01"],
  ])
  func told(keys: [String]) throws {
    for feeding in feedings {
      #expect(try feeding.reader(object(keys)).drain() == 2 + 2 * keys.count, "\(feeding)")
    }
  }

  @Test func onlyWithinOneObject() throws {
    let text = #"{"a":{"a":{"a":1},"b":[{"a":1},{"a":1}]},"b":{"a":1}}"#
    #expect(try JSONReader(bytes: Array(text.utf8)).drain() == 26)
  }

  /// Long, out of order, across many buffers, with objects inside: the hash list and the hash set.
  @Test(arguments: [30, 64, 65, 66, 500])
  func manyKeysOutOfOrder(count: Int) throws {
    var random = FixedRandom(UInt64(count))
    let keys = (0..<count).map { "key with a common beginning \($0)" }.shuffled(using: &random)
    for feeding in [Feeding(), Feeding(bufferSize: 256)] {
      func read(_ keys: [String]) -> JSONError? {
        let members = keys.map { "\"\($0)\":{\"x\":1,\"w\":2,\"y\":[{\"b\":0,\"a\":0}]}" }
        return feeding.reader(Array("{\(members.joined(separator: ","))}".utf8)).failureOfReading()
      }
      #expect(read(keys) == nil)
      for place in [0, count / 2, count - 1] {
        #expect(read(keys + [keys[place]])?.code == .duplicateKey, "\(feeding), \(place)")
      }
    }
  }

  @Test func manyKeysInOrder() throws {
    let keys = (0..<2000).map { "item#\(10_000 + $0)" }
    for feeding in feedings {
      #expect(feeding.reader(object(keys)).failureOfReading() == nil)
      #expect(feeding.reader(object(keys + [keys[0]])).failureOfReading()?.code == .duplicateKey)
    }
  }

  @Test func pathOfTheSecondMember() throws {
    let reader = JSONReader(bytes: Array(#"{"t":[{"k\/":1},{"k":1,"j":2,"k":3}]}"#.utf8))
    let error = try #require(reader.failureOfReading())
    #expect(error.message.hasPrefix("duplicate key \"k\""))
    #expect(reader.path.description == "/t/1/k")
  }
}
