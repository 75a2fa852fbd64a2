import Testing

@testable import Files

@Suite struct RelativePathTests {
  @Test(arguments: ["", "/", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/../b", "..", "a/..", "a\u{0}b"])
  func refuses(text: String) {
    #expect(code { _ = try RelativePath(text: text) } == .invalidPath)
  }

  @Test func limitsNames() throws {
    let name = String(repeating: "n", count: 255)
    #expect(try RelativePath(text: "\(name)/\(name)").depth == 2)
    #expect(code { _ = try RelativePath(text: "a/\(name)n") } == .tooLong)
  }

  @Test(arguments: ["a", "...", "..a", "a..", ".hidden", "a/b/c", "a b", "ü"])
  func takes(text: String) throws {
    #expect(try RelativePath(text: text).bytes == Array(text.utf8))
  }

  @Test func takesApartAndPutsTogether() throws {
    let path: RelativePath = "a/b/c"
    #expect(path.parent == "a/b" && path.lastComponent == "c" && path.depth == 3)
    #expect(RelativePath(stringLiteral: "a").parent == nil)
    #expect(path.components.map { String(decoding: $0, as: UTF8.self) } == ["a", "b", "c"])
    #expect(path.appending("d/e") == "a/b/c/d/e")
    #expect(code { _ = try path.appending(Array("..".utf8)) } == .invalidPath)
    #expect(path.isInside("a") && path.isInside("a/b/c") && !path.isInside("a/b/c/d"))
    #expect(!RelativePath(stringLiteral: "ab").isInside("a"))
  }

  @Test func orderIsThatOfTheBytes() throws {
    let sorted: [RelativePath] = ["B", "a", "a-b", "a/b", "aa", "\u{fc}"]
    #expect(sorted.reversed().sorted() == sorted)
    #expect(try RelativePath(text: "u\u{308}") != RelativePath(text: "\u{fc}"))
  }

  @Test(
    arguments: [
      ([0x61, 0x0A, 0x62], "a\\nb"), ([0xFF], "\\xff"), ([0xC3, 0xBC], "ü"), ([0xC3, 0x28], "\\xc3("),
      ([0x5C], "\\\\"), ([0x1B, 0x5B], "\\x1b["), ([0xE2, 0x80, 0xAE], "\\xe2\\x80\\xae"), ([0x7F], "\\x7f"),
      ([0xF0, 0x9F, 0x98, 0x80], "😀"), ([0xED, 0xA0, 0x80], "\\xed\\xa0\\x80"), ([0xE2, 0x82], "\\xe2\\x82"),
    ] as [([UInt8], String)])
  func display(bytes: [UInt8], text: String) {
    #expect(DisplayName.escape(bytes) == text)
  }
}
