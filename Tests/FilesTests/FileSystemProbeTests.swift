import Files
import FixtureTestSupport
import Testing

struct FileSystemProbeTests {
  @Test func answersEverythingAndLeavesNothing() throws {
    let scratch = try TemporaryDirectory()
    let answers = try FileSystemProbe.run(in: scratch.path)
    #expect(
      answers.map(\.name) == [
        "rename", "exchange", "no-replace", "fsync", "flock", "case", "long-names", "unicode", "clone", "space",
      ])
    // On Linux's own file systems everything that is needed holds; the rest depends on the machine.
    #expect(answers.filter { $0.isNeeded && !$0.isGood }.isEmpty)
    #expect(try scratch.list().isEmpty)
  }

  @Test func saysWhenNothingCanBeWritten() throws {
    let scratch = try TemporaryDirectory()
    try scratch.makeDirectory("closed")
    try scratch.setMode("closed", 0o555)
    let error = withoutPrivileges { () -> FilesError? in
      do throws(FilesError) {
        _ = try FileSystemProbe.run(in: scratch.path("closed"))
        return nil
      } catch {
        return error
      }
    }
    if let error { #expect(error?.code == .permission) }
    #expect(throws: FilesError.self) { try FileSystemProbe.run(in: scratch.path("absent")) }
  }
}
