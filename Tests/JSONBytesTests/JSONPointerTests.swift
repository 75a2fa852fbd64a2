import JSONBytes
import Testing

@Suite struct JSONPointerTests {
  // The examples of RFC 6901, section 5.
  @Test(
    arguments: [
      ("", []), ("/foo", ["foo"]), ("/foo/0", ["foo", "0"]), ("/", [""]), ("/a~1b", ["a/b"]), ("/c%d", ["c%d"]),
      ("/ ", [" "]), ("/m~0n", ["m~n"]), ("/~01", ["~1"]), ("//", ["", ""]),
    ] as [(String, [String])])
  func tokens(text: String, tokens: [String]) throws {
    let pointer = try JSONPointer(parsing: Array(text.utf8))
    #expect(pointer.tokens.map { String(decoding: $0, as: UTF8.self) } == tokens)
    var built = JSONPointer()
    for token in tokens { built.append(key: token.utf8) }
    #expect(built == pointer)
  }

  @Test(arguments: ["a", "a/b", "/~", "/~2", "/a~", "~0"])
  func refused(text: String) {
    #expect { try JSONPointer(parsing: Array(text.utf8)) } throws: { ($0 as? JSONError)?.code == .invalidPointer }
  }

  @Test func canonicallyEqualKeysStayApart() {
    let composed = JSONPointer().appending(key: "\u{e9}".utf8)
    let decomposed = JSONPointer().appending(key: "e\u{301}".utf8)
    #expect(composed != decomposed)
    #expect(decomposed < composed)
  }

  @Test func parentsAndIndices() throws {
    let pointer = JSONPointer().appending(key: "a~/".utf8).appending(index: 12)
    #expect(pointer.description == "/a~0~1/12")
    #expect(pointer.parent == JSONPointer().appending(key: "a~/".utf8))
    #expect(pointer.parent?.parent == JSONPointer())
    #expect(JSONPointer().parent == nil)
  }

  @Test func descriptionHidesControlCharacters() {
    #expect(JSONPointer().appending(key: "a\u{1b}[2J\n".utf8).description == "/a\\u{1b}[2J\\u{a}")
  }
}
