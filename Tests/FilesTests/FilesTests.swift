import Files
import FixtureTestSupport
import SystemPackage
import Testing

@Suite struct DirectoryTests {
  @Test func writesReadsListsAndRemoves() throws {
    let scratch = try TemporaryDirectory()
    let directory = scratch.directory
    try directory.makeDirectory("a")
    try directory.create("a/b").write(Array("one".utf8))
    try directory.create("a-b", mode: 0o640).write(Array("two".utf8))
    #expect(try directory.walk().map(\.path.description) == ["a", "a-b", "a/b"])
    #expect(try directory.read("a/b", limit: 3) == Array("one".utf8))
    #expect(throws: FilesError.self) { try directory.read("a/b", limit: 2) }
    try directory.replace("a-b", with: Array("three".utf8))
    #expect(try scratch.mode("a-b") == 0o640)
    #expect(try scratch.text("a-b") == "three")
    #expect(try directory.status("nothing/here") == nil)
    try directory.removeTree("a")
    #expect(try scratch.list() == ["a-b"])
  }
}
