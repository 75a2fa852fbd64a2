import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

@testable import Files

@Suite struct TreeCopyTests {
  private func fill(_ scratch: TemporaryDirectory) throws {
    try scratch.write("source/a/b/deep", "deep", mode: 0o640)
    try scratch.write("source/a-b", [UInt8](repeating: 7, count: 700_000), mode: 0o400)
    try scratch.write("source/empty", "")
    try scratch.setMode("source/a/b", 0o550)
    try scratch.makeDirectory("copy")
  }

  @Test func copiesContentAndModes() throws {
    let scratch = try TemporaryDirectory()
    try fill(scratch)
    let source = try scratch.directory.subdirectory("source")
    let copy = try scratch.directory.subdirectory("copy")
    let report = try source.copyTree(to: copy)
    #expect(report.files == 3 && report.directories == 2 && report.bytes == 700_004)
    #expect(try TreeSnapshot(source) == TreeSnapshot(copy))
    #expect(code { try source.copyTree(to: copy) } == .exists)
  }

  @Test(.enabled(if: (try? TemporaryDirectory(in: "/dev/shm")) != nil, "/dev/shm cannot be written"))
  func copiesToAnotherFileSystem() throws {
    let scratch = try TemporaryDirectory()
    try fill(scratch)
    let other = try TemporaryDirectory(in: "/dev/shm")
    let source = try scratch.directory.subdirectory("source")
    #expect(try source.copyTree(to: other.directory).shared == 0)
    #expect(try TreeSnapshot(source) == TreeSnapshot(other.directory))
  }

  @Test func leavesOutWhatIsNotWanted() throws {
    let scratch = try TemporaryDirectory()
    for name in ["a/x", "a-b/y", "a/z/x", "c"] { try scratch.write("source/\(name)", name) }
    try scratch.makeDirectory("copy")
    let copy = try scratch.directory.subdirectory("copy")
    try scratch.directory.subdirectory("source").copyTree(to: copy) { path, _ in path != "a" && path != "a-b" }
    #expect(try copy.walk().map(\.path) == ["c"])
  }

  @Test func refusesOtherKindsBeforeCopyingAnything() throws {
    let scratch = try TemporaryDirectory()
    try fill(scratch)
    let source = try scratch.directory.subdirectory("source")
    let copy = try scratch.directory.subdirectory("copy")
    try scratch.link("source/zlink", to: "a-b")
    #expect(code { try source.copyTree(to: copy) } == .symbolicLink)
    try scratch.directory.remove("source/zlink")
    mkfifo(scratch.path("source/zfifo").string, 0o600)
    #expect(code { try source.copyTree(to: copy) } == .notRegular)
    #expect(try copy.walk().isEmpty)
  }
}
