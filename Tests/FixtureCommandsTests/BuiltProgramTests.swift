import Files
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

/// The built program, as a shell runs it.
@Suite struct BuiltProgramTests {
  private static let tool = Program.built("kumo-fixtures")

  @Test func localeTimeZoneAndUmaskChangeNothing() throws {
    let tool = try #require(Self.tool)
    let folder = try TemporaryDirectory()
    let worlds = [
      ["LC_ALL": "C", "TZ": "UTC"], ["LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "LANG": "de_DE.UTF-8"],
      ["LC_ALL": "C.UTF-8", "TZ": "America/St_Johns", "SWIFT_DETERMINISTIC_HASHING": "1"],
    ]
    var digests: Set<String> = []
    for (index, world) in worlds.enumerated() {
      let result = try tool.run(["generate", "shop", "--out", "out\(index)"], environment: world, in: folder.path)
      #expect(result.exitCode == 0, "\(result.errorText)")
      digests.insert(String(result.text.split(separator: "\n").last ?? ""))
    }
    #expect(digests.count == 1)
    let checked = try #require(Program(named: "sha256sum"))
      .run(["-c", "--quiet", "manifest-sha256.txt"], in: folder.path("out0"))
    #expect(checked.exitCode == 0)
  }

  /// A big enough fixture to be interrupted in the middle.
  private static let spec = """
    fixture: big
    version: 1
    clock: 2026-01-02T03:04:05Z
    s3:
      buckets:
        - name: blobs
          objects:
            - count: 300
              key: "o/${index:05}"
              body: {bytes: 20KiB}
    """

  @Test(arguments: [SIGINT, SIGTERM]) func aSignalLeavesNothingBehind(_ signal: Int32) throws {
    let tool = try #require(Self.tool)
    let folder = try TemporaryDirectory()
    try folder.write("big.yaml", Self.spec.replacing("count: 300", with: "count: 3000"))
    let before = try folder.snapshot()
    for _ in 0..<20 {
      let running = try tool.start(["generate", "big.yaml", "--out", "out"], in: folder.path)
      _ = try eventually {
        try folder.list().contains { $0.contains("kumo-fixtures-stage") } || running.hasEnded
      }
      running.send(signal)
      let result = try running.wait()
      guard result.exitCode != 0 else {
        // On a busy machine it may be faster than the signal.
        try folder.directory.removeTree("out")
        continue
      }
      #expect(result.signal == signal || result.exitCode == 128 + signal, "\(result)")
      #expect(try folder.snapshot() == before)
      return
    }
    Issue.record("no signal came in time")
  }

  /// Killed at any instant: the old fixture or the new one stands there, and the next run cleans up.
  @Test func killedAtAnyInstantLeavesOldOrNew() throws {
    let tool = try #require(Self.tool)
    let folder = try TemporaryDirectory()
    try folder.write("big.yaml", Self.spec)
    let old = Self.spec.replacing("o/$", with: "p/$")
    try folder.write("old.yaml", old)
    #expect(try tool.run(["generate", "old.yaml", "--out", "out"], in: folder.path).exitCode == 0)
    for delay in [20, 150, 400, 700] {
      var ends: Set<String> = []
      let running = try tool.start(["generate", "big.yaml", "--out", "out"], in: folder.path)
      usleep(UInt32(delay) * 1000)
      running.send(SIGKILL)
      _ = try running.wait()
      for spec in ["old.yaml", "big.yaml"] {
        let check = try tool.run(["generate", spec, "--out", "out", "--check"], in: folder.path)
        if check.exitCode == 0 { ends.insert(spec) }
      }
      #expect(ends.count == 1, "after \(delay) ms")
      if ends == ["big.yaml"] { break }
    }
    #expect(try tool.run(["generate", "big.yaml", "--out", "out"], in: folder.path).exitCode == 0)
    #expect(try !folder.list().contains { $0.contains("kumo-fixtures-") })
  }

  @Test func aClosedPipeIsNoError() throws {
    let tool = try #require(Self.tool)
    let shell = try #require(Program(named: "sh"))
    let result = try shell.run(["-c", "'\(tool.path)' validate --rules | head -1"])
    #expect(result.text.hasPrefix("# The rules"))
    #expect(result.errors.isEmpty)
  }
}
