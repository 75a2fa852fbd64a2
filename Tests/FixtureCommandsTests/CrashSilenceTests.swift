import Files
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

/// A crash says nothing about the memory of the process, which has secrets in it, and leaves no core file.
@Suite struct CrashSilenceTests {
  @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGQUIT]) func aCrashIsSilent(_ signal: Int32) throws {
    let tool = try #require(Program.built("kumo-fixtures"))
    let folder = try TemporaryDirectory()
    try folder.write("data/notes.txt", "nothing\n")
    // Nobody writes the key: the command waits, after it began to build the result.
    let made = try #require(Program(named: "mkfifo")).run(["key"], in: folder.path)
    #expect(made.exitCode == 0)
    let running = try tool.start(
      ["redact", "data", "--out", "clean", "--key-file", "key"],
      environment: ["SWIFT_BACKTRACE": "enable=yes,color=no"], in: folder.path)
    while try !folder.list().contains(where: { $0.contains("kumo-fixtures-stage") }) { usleep(2000) }
    running.send(signal)
    let result = try running.wait()
    #expect(result.signal == signal)
    #expect(result.output.isEmpty && result.errors.isEmpty, "\(result.text)\(result.errorText)")
    #expect(try !folder.list().contains { $0.hasPrefix("core") })
    // What it left is empty, and gone with the next command for the same target.
    #expect(try tool.run(["redact", "data", "--out", "clean"], in: folder.path).exitCode == 0)
    #expect(try folder.list() == ["clean", "data", "key"])
  }
}
