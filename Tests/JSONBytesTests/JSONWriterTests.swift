import JSONBytes
import Testing

@Suite struct JSONWriterTests {
  private func text(_ style: JSONWriter.Style = .compact, _ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(style: style)
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func compactHasNoSpacesAndNoFinalNewline() {
    let json = text { writer in
      writer.beginObject()
      writer.key("a")
      writer.beginArray()
      writer.int(-1)
      writer.uint(18_446_744_073_709_551_615)
      writer.null()
      writer.bool(true)
      writer.bool(false)
      writer.endArray()
      writer.key("b")
      writer.beginObject()
      writer.endObject()
      writer.key("c")
      writer.raw(Array("[1, 2]".utf8))
      writer.key("d")
      writer.beginArray()
      writer.endArray()
      writer.endObject()
    }
    #expect(json == #"{"a":[-1,18446744073709551615,null,true,false],"b":{},"c":[1, 2],"d":[]}"#)
  }

  @Test func prettyIndentsByTwo() {
    let json = text(.pretty) { writer in
      writer.beginObject()
      writer.key("a")
      writer.beginArray()
      writer.int(1)
      writer.beginObject()
      writer.key("x")
      writer.string("y")
      writer.endObject()
      writer.endArray()
      writer.key("b")
      writer.beginObject()
      writer.endObject()
      writer.endObject()
    }
    #expect(json == "{\n  \"a\": [\n    1,\n    {\n      \"x\": \"y\"\n    }\n  ],\n  \"b\": {}\n}")
  }

  @Test(arguments: [
    ("\"\\/", #"\"\\/"#), ("\u{8}\u{c}\n\r\t", #"\b\f\n\r\t"#), ("\u{0}\u{1f}\u{7f}", "\\u0000\\u001f\u{7f}"),
    ("<a>&", #"\u003ca\u003e\u0026"#), ("\u{2027}\u{2028}\u{2029}\u{202a}", "\u{2027}\\u2028\\u2029\u{202a}"),
    ("é日😀", "é日😀"),
  ])
  func escapesAsGoDoes(plain: String, escaped: String) {
    #expect(text { $0.string(plain) } == "\"" + escaped + "\"")
    #expect(text { $0.key(plain) } == "\"" + escaped + "\":")
  }

  @Test(
    arguments: [
      ([0xff], #"\ufffd"#), ([0x61, 0xe2, 0x80], #"a\ufffd\ufffd"#), ([0xed, 0xa0, 0x80], #"\ufffd\ufffd\ufffd"#),
      ([0xc0, 0x80], #"\ufffd\ufffd"#), ([0xf4, 0x90, 0x80, 0x80], #"\ufffd\ufffd\ufffd\ufffd"#),
    ] as [([UInt8], String)])
  func bytesThatAreNotTextBecomeReplacementEscapes(bytes: [UInt8], escaped: String) {
    #expect(text { $0.string(bytes) } == "\"" + escaped + "\"")
  }

  @Test(arguments: [
    (0, "0"), (-0.0, "-0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (1e20, "100000000000000000000"), (1e21, "1e+21"),
    (1.5e300, "1.5e+300"), (1e-6, "0.000001"), (1e-7, "1e-7"), (1.25e-10, "1.25e-10"), (123456.789, "123456.789"),
    (Double.leastNonzeroMagnitude, "5e-324"), (1_700_000_000.123, "1700000000.123"), (0x1p53, "9007199254740992"),
    (Double.infinity, "null"), (Double.nan, "null"),
  ])
  func floatsHaveGoForm(value: Double, expected: String) {
    #expect(text { $0.double(value) } == expected)
  }

  @Test func pieces() {
    let json = text { writer in
      writer.beginArray()
      writer.beginString()
      writer.stringPiece(Array("QUJD".utf8))
      writer.stringPiece(Array("RA==".utf8))
      writer.endString()
      writer.beginRaw()
      writer.bytes += Array("12".utf8)
      writer.bytes += Array("34".utf8)
      writer.endRaw()
      writer.null()
      writer.endArray()
    }
    #expect(json == #"["QUJDRA==",1234,null]"#)
  }

  @Test func drainingDoesNotDisturbTheCommas() {
    var writer = JSONWriter()
    var all: [UInt8] = []
    writer.beginArray()
    for number in 0..<5 {
      writer.int(Int64(number))
      all += writer.bytes
      writer.bytes.removeAll(keepingCapacity: true)
    }
    writer.endArray()
    all += writer.bytes
    #expect(String(decoding: all, as: UTF8.self) == "[0,1,2,3,4]")
  }
}
