import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

/// `run` on a terminal: a real one, made by Python, with keys pressed on it.
@Suite(.needs("bash", "python3")) struct RunTerminalTests {
  /// The command ignores Ctrl-C, as its group gets it from the terminal; the second one is for the harness.
  @Test func aSecondControlCEndsACommandThatIgnoresIt() throws {
    let scene = try RunScene()
    let script = Captures.packageRoot.pushing("Tests/Interop/press_keys.py").string
    let command = "trap '' INT; test -t 0 -a -t 1 && echo on a terminal; echo ready; exec sleep 3\(scene.word)"
    let python = try #require(Program(named: "python3"))
    let result = try python.run(
      [
        script, scene.tool.path.string, "run", "--kumo", scene.kumo, "--timeout", "120", "--run", "n1", "--",
        "/bin/bash", "-c", command,
      ], in: scene.console.folder.path)
    #expect(result.exitCode == 0, "\(result.text)\(result.errorText)")
    #expect(result.text.contains("on a terminal"), "\(result.text)")
    #expect(result.text.contains("ended by signal \(SIGINT)"), "\(result.text)")
    #expect(scene.noProcessStays())
    #expect(scene.console.run("runs", "gc").output.hasPrefix("removed n1: "))
  }
}
