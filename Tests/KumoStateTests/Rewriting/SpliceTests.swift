import Files
import FixtureTestSupport
import JSONBytes
import KumoState
import Testing

struct SpliceTests {
  /// Copies a text through splices.
  private func spliced(
    _ text: [UInt8], _ edit: (inout SpliceWriter) throws -> Void
  ) throws -> [UInt8] {
    let scratch = try TemporaryDirectory()
    try scratch.write("in", text)
    let target = try scratch.directory.create(RelativePath("out"))
    var writer = SpliceWriter(source: try scratch.directory.open(RelativePath("in")), target: target)
    try edit(&writer)
    try writer.finish()
    return try scratch.directory.read(RelativePath("out"), limit: 10 << 20)
  }

  @Test func copiesWhatIsNotReplaced() throws {
    let text = (0..<700_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    #expect(try spliced(text) { _ in } == text)
    let edited = try spliced(text) { writer in
      try writer.replace(0..<0, with: [1, 2])
      try writer.replace(5..<7, with: [])
      try writer.replace(7..<7, with: [9])
      try writer.replace(300_000..<650_000, with: [8, 8, 8])
      try writer.replace(700_000..<700_000, with: [4])
    }
    var expected: [UInt8] = [1, 2]
    expected += text[..<5]
    expected.append(9)
    expected += text[7..<300_000]
    expected += [8, 8, 8]
    expected += text[650_000...]
    expected.append(4)
    #expect(edited == expected)
  }

  @Test(arguments: [10..<12, 4..<9])
  func refusesRangesBehindTheEnd(range: Range<Int>) throws {
    #expect {
      try spliced([1, 2, 3, 4, 5]) { try $0.replace(range, with: []) }
    } throws: { ($0 as? FilesError)?.code == .changed }
  }

  /// Every choice of entries to keep, with and without white space, appended entries and a splice inside a kept one.
  @Test(arguments: ["[]", "[ ]", "[1]", "[ 1 ]", "[1,22]", "[ 1 , 22\n,\t[3,4] ]", "{\"a\":1, \"b\" : {} ,\"c\":[1]}"])
  func leavesOutAndAppends(text: String) throws {
    let bytes = Array(text.utf8)
    let (entries, close) = try ranges(of: bytes)
    for choice in 0..<(1 << entries.count) {
      for added in 0...2 {
        let extra = bytes[0] == UInt8(ascii: "[") ? Array("7".utf8) : Array("\"z\":7".utf8)
        let result = try spliced(bytes) { writer in
          var container = ContainerSplicer(openedAt: 0)
          for (index, entry) in entries.enumerated() {
            if choice >> index & 1 == 1 {
              try container.keep(entry, in: &writer)
            } else {
              try container.remove(entry, in: &writer)
            }
          }
          for _ in 0..<added { try container.append(extra, closingAt: close, in: &writer) }
          try container.close(at: close, in: &writer)
        }
        let kept = entries.indices.filter { choice >> $0 & 1 == 1 }.map { Array(bytes[entries[$0]]) }
        let found = try ranges(of: result).entries.map { Array(result[$0]) }
        #expect(found == kept + Array(repeating: extra, count: added), "\(String(decoding: result, as: UTF8.self))")
      }
    }
  }

  @Test func splicesInsideAnEntryBehindOnesLeftOut() throws {
    let text = Array("{\"a\":1,\"b\":2,\"c\":3}".utf8)
    let result = try spliced(text) { writer in
      var container = ContainerSplicer(openedAt: 0)
      try container.remove(1..<6, in: &writer)
      try container.enter(at: 7, in: &writer)
      try writer.replace(11..<12, with: Array("99".utf8))
      container.leave(at: 12)
      try container.remove(13..<18, in: &writer)
      try container.close(at: 18, in: &writer)
    }
    #expect(String(decoding: result, as: UTF8.self) == "{\"b\":99}")
  }

  /// The entries of the outermost container, and where it closes.
  private func ranges(of text: [UInt8]) throws -> (entries: [Range<Int>], close: Int) {
    var options = JSONReader.Options()
    options.duplicateKeys = .allow
    let reader = JSONReader(bytes: text, options: options)
    var entries: [Range<Int>] = []
    var tape = JSONTape()
    let isObject = try reader.next() == .beginObject
    while true {
      let token = try reader.next()
      if token == .endObject || token == .endArray { break }
      let start = reader.tokenOffset
      if isObject { _ = try reader.next() }
      let value = reader.tokenOffset
      try reader.capture(into: &tape)
      entries.append(start..<(value + tape.root.rawBytes.count))
    }
    let close = reader.tokenOffset
    #expect(try reader.next() == .end)
    return (entries, close)
  }
}
