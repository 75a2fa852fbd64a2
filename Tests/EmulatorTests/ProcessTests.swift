import Emulator
import Files
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

struct ChildProcessTests {
  private func shell(_ script: String, log: FilePath?) throws -> ChildProcess {
    let bash = try #require(Program(named: "bash"))
    var launch = ChildProcess.Launch(bash.path, ["-c", script], environment: ["PATH": "/usr/bin:/bin", "X": "a=b"])
    launch.log = log
    return try ChildProcess(launch)
  }

  @Test func passesOutputEnvironmentAndExitCode() throws {
    let scratch = try TemporaryDirectory()
    let child = try shell("echo $X; echo err >&2; exit 7", log: scratch.path("log"))
    #expect(child.wait(deadline: Deadline(in: .seconds(120))) == .exited(7))
    #expect(child.end() == .exited(7))
    #expect(try scratch.text("log") == "a=b\nerr\n")
    #expect(LogTail.lines(of: scratch.path("log"), count: 1) == ["err"])
  }

  @Test func tellsSignals() throws {
    let scratch = try TemporaryDirectory()
    let child = try shell("kill -TERM $$", log: scratch.path("log"))
    let end = try #require(child.wait(deadline: Deadline(in: .seconds(120))))
    #expect(end == .signalled(SIGTERM))
    #expect(end.code == 143)
  }

  @Test func saysWhyAProgramDoesNotStart() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("plain", "no program")
    for name in ["plain", "absent"] {
      let error = try #require(throws: EmulatorError.self) {
        try ChildProcess(ChildProcess.Launch(scratch.path(name), [], environment: [:]))
      }
      #expect(error.code == .cannotStart)
    }
  }

  @Test func endsWhatTheProgramLeftBehind() throws {
    let scratch = try TemporaryDirectory()
    // The daemon outlives the program, which ends only when the daemon does not listen to requests any more.
    let ready = scratch.path("ready").string
    let child = try shell(
      "(trap '' TERM; touch \(ready); sleep 300 & wait; sleep 300) & until [ -e \(ready) ]; do sleep 0.01; done",
      log: scratch.path("log"))
    #expect(child.wait(deadline: Deadline(in: .seconds(120))) == .exited(0))
    #expect(child.isGroupAlive)
    #expect(child.endGroup(patience: .milliseconds(50)))
    #expect(!child.isGroupAlive)
    #expect(!child.endGroup(patience: .zero))
  }

  @Test func signalsTheWholeGroup() throws {
    let scratch = try TemporaryDirectory()
    let child = try shell("sleep 300 & sleep 300", log: scratch.path("log"))
    #expect(child.wait(deadline: Deadline(in: .milliseconds(20))) == nil)
    child.send(SIGKILL)
    #expect(child.wait(deadline: Deadline(in: .seconds(120))) == .signalled(SIGKILL))
    _ = child.endGroup(patience: .zero)
    #expect(!child.isGroupAlive)
  }

  @Test(.needs("python3")) func knowsWhoListens() throws {
    let server = try CannedServer("x")
    #expect(ListeningPort.isHeld(server.endpoint.port, by: getpid()) == false)
    // Nobody listens on the first port.
    #expect(ListeningPort.isHeld(1, by: getpid()) == nil)
    #expect(try ListeningPort.free() > 1023)
  }
}
