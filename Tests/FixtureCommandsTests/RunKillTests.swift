import Emulator
import Files
import FixtureTestSupport
import Glibc
import Runs
import SystemPackage
import Testing

/// `run` as a process of its own, stopped and killed at any instant: nothing stays, and nobody else's file is touched.
///
/// KUMO is what `KUMO_BIN` names, or a small stand-in that speaks enough of the API.
@Suite(.needs("bash"), .enabled(if: RunScene.isPossible, "NOT TRIED: neither KUMO nor python3"))
struct RunKillTests {
  /// Descendants that do not listen, in another group, another session, and with an empty environment.
  private func stubborn(_ word: String) -> String {
    """
    trap '' INT TERM HUP
    (trap '' INT TERM; setsid bash -c 'touch up1; exec sleep 3\(word)' & touch up2; sleep 3\(word)) &
    env -i setsid bash -c "trap '' INT TERM; touch up3; sleep 3\(word); true" &
    until [ -e up1 -a -e up2 -a -e up3 ]; do sleep 0.01; done
    rm up1 up2 up3; touch up; while :; do sleep 0.05; done
    """
  }

  @Test func aSecondInterruptEndsEverythingByForce() throws {
    let scene = try RunScene()
    let running = try scene.start(stubborn(scene.word))
    try scene.wait(for: "up")
    #expect(eventually { scene.processes().count >= 4 })
    running.send(SIGINT)
    usleep(200_000)
    // Nobody listened to the first.
    #expect(!running.hasEnded)
    // On a busy machine two may arrive as one.
    #expect(
      eventually {
        running.send(SIGINT)
        usleep(200_000)
        return running.hasEnded
      })
    let result = try running.wait()
    #expect(result.signal == SIGINT, "\(result.errorText)")
    #expect(scene.noProcessStays())
    // What stays is the directory of a run whose owner is dead.
    #expect(scene.console.run("runs", "gc").output.hasPrefix("removed n1: "))
  }

  @Test func daemonsOfACommandThatEndsAreEnded() throws {
    let scene = try RunScene()
    let word = scene.word
    let script = """
      (setsid bash -c 'touch up1; exec sleep 3\(word)' &)
      env -i setsid bash -c 'trap "" TERM; touch up2; sleep 3\(word); true' & nohup sleep 3\(word) &
      until [ -e up1 -a -e up2 ]; do sleep 0.01; done; exit 7
      """
    let result = try scene.start(script, ["--remove-failed"]).wait()
    #expect(result.exitCode == 7, "\(result.errorText)")
    #expect(result.errorText.contains("left behind"))
    #expect(scene.processes().isEmpty)
    #expect(try scene.console.folder.exists(".kumo-data/runs/n1") == false)
  }

  /// The harness, at instants from its first millisecond to the middle of the command.
  @Test func killedAtAnyInstantTheNextCollectionCleansUp() throws {
    let scene = try RunScene()
    let console = scene.console
    #expect(console.run("generate", "tour", "--out", "base").status == 0)
    #expect(console.run("runs", "prepare", "--from", "base", "--run", "other", "--owner", "\(getpid())").status == 0)
    let other = try TreeSnapshot(Directory.open(console.folder.path(".kumo-data/runs/other")))
    // The last one waits for the command: it has descendants then.
    for delay: UInt32? in [0, 5, 20, 60, 120, 200, 350, nil] {
      if try console.folder.exists("up") { try console.folder.directory.remove("up") }
      let running = try scene.start(stubborn(scene.word))
      if let delay { usleep(delay * 1000) } else { try scene.wait(for: "up") }
      running.send(SIGKILL)
      _ = try running.wait()
      var left = ["n1"]
      _ = try eventually {
        _ = console.run("runs", "gc")
        left = try Directory.open(console.folder.path(".kumo-data/runs")).list().map(\.path.description)
          .filter { $0 != "other" }
        return left.isEmpty
      }
      #expect(left.isEmpty, "after \(delay ?? 0) ms: \(left)")
      // Only a daemon with another session and an empty environment may go on; nobody can know whose it is.
      for process in scene.processes() where ProcessTable.variable("PATH", of: process) == nil {
        kill(process, SIGKILL)
      }
      #expect(scene.noProcessStays(), "after \(delay ?? 0) ms")
    }
    #expect(try TreeSnapshot(Directory.open(console.folder.path(".kumo-data/runs/other"))) == other)
  }

  /// KUMO and the command, killed as hard as the kernel can.
  @Test(arguments: ["kumo", "command"]) func killedPartsEndTheRun(part: String) throws {
    let scene = try RunScene()
    let running = try scene.start("echo $$ > pid; touch up; exec sleep 3\(scene.word)", ["--remove-failed"])
    try scene.wait(for: "up")
    let text = try scene.console.folder.text("pid")
    let command = try #require(text.split(separator: "\n").first.flatMap { Int32($0) })
    let victims = part == "command" ? [command] : scene.processes().filter { $0 != command }
    for process in victims where ProcessTable.variable("KUMO_FIXTURES_RUN", of: process) == nil || part == "command" {
      kill(process, SIGKILL)
    }
    let result = try running.wait()
    #expect(result.exitCode == (part == "command" ? 137 : 2), "\(result.errorText)")
    if part == "kumo" { #expect(result.errorText.contains("KUMO ended while the command was running")) }
    #expect(scene.noProcessStays())
    #expect(try Directory.open(scene.console.folder.path(".kumo-data/runs")).list().isEmpty)
  }

  @Test(.needs("curl")) func eightAtOnceDoNotMeet() throws {
    let scene = try RunScene()
    let script = """
      for name in a b c; do curl -sf -X PUT "$AWS_ENDPOINT_URL/bucket-$KUMO_FIXTURES_NAMESPACE-$name" || exit 3; done
      curl -sf "$AWS_ENDPOINT_URL/" | grep -o '<Name>[^<]*' | sort | tr '\\n' ' '; echo "$AWS_ENDPOINT_URL $KUMO_DATA_DIR"
      """
    let running = try (1...8).map { index in
      try scene.tool.start(
        [
          "run", "--kumo", scene.kumo, "--timeout", "120", "--run", "job-\(index)", "--namespace", "job-\(index)", "--",
          "/bin/bash", "-c",
          script,
        ], in: scene.console.folder.path)
    }
    var places: Set<String> = []
    for (index, program) in running.enumerated() {
      let result = try program.wait()
      #expect(result.exitCode == 0, "\(result.errorText)")
      let words = result.text.split(separator: " ").map(String.init)
      #expect(words.prefix(3).elementsEqual(["a", "b", "c"].map { "<Name>bucket-job-\(index + 1)-\($0)" }))
      places.formUnion(words.suffix(2))
    }
    #expect(places.count == 16)
    #expect(scene.processes().isEmpty)
    #expect(try Directory.open(scene.console.folder.path(".kumo-data/runs")).list().isEmpty)
  }
}
