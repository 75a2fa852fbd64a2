import JSONBytes
import Testing

@Suite struct RoundTripTests {
  /// Writes what the reader reads.
  private func rewritten(_ reader: JSONReader, _ style: JSONWriter.Style) throws -> [UInt8] {
    var writer = JSONWriter(style: style)
    while true {
      switch try reader.next() {
      case .beginObject: writer.beginObject()
      case .endObject: writer.endObject()
      case .beginArray: writer.beginArray()
      case .endArray: writer.endArray()
      case .key: writer.key(try reader.string())
      case .string: writer.string(try reader.string())
      case .number: try reader.withTokenBytes { writer.raw($0) }
      case .true: writer.bool(true)
      case .false: writer.bool(false)
      case .null: writer.null()
      case .end: return writer.bytes
      }
    }
  }

  /// KUMO's own files come out byte for byte: reader and writer agree with Go's encoder.
  @Test func kumosFilesAreReproduced() throws {
    // The files beside the data directories (client views, notes) are not KUMO's own.
    let files = CaptureFile.all.filter { $0.name.split(separator: "/").count > 2 }
    if files.isEmpty { print("captures are not there: nothing to reproduce") }
    for file in files {
      #expect(try rewritten(JSONReader(bytes: file.bytes), .compact) == file.bytes, "\(file.name)")
    }
  }

  @Test func prettyReadsBackAsCompact() throws {
    let compact = try rewritten(JSONReader(bytes: JSONReaderTests.mixed), .compact)
    let pretty = try rewritten(JSONReader(bytes: compact), .pretty)
    #expect(pretty.count > compact.count)
    #expect(try rewritten(JSONReader(bytes: pretty), .compact) == compact)
    #expect(try rewritten(Feeding(bufferSize: 256).reader(pretty), .pretty) == pretty)
  }

  @Test func everyScalarSurvives() throws {
    var scalars: [UInt8] = []
    for value in (0..<0x3000).map({ UInt32($0) }) + [0xfffd, 0xffff, 0x10000, 0x10ffff] {
      guard let scalar = Unicode.Scalar(value) else { continue }
      scalars += Array(String(Character(scalar)).utf8)
    }
    var writer = JSONWriter()
    writer.string(scalars)
    let reader = JSONReader(bytes: writer.bytes)
    _ = try reader.next()
    #expect(try reader.string() == scalars)
  }

  @Test func copiesAreByteForByte() throws {
    let document = Array(" [ { \"a\" : [ 1 , 2 ] , \"b\\u0041\" : \"x\" } , true ] ".utf8)
    for feeding in [Feeding(), Feeding(bufferSize: 256, padding: 230)] {
      let reader = feeding.reader(document)
      _ = try reader.next()
      _ = try reader.next()
      var copy: [UInt8] = []
      try reader.copyValue { copy += $0 }
      #expect(String(decoding: copy, as: UTF8.self) == #"{ "a" : [ 1 , 2 ] , "b\u0041" : "x" }"#)
      #expect(try reader.next() == .true)
      copy = []
      try reader.copyValue { copy += $0 }
      #expect(copy == Array("true".utf8))
      #expect(try reader.drain() == 1)
    }
    let reader = JSONReader(bytes: document)
    for _ in 0..<3 { _ = try reader.next() }
    var copy: [UInt8] = []
    try reader.copyValue { copy += $0 }
    #expect(String(decoding: copy, as: UTF8.self) == "[ 1 , 2 ]")
    #expect(reader.path.description == "/0/a")
  }
}
