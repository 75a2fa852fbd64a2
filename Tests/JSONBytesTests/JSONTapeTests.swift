import JSONBytes
import Testing

@Suite struct JSONTapeTests {
  private func tape(_ text: String) throws -> JSONTape { try JSONTape(parsing: Array(text.utf8)) }

  /// The tokens of a value as the tape has them.
  private func tokens(_ node: JSONNode, _ out: inout [Seen], _ path: JSONPointer) {
    func add(_ token: JSONToken, _ offset: Int, _ text: [UInt8]) {
      out.append(Seen(token: token, offset: offset, text: text, path: path))
    }
    switch node.kind {
    case .object:
      add(.beginObject, node.offset, Array("{".utf8))
      for (key, value) in node.members {
        let name = key.string() ?? []
        out.append(Seen(token: .key, offset: key.offset, text: name, path: path.appending(key: name)))
        tokens(value, &out, path.appending(key: name))
      }
      add(.endObject, node.offset + node.rawBytes.count - 1, Array("}".utf8))
    case .array:
      add(.beginArray, node.offset, Array("[".utf8))
      for (index, element) in node.elements.enumerated() { tokens(element, &out, path.appending(index: index)) }
      add(.endArray, node.offset + node.rawBytes.count - 1, Array("]".utf8))
    case .string: add(.string, node.offset, node.string() ?? [])
    case .number: add(.number, node.offset, node.rawBytes)
    case .true: add(.true, node.offset, node.rawBytes)
    case .false: add(.false, node.offset, node.rawBytes)
    case .null: add(.null, node.offset, node.rawBytes)
    }
  }

  @Test func sameAsTheReaderOnEveryCapture() throws {
    if CaptureFile.all.isEmpty { print("captures are not there: compared on the made-up document only") }
    for file in CaptureFile.all + [CaptureFile(name: "mixed", bytes: JSONReaderTests.mixed)] {
      var fromTape: [Seen] = []
      let tape = try JSONTape(parsing: file.bytes)
      tokens(tape.root, &fromTape, JSONPointer())
      #expect(try JSONReader(bytes: file.bytes).readAll() == fromTape, "\(file.name)")
    }
  }

  @Test func accessors() throws {
    let root = try tape(
      #" {"s":"a\nb","n":-5,"big":18446744073709551615,"f":1.5,"t":true,"z":null,"l":[1,[2],{}],"s2":"é"} "#
    ).root
    #expect(root.count == 8 && root.offset == 1)
    #expect(root["s"]?.string() == Array("a\nb".utf8))
    #expect(root["s"]?.stringEquals("a\nb") == true)
    #expect(root["s"]?.rawBytes == Array(#""a\nb""#.utf8))
    #expect(root["s2"]?.stringEquals("é") == true && root["s2"]?.stringEquals("e\u{301}") == false)
    #expect(root["n"]?.int64() == -5 && root["n"]?.uint64() == nil)
    #expect(root["big"]?.uint64() == .max && root["big"]?.int64() == nil)
    #expect(root["f"]?.double() == 1.5 && root["f"]?.int64() == nil)
    #expect(root["t"]?.bool() == true && root["z"]?.isNull == true && root["z"]?.bool() == nil)
    #expect(root["l"]?.count == 3 && root["l"]?.elements.map(\.kind) == [.number, .array, .object])
    #expect(root["missing"] == nil && root["l"]?["s"] == nil)
    #expect(root.value(at: try JSONPointer(parsing: Array("/l/1/0".utf8)))?.int64() == 2)
    for pointer in ["/l/3", "/l/01", "/l/-", "/s/0", "/x"] {
      #expect(root.value(at: try JSONPointer(parsing: Array(pointer.utf8))) == nil)
    }
  }

  /// As Go's decoder finds a field: any ASCII case, the two other letters that fold to ASCII, the last one wins.
  @Test func foldingMembers() throws {
    let root = try tape("{\"Size\":1,\"sIZE\":2,\"\u{17f}ize2\":3,\"\u{212a}ey\":4,\"\u{e9}\":5}").root
    #expect(root.member(folding: "size")?.int64() == 2)
    #expect(root.member(folding: "SIZE2")?.int64() == 3)
    #expect(root.member(folding: "Key")?.int64() == 4)
    #expect(root.member(folding: "siz") == nil)
  }

  @Test func capturesAreUsedAgain() throws {
    let reader = Feeding(bufferSize: 256).reader(JSONReaderTests.mixed)
    var tape = JSONTape()
    #expect(tape.root.isNull)
    var ids: [[UInt8]] = []
    var kept: JSONNode?
    while try reader.next() != .end {
      guard reader.token == .beginObject, reader.depth == 3 else { continue }
      let offset = reader.tokenOffset
      try reader.capture(into: &tape)
      #expect(reader.token == .endObject && reader.depth == 2 && tape.root.offset == offset)
      ids.append(tape.root["id"]?.string() ?? [])
      if ids.count == 7 { kept = tape.root }
    }
    #expect(ids == (0..<60).map { Array("item-\($0)".utf8) })
    // A node that is kept is not overwritten by later captures.
    #expect(kept?["id"]?.stringEquals("item-6") == true)
  }

  @Test func scalarsAndMembersAreCaptured() throws {
    let reader = JSONReader(bytes: Array(#"{"a":"x","b":[3]}"#.utf8))
    var tape = JSONTape()
    _ = try reader.next()
    _ = try reader.next()
    try reader.capture(into: &tape)
    #expect(reader.token == .string && tape.root.stringEquals("x") && tape.root.offset == 5)
    #expect(try reader.next() == .key)
    _ = try reader.next()
    _ = try reader.next()
    try reader.capture(into: &tape)
    #expect(tape.root.int64() == 3)
    #expect(try reader.drain() == 2)
  }

  @Test func documentsThatDoNotParse() {
    #expect(throws: JSONError.self) { try tape("[1") }
    #expect(throws: JSONError.self) { try tape("[1] 2") }
    #expect(throws: JSONError.self) { try tape("") }
  }
}

struct MemberPlaceTests {
  private static let document = #"[ {"a" : 1, "\u0062":{"x":[2]},"a":"3", "":null} ]"#

  @Test func tellsWhereMembersStand() throws {
    let tape = try JSONTape(parsing: Array(Self.document.utf8), options: Self.options)
    let object = try #require(tape.root.elements.first { _ in true })
    let raw = object.rawBytes
    var places: [MemberPlace] = []
    object.memberPlaces(into: &places)
    #expect(
      places.map { String(decoding: raw[$0.start..<$0.end], as: UTF8.self) } == [
        #""a" : 1"#, #""\u0062":{"x":[2]}"#, #""a":"3""#, #""":null"#,
      ])
    #expect(
      places.map { String(decoding: raw[$0.valueStart..<$0.end], as: UTF8.self) } == [
        "1", #"{"x":[2]}"#, #""3""#, "null",
      ])
    #expect(
      places.map { String(decoding: raw[$0.start..<$0.keyEnd], as: UTF8.self) } == [
        #""a""#, #""\u0062""#, #""a""#, #""""#,
      ])
    #expect(places.map(\.hasEscapes) == [false, true, false, false])
    #expect(object.key(at: places[1]) == [0x62])
    tape.root.memberPlaces(into: &places)
    #expect(places.isEmpty)
  }

  @Test func findsAValueAsTheSubscriptDoes() throws {
    let tape = try JSONTape(parsing: Array(Self.document.utf8), options: Self.options)
    let object = try #require(tape.root.elements.first { _ in true })
    for name in ["a", "b", "", "c", "aa", "x"] {
      let bytes = Array(name.utf8)
      #expect(object.value(named: bytes)?.rawBytes == object[bytes]?.rawBytes)
    }
    #expect(object.value(named: Array("a".utf8))?.string() == Array("3".utf8))
    #expect(tape.root.value(named: [0x61])?.rawBytes == nil)
  }

  private static var options: JSONReader.Options {
    var options = JSONReader.Options()
    options.duplicateKeys = .allow
    return options
  }
}
