import FixtureTestSupport
import SystemPackage
import Testing

@testable import Files

@Suite(.enabled(if: SmallDisk.isAllowed, "mounting a file system is not allowed here"))
struct FullDiskTests {
  @Test func replaceKeepsTheOldContent() throws {
    let disk = try #require(try SmallDisk())
    let directory = try Directory.open(disk.path)
    try directory.replace("file", with: Array("old".utf8))
    let big = [UInt8](repeating: 1, count: 300_000)
    #expect {
      try directory.replace("file", with: big)
    } throws: { error in
      guard let error = error as? FilesError else { return false }
      return error.code == .noSpace && error.hint?.contains("df -h") == true
    }
    #expect(try directory.read("file", limit: 10) == Array("old".utf8))
    #expect(try directory.list().map(\.path) == ["file"])
  }

  @Test func stagingLeavesTheTargetAlone() throws {
    let disk = try #require(try SmallDisk())
    let directory = try Directory.open(disk.path)
    try directory.makeDirectory("target")
    try directory.replace("target/file", with: Array("old".utf8))
    let target = FilePath(bytes: disk.path.bytes + Array("/target".utf8))
    do {
      let staged = try StagedDirectory.create(for: target)
      let file = try staged.directory.create("file")
      #expect(code { try file.write([UInt8](repeating: 1, count: 300_000)) } == .noSpace)
    }
    #expect(try directory.walk().map(\.path) == ["target", "target/file"])
  }

  @Test func aMountPointIsRefused() throws {
    let disk = try #require(try SmallDisk())
    #expect(code { _ = try StagedDirectory.create(for: disk.path) } == .busy)
  }

  @Test func aReadOnlyFileSystemIsNamed() throws {
    let disk = try #require(try SmallDisk(options: "size=128k,ro"))
    let directory = try Directory.open(disk.path)
    #expect(code { _ = try directory.create("file") } == .readOnly)
    #expect(code { try directory.replace("file", with: []) } == .readOnly)
    let target = FilePath(bytes: disk.path.bytes + Array("/target".utf8))
    #expect(code { _ = try StagedDirectory.create(for: target) } == .readOnly)
  }
}
