import Digests
import Files
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

/// The built program, really killed, really started twice.
@Suite struct ArtifactProcessTests {
  private let console: Console
  private let tool: Program

  init() throws {
    console = try Console()
    tool = try #require(Program.built("kumo-fixtures"))
    // Some MB that do not compress, in files large and small: work that takes long enough to be hit.
    try console.folder.write("data/s3-objects/large.bin", Self.noise(4 << 20), mode: 0o644)
    for index in 0..<60 {
      try console.folder.write("data/s3-objects/small-\(index).bin", Self.noise(8 << 10), mode: 0o644)
    }
    try console.folder.setMode("data/s3-objects", 0o755)
    try console.folder.setMode("data", 0o755)
    let adopted = console.run("adopt", "data")
    try #require(adopted.status == 0, "\(adopted.errors)")
  }

  private static func noise(_ count: Int) -> [UInt8] {
    guard let source = fopen("/dev/urandom", "r") else { return [] }
    defer { fclose(source) }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = fread(buffer.baseAddress, 1, count, source)
    }
  }

  private func run(_ arguments: String...) throws -> Program.Result { try tool.run(arguments, in: console.folder.path) }

  /// Starts the program, waits for a part of the time that it takes when nobody disturbs it, and sends a signal.
  private func interrupt(
    _ arguments: [String], with signal: Int32, after share: Double, of whole: Duration
  ) throws -> Program.Result {
    let running = try tool.start(arguments, in: console.folder.path)
    usleep(UInt32(max(0, whole / .microseconds(1) * share)))
    running.send(signal)
    return try running.wait()
  }

  /// How long a command takes when nobody disturbs it.
  private func time(_ arguments: String...) throws -> Duration {
    let start = ContinuousClock.now
    let result = try tool.run(arguments, in: console.folder.path)
    #expect(result.exitCode == 0, "\(result.errorText)")
    return ContinuousClock.now - start
  }

  @Test func aKilledPackLeavesTheOldArtifactOrTheNew() throws {
    try console.folder.write("a.tar.zst", "old")
    let whole = try time("pack", "data", "--allow-secrets", "--out", "b.tar.zst")
    let new = try console.folder.read("b.tar.zst")
    try console.folder.directory.remove("b.tar.zst")
    var killed = 0
    for attempt in 0..<8 {
      let result = try interrupt(
        ["pack", "data", "--allow-secrets", "--out", "a.tar.zst"], with: SIGKILL,
        after: Double(attempt) * 0.15, of: whole)
      if result.signal == SIGKILL { killed += 1 }
      let now = try console.folder.read("a.tar.zst")
      #expect(now == Array("old".utf8) || now == new)
    }
    #expect(killed > 0)
    #expect(try run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").exitCode == 0)
    #expect(try console.folder.read("a.tar.zst") == new)
    #expect(try console.folder.list() == ["a.tar.zst", "data"])
  }

  @Test(arguments: [false, true]) func aKilledUnpackLeavesTheOldDirectoryOrTheNew(replaces: Bool) throws {
    #expect(try run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").exitCode == 0)
    let whole = try time("unpack", "a.tar.zst", "trial")
    try console.folder.directory.removeTree("trial")
    let new = try console.snapshot("data")
    if replaces { try console.folder.write("back/old.txt", "old") }
    let flags = replaces ? ["--replace"] : []
    var killed = 0
    for attempt in 0..<8 {
      let result = try interrupt(
        ["unpack", "a.tar.zst", "back"] + flags, with: SIGKILL, after: Double(attempt) * 0.15, of: whole)
      if result.signal == SIGKILL { killed += 1 }
      if try console.folder.exists("back") {
        let now = try console.snapshot("back")
        #expect(now == new || replaces && now.paths == ["old.txt"], "\(now.paths.count) files")
        // Without --replace the next attempt would be refused before it does anything.
        if !replaces { try console.folder.directory.removeTree("back") }
      } else {
        #expect(!replaces)
      }
    }
    #expect(killed > 0)
    #expect(try run("unpack", "a.tar.zst", "back", "--replace").exitCode == 0)
    #expect(try console.snapshot("back") == new)
    #expect(try console.folder.list() == ["a.tar.zst", "back", "data"])
  }

  /// A checksum that is there belongs to the artifact that is there.
  @Test func aKilledPackLeavesNoWrongChecksum() throws {
    let sha256sum = try #require(Program(named: "sha256sum"))
    let whole = try time("pack", "data", "--allow-secrets", "--out", "a.tar", "--checksum")
    var killed = 0
    for attempt in 0..<10 {
      // Always another artifact than before.
      try console.folder.write("data/s3-objects/small-0.bin", "\(attempt)", mode: 0o644)
      let result = try interrupt(
        ["pack", "data", "--allow-secrets", "--out", "a.tar", "--checksum", "--refresh-manifest"], with: SIGKILL,
        after: attempt == 0 ? 0 : 0.5 + Double(attempt) * 0.06, of: whole)
      if result.signal == SIGKILL { killed += 1 }
      guard try console.folder.exists("a.tar.sha256") else { continue }
      #expect(try sha256sum.run(["-c", "--quiet", "a.tar.sha256"], in: console.folder.path).exitCode == 0)
    }
    #expect(killed > 0)
    #expect(try run("pack", "data", "--allow-secrets", "--out", "a.tar", "--refresh-manifest").exitCode == 0)
    let left = try console.folder.list().filter { $0 != "a.tar.sha256" }
    #expect(left == ["a.tar", "data"])
  }

  @Test(.enabled(if: geteuid() == 0 && Program(named: "setpriv") != nil, "only root may become another user"))
  func anotherUserMakesTheSameArtifact() throws {
    #expect(try run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").exitCode == 0)
    try console.folder.makeDirectory("out")
    try console.folder.setMode("out", 0o777)
    for name in ["fixture.json", "manifest-sha256.txt"] { try console.folder.setMode("data/\(name)", 0o644) }
    // The program may lie in a directory that only root enters.
    try console.folder.copyProgram("tool", from: tool.path)
    let setpriv = try #require(Program(named: "setpriv"))
    let result = try setpriv.run(
      [
        "--reuid=65534", "--regid=65534", "--clear-groups", "../tool", "pack", "../data", "--allow-secrets", "--out",
        "b.tar.zst",
      ],
      in: console.folder.path("out"))
    #expect(result.exitCode == 0, "\(result.errorText)")
    #expect(try console.folder.read("a.tar.zst") == console.folder.read("out/b.tar.zst"))
    // And where that user may not write or read, it is told so.
    let refused = try setpriv.run(
      [
        "--reuid=65534", "--regid=65534", "--clear-groups", "./tool", "pack", "data", "--allow-secrets", "--out",
        "b.tar.zst",
      ],
      in: console.folder.path)
    #expect(refused.exitCode == 2 && refused.errorText.contains("permission denied"), "\(refused.errorText)")
  }

  /// A signal while an artifact is validated: the copy is gone, and the program dies of the signal.
  @Test(arguments: [SIGTERM, SIGKILL]) func aStoppedValidationLeavesNoCopy(signal: Int32) throws {
    #expect(try run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").exitCode == 0)
    try console.folder.makeDirectory("tmp")
    let world = ["TMPDIR": console.folder.path("tmp").string]
    for share in [0.0, 0.3, 0.6] {
      let running = try tool.start(["validate", "a.tar.zst"], environment: world, in: console.folder.path)
      usleep(UInt32(share * 50_000))
      running.send(signal)
      _ = try running.wait()
      if signal == SIGTERM { #expect(try console.snapshot("tmp").entries.isEmpty) }
    }
    // The next one removes what a killed one left.
    _ = try tool.run(["validate", "a.tar.zst"], environment: world, in: console.folder.path)
    #expect(try console.snapshot("tmp").entries.isEmpty)
  }

  @Test(arguments: [SIGTERM, SIGINT]) func aStoppedCommandLeavesNothingBehind(signal: Int32) throws {
    #expect(try run("pack", "data", "--allow-secrets", "--out", "a.tar.zst").exitCode == 0)
    let whole = try time("unpack", "a.tar.zst", "trial")
    try console.folder.directory.removeTree("trial")
    let before = try console.folder.snapshot()
    let commands = [
      ["pack", "data", "--allow-secrets", "--out", "b.tar.gz"], ["pack", "data", "--allow-secrets", "--oci", "layout"],
      ["unpack", "a.tar.zst", "back"],
    ]
    var stopped = 0
    for command in commands {
      for share in [0, 0.3, 0.6, 0.8] {
        let result = try interrupt(command, with: signal, after: share, of: whole)
        if result.exitCode == 0 {
          // It was faster than the signal.
          for name in ["b.tar.gz", "layout", "back"] where try console.folder.exists(name) {
            try console.folder.directory.removeTree(RelativePath(text: name))
          }
        } else {
          #expect(result.signal == signal, "\(result.errorText)")
          stopped += 1
        }
        #expect(try console.folder.snapshot() == before, "\(command) after \(share)")
      }
    }
    #expect(stopped > 0)
  }

  @Test func twoPacksOfOneDirectoryDoNotDisturbEachOther() throws {
    let same = try (0..<3).map { _ in
      try tool.start(["pack", "data", "--allow-secrets", "--out", "same.tar.zst"], in: console.folder.path)
    }
    let other = try tool.start(["pack", "data", "--allow-secrets", "--out", "other.tar.zst"], in: console.folder.path)
    for running in same + [other] { #expect(try running.wait().exitCode == 0) }
    #expect(try console.folder.read("same.tar.zst") == console.folder.read("other.tar.zst"))
    #expect(try console.folder.list() == ["data", "other.tar.zst", "same.tar.zst"])
  }

  @Test(arguments: ["tar.zst", "tar.gz", "tar"]) func theSurroundingsDoNotShow(_ compression: String) throws {
    #expect(try run("pack", "data", "--allow-secrets", "--out", "a.\(compression)").exitCode == 0)
    let shell = Program("/bin/sh")
    let script = """
      umask 077
      one=$(command -v taskset >/dev/null && echo taskset -c 0)
      exec $one "$1" pack data --allow-secrets --out "b.$2"
      """
    let result = try shell.run(
      ["-c", script, "sh", tool.path.string, compression],
      environment: ["LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Kiritimati", "HOME": "/nonexistent"],
      in: console.folder.path)
    #expect(result.exitCode == 0, "\(result.errorText)")
    #expect(try console.folder.read("a.\(compression)") == console.folder.read("b.\(compression)"))
    #expect(try console.folder.mode("b.\(compression)") == 0o644)
  }

  /// tar and sha256sum read what we write, without a tool of ours.
  @Test(arguments: ["tar.gz", "tar"]) func otherToolsReadIt(_ compression: String) throws {
    #expect(try run("pack", "data", "--allow-secrets", "--out", "a.\(compression)").exitCode == 0)
    try console.folder.makeDirectory("plain")
    let tar = try #require(Program(named: "tar"))
    let extracted = try tar.run(
      ["-xf", "../a.\(compression)"], environment: ["LC_ALL": "C"], in: console.folder.path("plain"))
    #expect(extracted.exitCode == 0, "\(extracted.errorText)")
    let sha256sum = try #require(Program(named: "sha256sum"))
    #expect(
      try sha256sum.run(["-c", "--quiet", "manifest-sha256.txt"], in: console.folder.path("plain")).exitCode == 0)
    #expect(try console.contents("plain") == console.contents("data"))
  }

  /// A registry client copies the layout into its own form and back, as a push and a pull do.
  @Test(.enabled(if: Program(named: "skopeo") != nil, "skopeo is not installed"))
  func aRegistryClientKeepsTheDigest() throws {
    let skopeo = try #require(Program(named: "skopeo"))
    let packed = try run("pack", "data", "--allow-secrets", "--oci", "layout", "--tag", "v1")
    #expect(packed.exitCode == 0, "\(packed.errorText)")
    for (source, target) in [("oci:layout:v1", "dir:between"), ("dir:between", "oci:pulled:v1")] {
      let copied = try skopeo.run(
        ["--insecure-policy", "copy", source, target], environment: ["HOME": console.folder.path.string],
        in: console.folder.path)
      #expect(copied.exitCode == 0, "\(copied.errorText)")
    }
    let manifest = try #require(packed.text.digests.last).dropFirst("sha256:".count)
    #expect(try console.folder.exists("pulled/blobs/sha256/\(manifest)"))
    #expect(try run("unpack", "pulled", "back").exitCode == 0)
    #expect(try console.contents("back") == console.contents("data"))
  }
}
