import Files
import FixtureCommands
import FixtureSpecs
import FixtureTestSupport
import Glibc
import Synchronization
import SystemPackage
import Testing

/// `migrate rehearse --chaos` with the built program, which kills processes of its own.
@Suite struct ChaosProcessTests {
  private static let tool = Program.built("kumo-fixtures")
  private static let steps = Captures.packageRoot.pushing("fixture-specs/migrations/upgrade").string

  @Test func killsRealProcesses() throws {
    let tool = try #require(Self.tool)
    let console = try Console(inMemory: true)
    #expect(console.run("generate", "upgrade", "--out", "data").status == 0)
    let before = try console.folder.snapshot()
    let result = try tool.run(
      [
        "migrate", "rehearse", "data", "--steps", Self.steps, "--chaos", "--chaos-trials", "6", "--format", "json",
      ], in: console.folder.path)
    #expect(result.exitCode == 0, "\(result.text.suffix(2000))\(result.errorText)")
    #expect(result.text.contains(#""fault": "kill""#))
    #expect(try console.folder.snapshot() == before)
  }

  /// What a killed process had built is finished by another: their ledgers must not differ by the second that passed
  /// in between.
  @Test func aSecondThatPassesChangesNothing() throws {
    let tool = try #require(Self.tool)
    let console = try Console(inMemory: true)
    #expect(console.run("generate", "upgrade", "--out", "data").status == 0)
    let clock = TickingClock()
    let (output, errors) = (MemoryOutput(), MemoryOutput())
    let status = CommandLineTool.run(
      specs: builtInSpecs, steps: builtInSteps,
      in: CommandEnvironment(
        arguments: ["migrate", "rehearse", "data", "--steps", Self.steps, "--chaos", "--chaos-trials", "12"],
        workingDirectory: console.folder.path, variables: [:], standardOutput: output, standardError: errors,
        standardInput: MemoryInput(), now: { clock.next() }, program: tool.path))
    #expect(status == 0, "\(output.text.suffix(2000))\(errors.text)")
    #expect(output.text.contains("12 of ") && output.text.contains("all of them could be resumed"))
  }

  @Test func nothingOfAKilledRehearsalWorksOn() throws {
    let tool = try #require(Self.tool)
    let console = try Console(inMemory: true)
    // It waits for ever in a process that is to be killed, and only there.
    try console.folder.writeProgram(
      "steps/waits.sh",
      """
      #!/bin/sh
      if [ ! -e calm ] && tr '\\0' ' ' < /proc/$PPID/cmdline | grep -q -e --kill-at; then
        printf %s $PPID > child.new && mv child.new child
        exec sleep 600
      fi
      exec cat

      """)
    try console.folder.write(
      "steps/0002-waits.yaml",
      """
      id: 0002-waits
      from: 2
      to: 3
      title: waits
      fixture: upgrade
      up:
        - exec: {command: [./waits.sh], items: customers}

      """)
    #expect(console.run("generate", "upgrade", "--out", "data").status == 0)
    let before = try TreeSnapshot(Directory.open(console.folder.path("data")))
    let rehearse = ["migrate", "rehearse", "data", "--steps", "steps", "--chaos", "--chaos-trials", "12"]
    let running = try tool.start(rehearse, in: console.folder.path)
    #expect(try eventually { try console.folder.exists("steps/child") })
    let child = try console.folder.text("steps/child")
    running.send(SIGKILL)
    _ = try running.wait()
    // Of a process that has ended nothing can be read, also when nobody has waited for it yet.
    #expect(eventually { (try? ReadableFile.open(FilePath("/proc/\(child)/cmdline")).readAll(limit: 1)) ?? [] == [] })
    #expect(try console.folder.list().contains { $0.contains("kumo-fixtures-stage") })
    try console.folder.write("steps/calm", "")
    let again = try tool.run(rehearse, in: console.folder.path)
    #expect(again.exitCode == 0, "\(again.text.suffix(2000))\(again.errorText)")
    #expect(try console.folder.list().sorted() == ["data", "steps"])
    #expect(try TreeSnapshot(Directory.open(console.folder.path("data"))) == before)
  }
}

/// A clock that goes on by a second whenever somebody looks.
private final class TickingClock: Sendable {
  private let seconds = Atomic<Int64>(1_800_000_000)
  func next() -> Int64 { seconds.wrappingAdd(1, ordering: .relaxed).newValue }
}
