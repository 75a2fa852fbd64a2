import Files
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

/// Places that cannot take an artifact or a directory: what was there stays, and the message and exit code say why.
@Suite(.enabled(if: SmallDisk.isAllowed, "mounting a file system is not allowed here"))
struct UnwritablePlaceTests {
  /// 600 kB that do not compress, in more than one file.
  private static func console() throws -> Console {
    let console = try Console()
    for index in 0..<3 {
      var state = UInt64(index) + 1
      let noise = (0..<25_000).flatMap { _ -> [UInt8] in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return withUnsafeBytes(of: state) { Array($0) }
      }
      try console.folder.write("data/noise-\(index).bin", noise)
    }
    #expect(console.run("adopt", "data").status == 0)
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").status == 0)
    return console
  }

  @Test(arguments: [
    ["--out", "a.tar.zst"], ["--out", "a.tar.gz"], ["--out", "a.tar", "--checksum"], ["--oci", "layout"],
  ])
  func packOntoAFullDisk(_ flags: [String]) throws {
    let disk = try #require(try SmallDisk())
    let console = try Self.console()
    let place = try Directory.open(disk.path)
    try place.replace("a.tar", with: Array("old".utf8))
    try place.replace("a.tar.sha256", with: Array("of the old".utf8))
    let before = try TreeSnapshot(place)
    let outcome = console.run(
      ["pack", "data", "--allow-secrets", flags[0], "\(disk.path)/\(flags[1])"] + flags.dropFirst(2))
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("no space left") && outcome.errors.contains("df -h"), "\(outcome.errors)")
    #expect(try TreeSnapshot(place) == before)
  }

  @Test(arguments: [false, true]) func unpackOntoAFullDisk(replaces: Bool) throws {
    let disk = try #require(try SmallDisk())
    let console = try Self.console()
    let place = try Directory.open(disk.path)
    if replaces {
      try place.makeDirectory("back")
      try place.replace("back/old.txt", with: Array("old".utf8))
    }
    let before = try TreeSnapshot(place)
    let flags = replaces ? ["--replace"] : []
    let outcome = console.run(["unpack", "a.tar.zst", "\(disk.path)/back"] + flags)
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("no space left"), "\(outcome.errors)")
    #expect(try TreeSnapshot(place) == before)
  }

  @Test func validateWithAFullPlaceForTemporaryFiles() throws {
    let disk = try #require(try SmallDisk())
    var console = try Self.console()
    console.variables = ["TMPDIR": disk.path.string]
    let outcome = console.run("validate", "a.tar.zst")
    #expect(outcome.status == 2 && outcome.errors.contains("no space left"), "\(outcome)")
    #expect(try TreeSnapshot(Directory.open(disk.path)).entries.isEmpty)
    // Nothing is written for these.
    #expect(console.run("inspect", "a.tar.zst").status == 0)
    #expect(console.run("verify", "a.tar.zst").status == 0)
  }

  @Test func aReadOnlyFileSystem() throws {
    let disk = try #require(try SmallDisk(options: "size=128k,ro"))
    let console = try Self.console()
    let commands = [
      ["pack", "data", "--allow-secrets", "--out", "\(disk.path)/a.tar"],
      ["pack", "data", "--oci", "\(disk.path)/layout"],
      ["unpack", "a.tar.zst", "\(disk.path)/back"],
    ]
    for command in commands {
      let outcome = console.run(command)
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("mounted read-only"), "\(command): \(outcome.errors)")
    }
  }
}

/// Directories and artifacts that somebody else works on.
@Suite struct PlaceInUseTests {
  private let console: Console

  init() throws {
    console = try Console()
    try console.makeData()
    try #require(console.run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").status == 0)
    try console.folder.write("back/old.txt", "old")
  }

  @Test func aLockedDirectoryIsNotReplaced() throws {
    let lock = try DirectoryLock.acquire(console.folder.path("back"), .shared)
    let before = try console.folder.snapshot()
    let outcome = console.run("unpack", "a.tar.zst", "back", "--replace")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("locked by process \(getpid())"), "\(outcome.errors)")
    #expect(try console.folder.snapshot() == before)
    withExtendedLifetime(lock) {}
  }

  /// A program of that name, as `DirectoryUsers` finds servers.
  @Test func aDirectoryOfARunningKumoIsNotReplaced() throws {
    let sleep = try #require(Program(named: "sleep"))
    try console.folder.copyProgram("bin/kumo", from: sleep.path)
    let server = try Program(console.folder.path("bin/kumo")).start(
      ["3600"], environment: ["KUMO_DATA_DIR": console.folder.path("back").string])
    defer { server.send(SIGKILL) }
    let before = try console.folder.snapshot()
    // The server has its name only once it has been started in the place of our copy.
    var outcome = console.run("unpack", "a.tar.zst", "data", "--replace")
    _ = eventually {
      outcome = console.run("unpack", "a.tar.zst", "back", "--replace", "--max-bytes", "1")
      return outcome.status != 3
    }
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("KUMO (process \(server.process))"), "\(outcome.errors)")
    #expect(outcome.errors.contains("kill \(server.process)"))
    #expect(try console.folder.snapshot().paths == before.paths)
    server.send(SIGKILL)
    _ = try server.wait()
    #expect(console.run("unpack", "a.tar.zst", "back", "--replace").status == 0)
  }

  @Test func aChecksumNeverBelongsToAnotherFile() throws {
    try console.folder.write("b.tar.zst", "old")
    try console.folder.write("b.tar.zst.sha256", "of the old")
    let silent = console.run("pack", "data", "--allow-secrets", "--out", "b.tar.zst")
    #expect(silent.status == 0 && silent.errors.contains("--checksum writes it anew"), "\(silent.errors)")
    #expect(try console.folder.text("b.tar.zst.sha256") == "of the old")
    let renewed = console.run("pack", "data", "--allow-secrets", "--out", "b.tar.zst", "--checksum")
    #expect(renewed.status == 0 && renewed.errors.isEmpty)
    #expect(try console.folder.text("b.tar.zst.sha256").hasSuffix("  b.tar.zst\n"))
    #expect(console.run("pack", "data", "--allow-secrets", "--out", "b.tar.zst").errors.isEmpty)
  }

  /// What stands in the checksum's way is found before the artifact appears.
  @Test func aChecksumThatCannotBeWrittenLeavesTheOldArtifact() throws {
    try console.folder.write("b.tar.zst", "old")
    try console.folder.makeDirectory("b.tar.zst.sha256")
    let outcome = console.run("pack", "data", "--allow-secrets", "--out", "b.tar.zst", "--checksum")
    #expect(outcome.status == 2, "\(outcome.errors)")
    #expect(try console.folder.text("b.tar.zst") == "old")
    #expect(try console.folder.list() == ["a.tar.zst", "b.tar.zst", "b.tar.zst.sha256", "back", "data"])
  }
}
