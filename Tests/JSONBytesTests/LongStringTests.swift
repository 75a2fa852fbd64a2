import JSONBytes
import Testing

@Suite struct LongStringTests {
  /// Content longer than the buffer, with escapes and characters of every length.
  private static let plain: String = {
    var text = ""
    for number in 0..<300 { text += "chunk \(number) \"quoted\" \\ é日😀\n" }
    return text
  }()
  private static let document: [UInt8] = {
    var writer = JSONWriter()
    writer.beginArray()
    writer.int(1)
    writer.string(plain)
    writer.beginObject()
    writer.key("k")
    writer.string(plain)
    writer.endObject()
    writer.endArray()
    return writer.bytes
  }()

  private func atTheString(_ size: Int, _ change: (inout JSONReader.Options) -> Void = { _ in }) throws -> JSONReader {
    let reader = Feeding(bufferSize: size).reader(Self.document, change)
    for _ in 0..<3 { _ = try reader.next() }
    #expect(reader.token == .string && reader.tokenOffset == 3)
    return reader
  }

  private static let sizes = [256, 263, 300, 1000, 5000, 1 << 18]

  @Test(arguments: sizes)
  func streamed(size: Int) throws {
    let reader = try atTheString(size)
    var text: [UInt8] = []
    var largest = 0
    try reader.streamString {
      text += $0
      largest = max(largest, $0.count)
    }
    #expect(text == Array(Self.plain.utf8))
    #expect(largest <= size)
    #expect(reader.tokenOffset == 3)
    #expect(try reader.next() == .beginObject)
    #expect(try reader.drain() == 4)
  }

  @Test(arguments: sizes)
  func whole(size: Int) throws {
    let reader = try atTheString(size)
    #expect(try reader.string() == Array(Self.plain.utf8))
    #expect(try reader.string() == Array(Self.plain.utf8))
    #expect(try reader.next() == .beginObject)
    #expect(try reader.next() == .key)
    #expect(try reader.next() == .string)
    #expect(try reader.string() == Array(Self.plain.utf8))
    #expect(reader.path.description == "/2/k")
    #expect(try reader.drain() == 2)
  }

  @Test(arguments: sizes)
  func skippedAndCopied(size: Int) throws {
    let skipping = try atTheString(size)
    try skipping.skipValue()
    #expect(try skipping.next() == .beginObject)
    try skipping.skipValue()
    #expect(skipping.token == .endObject)
    #expect(try skipping.next() == .endArray)
    let copying = try atTheString(size)
    var copy: [UInt8] = []
    try copying.copyValue { copy += $0 }
    let end = Self.document.firstIndex(of: UInt8(ascii: "{")) ?? 0
    #expect(copy == Array(Self.document[3..<(end - 1)]))
    #expect(try copying.next() == .beginObject)
    copy = []
    try copying.copyValue { copy += $0 }
    #expect(copy == Array(Self.document[end..<(Self.document.count - 1)]))
    #expect(try copying.next() == .endArray)
  }

  @Test func limits() throws {
    let code: (JSONReader, (JSONReader) throws -> Void) -> JSONError.Code? = { reader, body in
      do {
        try body(reader)
        return nil
      } catch {
        return (error as? JSONError)?.code
      }
    }
    for size in [256, 1 << 18] {
      let reader = try atTheString(size) { $0.maxStringBytes = 2000 }
      #expect(code(reader) { _ = try $0.string() } == .tooLong)
      #expect(code(reader) { _ = try $0.next() } == .tooLong)
      let capturing = try atTheString(size) { $0.maxStringBytes = 2000 }
      #expect(
        code(capturing) {
          var tape = JSONTape(); try $0.capture(into: &tape)
        } == .tooLong)
      let streaming = try atTheString(size) { $0.maxStringBytes = 2000 }
      #expect(code(streaming) { try $0.streamString { _ in } } == nil)
      #expect(try streaming.next() == .beginObject)
    }
    let key = Array("{\"\(String(repeating: "k", count: 5000))\":1}".utf8)
    #expect(try Feeding(bufferSize: 256).reader(key).drain() == 4)
    #expect(Feeding(bufferSize: 256).reader(key) { $0.maxStringBytes = 2000 }.failureOfReading()?.code == .tooLong)
    let number = Array("[1\(String(repeating: "0", count: 5000))]".utf8)
    #expect(try Feeding(bufferSize: 256).reader(number).readAll()[1].text == Array(number[1..<(number.count - 1)]))
    #expect(Feeding(bufferSize: 256).reader(number) { $0.maxStringBytes = 2000 }.failureOfReading()?.code == .tooLong)
  }

  @Test func faultsFarBehindTheBuffer() throws {
    var broken = Self.document
    let place = broken.count - 40
    broken[place] = 0x01
    for size in Self.sizes {
      let error = try #require(Feeding(bufferSize: size).reader(broken).failureOfReading())
      #expect((error.code, error.offset) == (.controlCharacter, place))
      let reader = Feeding(bufferSize: size).reader(broken)
      _ = try reader.next()
      #expect(throws: error) { try reader.copyValue { _ in } }
    }
  }

  @Test func aFailingSinkStopsTheCopy() throws {
    struct Full: Error {}
    for size in [256, 1 << 18] {
      let reader = try atTheString(size)
      var calls = 0
      #expect(throws: Full.self) {
        try reader.copyValue { _ in
          calls += 1
          throw Full()
        }
      }
      #expect(calls == 1)
    }
  }
}
