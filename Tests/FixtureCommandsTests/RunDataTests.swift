import Emulator
import Files
import FixtureTestSupport
import SystemPackage
import Testing

/// What data a run begins with, where it ends up, and what is kept of its command, with the built tool.
@Suite(.needs("bash"), .enabled(if: RunScene.isPossible, "NOT TRIED: neither KUMO nor python3"))
struct RunDataTests {
  private static let spec = """
    fixture: small
    version: 1
    clock: 2026-01-02T03:04:05Z
    s3:
      buckets:
        - name: receipts
          objects:
            - {key: a, body: {text: hello}}
    dynamodb:
      tables:
        - name: rows
          key: {hash: "id:S"}
          items:
            - {item: {id: "1", state: old}}
    sqs:
      queues:
        - name: jobs
          messages:
            - {body: {text: go}}

    """

  private func scene() throws -> RunScene {
    let scene = try RunScene()
    try scene.console.folder.write("small.yaml", Self.spec)
    let generated = scene.console.run("generate", "small.yaml", "--out", "small")
    try #require(generated.status == 0, "\(generated.errors)")
    return scene
  }

  @Test func seedPutsInWhatTheEmulatorLacks() throws {
    let scene = try scene()
    let script = "'\(scene.tool.path)' health --data-dir small"
    let result = try scene.start(script, ["--seed", "small.yaml"]).wait()
    #expect(result.exitCode == 0, "\(result.text)\(result.errorText)")
    #expect(result.errorText.contains("seeded 3 buckets, tables and queues and 3 of their contents from small.yaml"))
    // Without it KUMO serves nothing of that.
    #expect(try scene.start(script, ["--remove-failed"]).wait().exitCode == 1)
  }

  @Test func anEmulatorThatIsThereIsComparedAndLeftRunning() throws {
    let scene = try scene()
    let folder = scene.console.folder
    try folder.makeDirectory("theirs")
    var launch = EmulatorProcess.Launch(
      program: FilePath(scene.kumo), dataDirectory: folder.path("theirs"), log: folder.path("theirs.log"),
      environment: [:])
    launch.patience = .seconds(120)
    let server = try EmulatorProcess.start(launch)
    func run(_ more: String...) throws -> Program.Result {
      try scene.tool.run(
        ["run", "--endpoint", server.endpoint.description, "--spec", "small.yaml", "--run", "n1", "--remove-failed"]
          + more
          + ["--", "touch", "ran"], in: folder.path)
    }
    let refused = try run()
    #expect(refused.exitCode == 2)
    #expect(
      refused.errorText.contains("verify: the KUMO at \(server.endpoint) does not serve what the fixture holds"),
      "\(refused.errorText)")
    #expect(refused.errorText.contains("bucket 'receipts': 1 in the directory, none served"), "\(refused.errorText)")
    #expect(try !folder.exists("ran"))
    let seeded = try run("--seed", "small.yaml")
    #expect(seeded.exitCode == 0, "\(seeded.errorText)")
    #expect(try folder.exists("ran"))
    // What else it serves is its owner's business.
    var more = HTTPRequest("PUT", "/theirs")
    more.body = []
    _ = try HTTPResponse.fetch(more, from: server.endpoint, deadline: Deadline(in: .seconds(120)))
    let again = try run()
    #expect(again.exitCode == 0, "\(again.errorText)")
    #expect(server.end() == nil)
    #expect(try Directory.open(folder.path(".kumo-data/runs")).list().isEmpty)
  }

  @Test func dataIsMigratedBeforeKumoStarts() throws {
    let scene = try scene()
    let folder = scene.console.folder
    func step(_ up: String) throws {
      try folder.write("steps/0002.yaml", "id: 0002\nfrom: 1\nto: 2\ntitle: t\nfixture: small\nup:\n  - \(up)\n")
    }
    let before = try TreeSnapshot(Directory.open(folder.path("small")))
    // The stand-in loads nothing, so what it serves cannot be compared.
    let flags = ["--from", "small", "--steps", "steps", "--no-check"]
    let script = "grep -q '\"state\":{\"S\":\"new\"}' $KUMO_DATA_DIR/dynamodb.json && touch ran"
    try step("exec: {command: ['false'], items: rows}")
    let failed = try scene.start(script, flags + ["--remove-failed"]).wait()
    #expect(failed.exitCode == 2 || failed.exitCode == 3, "\(failed.errorText)")
    #expect(failed.errorText.contains("error: migrate: "), "\(failed.errorText)")
    #expect(try !folder.exists("ran"))
    try step("set-attribute: {table: rows, name: state, value: new}")
    let result = try scene.start(script, flags).wait()
    #expect(result.exitCode == 0, "\(result.errorText)")
    #expect(try folder.exists("ran"))
    #expect(try scene.start(script, flags + ["--no-migrate", "--remove-failed"]).wait().exitCode == 1)
    // The fixture itself stays as it is.
    #expect(try TreeSnapshot(Directory.open(folder.path("small"))) == before)
    #expect(try Directory.open(folder.path(".kumo-data/runs")).list().isEmpty)
  }

  @Test func whatTheCommandPrintsPassesThroughAndIsKept() throws {
    let scene = try scene()
    let script = "echo one; echo two >&2; echo three; head -c 3000000 /dev/zero | tr '\\0' x; echo; exit 3"
    let result = try scene.start(script).wait()
    #expect(result.exitCode == 3, "\(result.errorText)")
    #expect(result.text.hasPrefix("one\nthree\nxxx"))
    #expect(result.output.count == 10 + 3_000_001)
    #expect(result.errorText.contains("two\n"))
    let unpacked = scene.console.run("unpack", ".kumo-data/failures/n1.tar.zst", "back")
    #expect(unpacked.status == 0, "\(unpacked.errors)")
    let log = try scene.console.folder.read("back/logs/command.log")
    #expect(log.count == 14 + 3_000_001)
    #expect(try scene.console.folder.exists("back/logs/kumo.log"))
  }

  /// To one place in the order of writing, also to one that is closed early.
  @Test func outputAndErrorsKeepTheirOrder() throws {
    let scene = try scene()
    let command = ["run", "--kumo", scene.kumo, "--timeout", "120", "--run", "n1", "--quiet", "--remove-failed", "--"]
    func run(_ shell: String, _ script: String) throws -> Program.Result {
      try Program("/bin/sh").run(
        ["-c", shell, "sh", scene.tool.path.string] + command + ["/bin/bash", "-c", script],
        in: scene.console.folder.path)
    }
    let result = try run(#"exec "$@" 2>&1"#, "for i in {1..200}; do echo $i; echo $i >&2; done")
    #expect(result.exitCode == 0)
    #expect(result.text == (1...200).map { "\($0)\n\($0)\n" }.joined())
    let cut = try run(#""$@" | head -n 1"#, "while echo line; do :; done; touch noticed")
    #expect(cut.text == "line\n")
    #expect(scene.noProcessStays())
  }
}
