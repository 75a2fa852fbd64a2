import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

@testable import Files

@Suite struct DirectoryTests {
  @Test func writesReadsListsAndRemoves() throws {
    let scratch = try TemporaryDirectory()
    let directory = scratch.directory
    try directory.makeDirectory("a")
    try directory.create("a/b").write(Array("one".utf8))
    try directory.create("a-b", mode: 0o640).write(Array("two".utf8))
    #expect(try directory.walk().map(\.path.description) == ["a", "a-b", "a/b"])
    #expect(try directory.list().map(\.path.description) == ["a", "a-b"])
    #expect(try directory.read("a/b", limit: 3) == Array("one".utf8))
    #expect(code { _ = try directory.read("a/b", limit: 2) } == .tooLarge)
    #expect(try directory.status("nothing/here") == nil)
    #expect(try directory.status("a/b")?.size == 3)
    #expect(code { try directory.remove("a") } == .notEmpty)
    #expect(code { _ = try directory.create("a-b") } == .exists)
    #expect(code { try directory.makeDirectory("x/y") } == .notFound)
    try directory.rename("a/b", to: "b")
    try directory.removeTree("a")
    try directory.removeTree("absent")
    #expect(try scratch.list() == ["a-b", "b"])
  }

  @Test func replaceKeepsModeAndLeavesNoTemporary() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("old", "old", mode: 0o640)
    try scratch.directory.replace("old", with: Array("new".utf8))
    try scratch.directory.replace("fresh", with: [], mode: 0o666)
    #expect(try scratch.text("old") == "new")
    #expect(try scratch.mode("old") == 0o640)
    #expect(try scratch.mode("fresh") == 0o666)
    #expect(try scratch.list() == ["fresh", "old"])
  }

  @Test func aFailedReplaceChangesNothing() throws {
    for failing in 0..<20 {
      let scratch = try TemporaryDirectory()
      try scratch.write("file", "old")
      let before = try scratch.snapshot()
      let count = Counter()
      let failed = FaultPlan.failing({ _ in count.next() == failing ? .noSpace : nil }) {
        code { try scratch.directory.replace("file", with: Array("new".utf8)) }
      }
      if failed == nil {
        #expect(failing >= 5)
        return
      }
      #expect(failed == .noSpace)
      // Only the sync of the directory comes after the rename.
      let isAfterRename = try scratch.text("file") == "new"
      #expect(try isAfterRename || scratch.snapshot() == before)
      #expect(try scratch.list() == ["file"])
    }
    Issue.record("the operations never ended")
  }

  @Test func replaceRefusesWhatIsNoFile() throws {
    let scratch = try TemporaryDirectory()
    try scratch.makeDirectory("directory")
    try scratch.write("target", "x")
    try scratch.link("link", to: "target")
    mkfifo(scratch.path("fifo").string, 0o600)
    #expect(code { try scratch.directory.replace("directory", with: []) } == .isDirectory)
    #expect(code { try scratch.directory.replace("link", with: []) } == .symbolicLink)
    #expect(code { try scratch.directory.replace("fifo", with: []) } == .notRegular)
    #expect(try scratch.text("target") == "x")
  }

  @Test func createsDirectoriesOfTheUser() throws {
    let scratch = try TemporaryDirectory()
    _ = try Directory.create(scratch.path("a/b/c"), intermediates: true)
    _ = try Directory.create(scratch.path("a/b/c"), intermediates: true)
    #expect(try scratch.exists("a/b/c"))
    #expect(code { _ = try Directory.create(scratch.path("x/y")) } == .notFound)
    try scratch.write("file", "x")
    #expect(code { _ = try Directory.create(scratch.path("file/y"), intermediates: true) } == .notDirectory)
    #expect(code { _ = try Directory.create(scratch.path("file")) } == .notDirectory)
    let (parent, name) = try Directory.containing(scratch.path("file"))
    #expect(try parent.read(name, limit: 10) == Array("x".utf8))
  }

  @Test func readsPipesOnlyWhenAllowed() throws {
    let scratch = try TemporaryDirectory()
    let fifo = scratch.path("fifo")
    mkfifo(fifo.string, 0o600)
    #expect(code { _ = try ReadableFile.open(fifo) } == .notRegular)
    let shell = try #require(Program(named: "sh"))
    let writer = try shell.start(["-c", "sleep 0.05; echo hello > \(fifo)"])
    #expect(try ReadableFile.open(fifo, allowingPipes: true).readAll(limit: 100) == Array("hello\n".utf8))
    #expect(try writer.wait().exitCode == 0)
  }

  @Test func buffersSmallPiecesInOrder() throws {
    let scratch = try TemporaryDirectory()
    let writer = BufferedWriter(try scratch.directory.create("file"), capacity: 10)
    var expected: [UInt8] = []
    for length in [1, 9, 1, 10, 0, 25, 3, 3, 3, 3] {
      let piece = [UInt8](repeating: UInt8(length), count: length)
      try writer.write(piece)
      expected += piece
      #expect(writer.position == Int64(expected.count))
    }
    try writer.flush()
    #expect(try scratch.read("file") == expected)
    let file = try scratch.directory.open("file")
    var middle = [UInt8](repeating: 0, count: 4)
    let count = try middle.withUnsafeMutableBytes { try file.read(into: $0, at: 9) }
    #expect(count == 4 && middle == Array(expected[9..<13]))
    #expect(try file.readAll(limit: 1000) == expected)
  }

  @Test func readsFilesLargerThanTheirSizeSays() throws {
    // Files of /proc have a size of 0.
    let bytes = try ReadableFile.open("/proc/self/maps").readAll(limit: 1 << 24)
    #expect(bytes.count > 4096)
    #expect(code { _ = try ReadableFile.open("/proc/self/maps").readAll(limit: 100) } == .tooLarge)
  }
}
