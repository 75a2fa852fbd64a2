import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

@testable import Files

@Suite struct HostileTreeTests {
  @Test func noLinkIsFollowedAnywhere() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("outside/secret", "s")
    try scratch.makeDirectory("inside")
    try scratch.link("inside/up", to: "../outside")
    try scratch.link("inside/file", to: "../outside/secret")
    try scratch.link("inside/loop", to: "loop")
    let inside = try scratch.directory.subdirectory("inside")
    #expect(try inside.walk().map(\.kind) == [.symlink, .symlink, .symlink])
    for path: RelativePath in ["up/secret", "up", "file", "loop", "loop/x"] {
      #expect(code { _ = try inside.open(path) } == .symbolicLink, "\(path)")
    }
    #expect(code { _ = try inside.create("up/new") } == .symbolicLink)
    #expect(code { _ = try inside.subdirectory("up") } == .symbolicLink)
    #expect(code { try inside.makeDirectory("up/new") } == .symbolicLink)
    #expect(code { try inside.remove("up/secret") } == .symbolicLink)
    #expect(code { try inside.replace("up/secret", with: []) } == .symbolicLink)
    #expect(code { _ = try inside.status("up/secret") } == .symbolicLink)
    try scratch.directory.removeTree("inside")
    #expect(try scratch.snapshot().paths == ["outside", "outside/secret"])
  }

  @Test func theSlowWayToOpenGivesTheSameAnswers() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("a/b/file", "x")
    try scratch.link("a/link", to: "b")
    let root = scratch.directory.descriptor
    for (path, slow): (RelativePath, Errno?) in [
      ("a/b/file", nil), ("a/link/file", .notDirectory), ("a/b/absent", .noSuchFileOrDirectory),
      ("a/b/file/x", .notDirectory),
    ] {
      var seen: Errno?
      do { _ = try scratch.directory.openNames(root, path.bytes[...], O_RDONLY, 0) } catch { seen = error }
      #expect(seen == slow, "\(path)")
      let fast = code { _ = try scratch.directory.openBelow(path, O_RDONLY, operation: "open") }
      #expect((fast == nil) == (slow == nil), "\(path)")
    }
  }

  @Test func devicesFIFOsAndSocketsCannotHang() throws {
    let scratch = try TemporaryDirectory()
    mkfifo(scratch.path("fifo").string, 0o600)
    #expect(code { _ = try scratch.directory.open("fifo") } == .notRegular)
    #expect(try scratch.directory.list().map(\.kind) == [.fifo])
    let devices = try Directory.open("/dev")
    #expect(code { _ = try devices.open("null") } == .notRegular)
    #expect(code { _ = try devices.read("zero", limit: 10) } == .notRegular)
    #expect(code { _ = try scratch.directory.subdirectory("fifo") } == .notDirectory)
  }

  @Test func namesAreBytes() throws {
    let scratch = try TemporaryDirectory()
    // Two spellings of ü which Swift's String takes for equal, bytes that are no UTF-8, a line feed.
    let names: [[UInt8]] = [[0xFF, 0xFE], Array("u\u{308}".utf8), Array("\u{fc}".utf8), Array("a\nb".utf8), [0x01]]
    for name in names { try scratch.directory.create(RelativePath(name)).write(name) }
    let entries = try scratch.directory.walk()
    #expect(Set(entries.map(\.path.bytes)) == Set(names))
    #expect(entries.map(\.path) == entries.map(\.path).sorted())
    for name in names { #expect(try scratch.directory.read(RelativePath(name), limit: 10) == name) }
    #expect(code { _ = try scratch.directory.open(RelativePath([0x41, 0xFF])) } == .notFound)
    for name in names { try scratch.directory.remove(RelativePath(name)) }
    #expect(try scratch.list() == [])
  }

  @Test func treesMayBeDeepAndNamesLong() throws {
    let scratch = try TemporaryDirectory()
    let long = RelativePath(trusted: [UInt8](repeating: 0x6E, count: 255))
    try scratch.directory.makeDirectory(long)
    try scratch.directory.create(long.appending(long)).write([1])
    // 1,000 levels and 5,000 bytes: longer than any path that the system takes in one call.
    var path = try RelativePath(Array("d".utf8))
    try scratch.directory.makeDirectory(path)
    for level in 1..<1000 {
      path = path.appending(RelativePath(trusted: Array("\(1000 + level)".utf8)))
      try scratch.directory.makeDirectory(path)
    }
    try scratch.directory.create(path.appending("leaf")).write([2])
    #expect(path.bytes.count > 4096 && path.depth == 1000)
    let entries = try scratch.directory.walk()
    #expect(entries.count == 1003)
    #expect(try scratch.directory.read(path.appending("leaf"), limit: 1) == [2])
    #expect(code { _ = try scratch.directory.walk(WalkOptions(maximumDepth: 500)) } == .tooDeep)
    try scratch.directory.removeTree("d")
    #expect(try scratch.directory.walk().count == 2)
  }

  @Test func unreadablePartsAreNamedAndTheRestIsSeen() throws {
    let scratch = try TemporaryDirectory()
    for name in ["closed/x", "open/y", "sealed"] { try scratch.write(name, "x", mode: 0o666) }
    for name in ["closed", "sealed"] { try scratch.setMode(name, 0) }
    try scratch.setMode("open", 0o755)
    let done: Void? = withoutPrivileges {
      var problems: [FilesError] = []
      let entries = scratch.directory.walk(collecting: &problems)
      #expect(entries.map(\.path.description) == ["closed", "open", "open/y", "sealed"])
      #expect(problems.map(\.code) == [.permission])
      #expect(problems.first?.path.hasSuffix("/closed") == true)
      #expect(code { _ = try scratch.directory.walk() } == .permission)
      #expect(code { _ = try scratch.directory.open("sealed") } == .permission)
      #expect(problems.first?.message.contains("mode 0000") == true)
    }
    // A directory that even its owner may not enter is removed all the same.
    try scratch.directory.removeTree("closed")
    #expect(done != nil || geteuid() == 0)
  }

  @Test func messagesSayWhatIsInTheWay() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("a/file", "x")
    try scratch.link("a/link", to: "file")
    func message(_ path: RelativePath) -> String {
      do {
        _ = try scratch.directory.open(path)
        return ""
      } catch { return error.message }
    }
    let root = scratch.path.string
    #expect(
      message("a/file/x")
        == "cannot open '\(root)/a/file/x': a directory is expected at '\(root)/a/file', found a regular file")
    #expect(message("a/link").contains("'\(root)/a/link' is a symbolic link"))
    #expect(message("a/none") == "cannot open '\(root)/a/none': no such file or directory")
    #expect(message("a").contains("a file is expected here, found a directory"))
  }
}
