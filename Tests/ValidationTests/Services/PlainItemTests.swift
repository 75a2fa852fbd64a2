import Files
import JSONBytes
import KumoState
import Testing

@testable import Validation

/// The quick look at an item never accepts what the close look refuses.
@Suite struct PlainItemTests {
  private static let description =
    #""table":{"Name":"t","KeySchema":[{"AttributeName":"pk"},{"AttributeName":"sk"}],"AttributeDefinitions":"#
    + #"[{"AttributeName":"pk","AttributeType":"S"},{"AttributeName":"sk","AttributeType":"N"}],"#
    + #""TTLAttributeName":"t","TTLEnabled":true}"#

  private static let entries = [
    #""S:a|N:1":{"b":{"B":"AP8="},"el":{"L":[]},"m":{"M":{"x":{"L":[{"NULL":true},{"M":{}},{"BOOL":false}]},"y":{"S":"z"}}},"pk":{"S":"a"},"sk":{"N":"1"},"ss":{"SS":["a","b"]},"t":{"N":"4102444800"}}"#,
    #""S:|N:-5":{"pk":{"S":""},"sk":{"N":"-5"},"q":{"S":"\"\\\"}"},"e":{"NS":[]},"t":{"S":"1"}}"#,
    #""S:a|S:b|N:1":{"sk":{"N":"1"},"pk":{"S":"a|S:b"},"t":{"N":"1.5"}}"#,
  ]

  private static func document(_ entry: String) -> [UInt8] {
    Array(#"{"tables":{"t":{\#(description),"items":{\#(entry)}}}}"#.utf8)
  }

  /// What is found in a document's items, quickly or closely; nil when it is no JSON.
  private static func findings(_ document: [UInt8], looksAtAll: Bool) -> [Finding]? {
    var records = DynamoDBReader(JSONReader(bytes: document))
    var checker = DynamoDBItemChecker(head: nil, now: 0)
    var collector = FindingCollector(file: "dynamodb.json")
    do throws(JSONError) {
      while true {
        switch try records.next() {
        case .description:
          let head = DynamoDBTableHead(records.tape.root)
          checker = DynamoDBItemChecker(head: head, now: CheckedFile.now, looksAtAll: looksAtAll)
        case .item: checker.check(records.tape.root, key: records.itemKey, in: records, into: &collector)
        case .end: return collector.finish()
        default: continue
        }
      }
    } catch {
      return nil
    }
  }

  private static func isPlain(_ entry: String) throws -> Bool {
    var records = DynamoDBReader(JSONReader(bytes: document(entry)))
    var scanner: PlainItemScanner?
    while true {
      switch try records.next() {
      case .description:
        let head = try #require(DynamoDBTableHead(records.tape.root))
        scanner = PlainItemScanner(head: head, declared: [.string, .number], now: CheckedFile.now)
      case .item:
        let plain = try #require(scanner)
        return records.tape.root.withRawBytes { raw in
          records.itemKey.withUnsafeBytes { plain.isSound(raw, under: $0) }
        }
      default: continue
      }
    }
  }

  @Test(arguments: entries)
  func usualItemsAreRecognised(_ entry: String) throws {
    #expect(try Self.isPlain(entry))
  }

  @Test(arguments: [
    #""S:a|N:2":{"pk":{"S":"a"},"sk":{"N":"1"}}"#, #""S:a|N:1":{"pk":{"S":"a"},"sk":{"S":"1"}}"#,
    #""S:a":{"pk":{"S":"a"}}"#, #""S:a|N:1|":{"pk":{"S":"a"},"sk":{"N":"1"}}"#, #""S:a|N:1":{}"#, #""":{}"#,
    #""S:a|N:1":{"pk":{"S":"a"},"sk":{"N":"1"},"t":{"N":"1"}}"#, #""S:a|N:1":{"pk":{"S":"a"},"sk":{"N":"1"},"x":{}}"#,
    #""S:a|N:1":{"pk":{"S":"a"},"sk":{"N":"1"},"x":{"L":[null]}}"#,
    #""S:a|N:1":{"pk":{"S":"a"},"sk":{"N":"1"},"x":{"M":{"y":{"S":"1","N":"1"}}}}"#,
  ])
  func whatIsWrongIsLookedAt(_ entry: String) throws {
    #expect(try !Self.isPlain(entry))
    #expect(Self.findings(Self.document(entry), looksAtAll: false)?.isEmpty == false)
  }

  @Test(arguments: entries)
  func bothWaysFindTheSame(_ entry: String) {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let original = Self.document(entry)
    let start = original.count - entry.utf8.count - 4
    let alphabet = Array(#"{}[]",:\SNBML1anult "#.utf8)
    var valid = 0
    for _ in 0..<600 {
      var text = original
      for _ in 0...random(3) {
        let place = start + random(text.count - start)
        switch random(3) {
        case 0: text[place] = alphabet[random(alphabet.count)]
        case 1: text.insert(alphabet[random(alphabet.count)], at: place)
        default: text.remove(at: place)
        }
      }
      guard let quick = Self.findings(text, looksAtAll: false) else { continue }
      valid += 1
      // A type that KUMO does not know, or content of another kind, is for the pass over the types: neither says it.
      #expect(quick == Self.findings(text, looksAtAll: true), "\(String(decoding: text, as: UTF8.self))")
    }
    #expect(valid > 20)
  }
}
