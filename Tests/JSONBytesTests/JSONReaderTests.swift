import JSONBytes
import Testing

@Suite struct JSONReaderTests {
  private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  @Test func tokensOffsetsAndPaths() throws {
    let reader = JSONReader(bytes: bytes(#" {"a/b":[1,{"~":"x"},[]],"c":{},"d":null}"#))
    let seen = try reader.readAll().map(\.description)
    #expect(
      seen == [
        "beginObject@1 { ", "key@2 a/b /a~1b", "beginArray@8 [ /a~1b", "number@9 1 /a~1b/0", "beginObject@11 { /a~1b/1",
        "key@12 ~ /a~1b/1/~0", "string@16 x /a~1b/1/~0", "endObject@19 } /a~1b/1", "beginArray@21 [ /a~1b/2",
        "endArray@22 ] /a~1b/2", "endArray@23 ] /a~1b", "key@25 c /c", "beginObject@29 { /c", "endObject@30 } /c",
        "key@32 d /d", "null@36 null /d", "endObject@40 } ",
      ])
    #expect(reader.token == .end)
    #expect(reader.tokenOffset == 41)
    #expect(try reader.next() == .end)
  }

  /// A document of every kind of thing, longer than the smallest buffer many times over.
  static let mixed: [UInt8] = {
    var text = "{\"empty\":{},\"list\":["
    for number in 0..<60 {
      text += "{\"id\":\"item-\(number)\",\"é\\n\\ud83d\\ude00\":[\(number),-1.5e3,true,false,null,[],[[\(number)]]],"
      text += "\"text\":\"\(String(repeating: "word ", count: number))\\\"\\u00e9 日本\"},\n  "
    }
    return Array((text + "\"end\"]}").utf8)
  }()

  @Test(arguments: [256, 257, 300, 320, 400, 512, 1000, 4096])
  func buffersMakeNoDifference(size: Int) throws {
    let whole = try JSONReader(bytes: Self.mixed).readAll()
    for step in [1, 3, 64, Int.max] {
      #expect(try Feeding(step: step, bufferSize: size).reader(Self.mixed).readAll() == whole)
    }
  }

  @Test func everyPrefixIsTruncated() throws {
    let document = bytes(#"{"k\u00e9":[0,-12.5e+7,true,false,null,"\ud83d\ude00é日😀\n"],"z":{}}"#)
    for length in 0..<document.count {
      for feeding in [Feeding(), Feeding(step: 1)] {
        let error = try #require(feeding.reader(Array(document[..<length])).failureOfReading())
        #expect(error.code == (length == 0 ? .emptyDocument : .truncated), "\(length): \(error)")
        #expect(error.offset == length)
      }
    }
  }

  @Test(arguments: ["12", "-0", "1.5", "1e5"])
  func topLevelNumbersEndWithTheDocument(text: String) throws {
    #expect(try JSONReader(bytes: bytes(text)).readAll().map(\.text) == [bytes(text)])
  }

  @Test(arguments: [
    "-", "1.", "1e", "1e+", "tru", "\"", "\"\\", "\"\\u12", "\"\\ud83d", "\"\\ud83d\\", "\"\\ud83d\\ude0", "[",
    "{\"a\"",
  ])
  func unfinishedTokensAreTruncated(text: String) {
    #expect(JSONReader(bytes: bytes(text)).failureOfReading()?.code == .truncated)
  }

  @Test func errorsRepeat() throws {
    let reader = JSONReader(bytes: bytes("[1,2,,3]"))
    let first = try #require(reader.failureOfReading())
    #expect(first.code == .unexpectedCharacter)
    for _ in 0..<3 { #expect(reader.failureOfReading() == first) }
    #expect(throws: first) { try reader.skipValue() }
    #expect(throws: first) { try reader.string() }
    var tape = JSONTape()
    #expect(throws: first) { try reader.capture(into: &tape) }
  }

  @Test func positionsCountLinesAndBytes() throws {
    let error = try #require(JSONReader(bytes: bytes("[\n1,\r\n  \"é\" x]")).failureOfReading())
    #expect((error.offset, error.line, error.column) == (13, 3, 8))
    #expect(error.description == "\"x\" where \",\" or \"]\" should be at line 3, column 8 (byte 13)")
    // The lines that left the buffer count too.
    let long = Array(repeating: UInt8(0x0a), count: 5000) + bytes("[\n\n01]")
    let far = try #require(Feeding(bufferSize: 256).reader(long).failureOfReading())
    #expect((far.offset, far.line, far.column) == (5004, 5003, 2))
    let reader = JSONReader(bytes: bytes("[1,\n 2]"))
    while try reader.next() != .endArray {}
    #expect(reader.position(of: reader.tokenOffset) == (2, 3))
  }

  @Test func depthIsLimitedWithoutRecursion() throws {
    let deep = Array(repeating: UInt8(ascii: "["), count: 10_000) + Array(repeating: UInt8(ascii: "]"), count: 10_000)
    for feeding in [Feeding(), Feeding(bufferSize: 256)] {
      #expect(try feeding.reader(deep).drain() == 20_000)
      let tooDeep = try #require(feeding.reader([UInt8(ascii: "[")] + deep).failureOfReading())
      #expect((tooDeep.code, tooDeep.offset) == (.tooDeep, 10_000))
    }
    var options = JSONReader.Options()
    options.maxDepth = 2
    #expect(try JSONReader(bytes: bytes(#"[{"a":1}]"#), options: options).drain() == 6)
    #expect(JSONReader(bytes: bytes(#"[{"a":{}}]"#), options: options).failureOfReading()?.offset == 6)
  }

  @Test func spacesNeedNoMemory() throws {
    var options = JSONReader.Options()
    options.bufferSize = 4096
    struct Spaces: JSONByteSource {
      var left: Int
      mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = min(left, buffer.count)
        _ = buffer[..<count].initializeMemory(as: UInt8.self, repeating: 0x20)
        left -= count
        return count
      }
    }
    let error = JSONReader(source: Spaces(left: 20_000_000), options: options).failureOfReading()
    #expect(error?.code == .emptyDocument)
    #expect(error?.offset == 20_000_000)
  }

  @Test func sourceErrorsAreKept() throws {
    struct Broken: Error {}
    struct Source: JSONByteSource {
      var calls = 0
      mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        calls += 1
        guard calls == 1 else { throw Broken() }
        buffer[0] = UInt8(ascii: "[")
        return 1
      }
    }
    let reader = JSONReader(source: Source())
    #expect(reader.failureOfReading()?.code == .sourceFailed)
    #expect(reader.sourceError is Broken)
  }

  @Test func numbersAsIntegers() throws {
    let cases: [(String, Int64?, UInt64?)] = [
      ("0", 0, 0), ("-0", 0, nil), ("9223372036854775807", .max, 9_223_372_036_854_775_807),
      ("9223372036854775808", nil, 9_223_372_036_854_775_808), ("-9223372036854775808", .min, nil),
      ("-9223372036854775809", nil, nil), ("18446744073709551615", nil, .max), ("18446744073709551616", nil, nil),
      ("1.0", nil, nil), ("1e2", nil, nil), ("-7", -7, nil),
    ]
    for (text, signed, unsigned) in cases {
      let reader = JSONReader(bytes: bytes("[\(text)]"))
      _ = try reader.next()
      #expect(reader.integer() == nil)
      _ = try reader.next()
      #expect(reader.integer() == signed, "\(text)")
      #expect(reader.unsigned() == unsigned, "\(text)")
    }
  }

  @Test func tokensCompareUnescaped() throws {
    let reader = JSONReader(bytes: bytes(#"{"table":1,"t\u0061ble2":"tab\nle","":2}"#))
    _ = try reader.next()
    _ = try reader.next()
    #expect(reader.tokenEquals("table") && !reader.tokenEquals("tables") && !reader.tokenEquals("tabl"))
    _ = try reader.next()
    #expect(!reader.tokenEquals("1"))
    _ = try reader.next()
    #expect(reader.tokenEquals("table2") && !reader.tokenEquals("t\\u0061ble2"))
    #expect(try reader.withTokenBytes { Array($0) } == bytes(#"t\u0061ble2"#))
    _ = try reader.next()
    #expect(reader.tokenEquals("tab\nle"))
    _ = try reader.next()
    #expect(reader.tokenEquals(""))
  }
}
