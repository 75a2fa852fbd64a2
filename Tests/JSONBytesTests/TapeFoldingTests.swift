import JSONBytes
import Testing

/// A folded tape must say the same as a whole one, whatever it is asked.
@Suite struct TapeFoldingTests {
  private func folded(_ bytes: [UInt8], bufferSize: Int = 256 << 10, limit: Int = 64 << 20) throws -> JSONTape {
    var options = JSONReader.Options()
    options.bufferSize = bufferSize
    options.maxStringBytes = limit
    let reader = JSONReader(bytes: bytes, options: options)
    var tape = JSONTape()
    _ = try reader.next()
    try reader.captureFolded(into: &tape)
    #expect(try reader.next() == .end)
    return tape
  }

  /// Everything that a node can be asked, all the way down.
  private func answers(_ node: JSONNode) -> String {
    let head = "\(node.kind)@\(node.offset)#\(node.count):\(String(decoding: node.rawBytes, as: UTF8.self))"
    let members = node.members.map { "\($0.key.offset)\($0.key.string() ?? [])=\(answers($0.value))" }
    var memberPlaces: [MemberPlace] = []
    node.memberPlaces(into: &memberPlaces)
    let places = memberPlaces.map { "\($0.start)-\($0.keyEnd)-\($0.valueStart)-\($0.end) \(node.key(at: $0))" }
    return head + members.joined() + node.elements.map { answers($0) }.joined() + places.joined()
  }

  static let documents = [
    #"{}"#, #"[]"#, #"{"a":{}}"#, #"[[],{}]"#, #""text""#,
    #" { "a" : { "b" : [ 1 , -2.5e+3 , "x\"y" ] , "c\u0064":null } } "#,
    #"{"pk":{"S":"a"},"m":{"M":{"x":{"N":"1"},"y":{"L":[{"BOOL":true},{"BOOL":false},{"NULL":true}]}}},"n":5}"#,
    #"[{"a":[[[{"deep":["\\","\\\\\"",{}]}]]]},true,[1,2],"é"]"#,
  ]

  @Test(arguments: documents, [256, 256 << 10]) func saysTheSame(_ document: String, _ bufferSize: Int) throws {
    // Longer than the small buffer, so that values are cut by its end.
    for padding in [0, 200, 251, 252, 253, 254, 255] {
      let bytes = Array((String(repeating: " ", count: padding) + document).utf8)
      let whole = try JSONTape(parsing: bytes)
      #expect(answers(try folded(bytes, bufferSize: bufferSize).root) == answers(whole.root))
    }
  }

  /// Values that were read ahead whole, and values cut by the end of what was read ahead.
  @Test(arguments: documents, [256, 256 << 10])
  func saysTheSameOfRecords(_ document: String, _ bufferSize: Int) throws {
    let count = 300
    var options = JSONReader.Options()
    options.bufferSize = bufferSize
    for folding in [true, false] {
      let list = "[" + Array(repeating: document, count: count).joined(separator: " ,") + "]"
      let reader = JSONReader(bytes: Array(list.utf8), options: options)
      var tape = JSONTape()
      _ = try reader.next()
      for _ in 0..<count {
        _ = try reader.next()
        let offset = reader.tokenOffset - document.utf8.prefix { $0 == 0x20 }.count
        if folding { try reader.captureFolded(into: &tape) } else { try reader.capture(into: &tape) }
        let alone = try JSONTape(parsing: Array(document.utf8), at: offset)
        #expect(answers(tape.root) == answers(alone.root))
      }
      #expect(try reader.next() == .endArray)
    }
  }

  @Test func saysTheSameOfCaptures() throws {
    for file in CaptureFile.all {
      #expect(answers(try folded(file.bytes).root) == answers(try JSONTape(parsing: file.bytes).root), "\(file.name)")
    }
  }

  @Test func findsMembersByName() throws {
    let root = try folded(Array(#"{"a":{"b":{"c":7}},"l":[0,{"x":"y"}]}"#.utf8)).root
    let inner = try #require(root.value(named: Array("a".utf8)))
    #expect(inner.value(named: Array("b".utf8))?["c"]?.int64() == 7)
    #expect(root["l"]?.elements.compactMap { $0["x"]?.string() } == [Array("y".utf8)])
    let opened = inner.opened
    #expect(opened.rawBytes == inner.rawBytes && opened.offset == inner.offset && opened.count == 1)
  }

  /// The folded part counts, too.
  @Test func holdsNoMoreThanIsAllowed() throws {
    let long = Array((#"{"a":["# + String(repeating: "1,", count: 3000) + "1]}").utf8)
    let error = #expect(throws: JSONError.self) { try folded(long, bufferSize: 256, limit: 1000) }
    #expect(error?.code == .tooLong)
  }
}
