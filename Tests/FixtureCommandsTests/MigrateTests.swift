import Files
import FixtureSpecs
import FixtureTestSupport
import FixtureTree
import Migrations
import Specs
import SystemPackage
import Testing

/// `migrate` as a user types it, with steps in Swift.
@Suite struct MigrateTests {
  private static let steps: [any MigrationStep] = [
    MigrateTests.step("1-name", 1, 2, #""S":"ann""#, #""S":"Ann""#),
    MigrateTests.step("2-body", 2, 3, #""ReceiveCount":0"#, #""ReceiveCount":1"#, scope: .queues("q")),
  ]

  /// Replaces a text in one of the files.
  static func step(
    _ id: String, _ from: Int, _ to: Int, _ old: String, _ new: String, scope: StepScope = .tables("people")
  ) -> any MigrationStep {
    @Sendable func edit(_ view: DirectoryView, _ old: String, _ new: String) throws {
      let path: RelativePath = scope.part(of: "sqs") == nil ? "dynamodb.json" : "sqs.json"
      let text = String(decoding: try view.directory.read(path, limit: 1 << 20), as: UTF8.self)
      try view.directory.replace(path, with: Array(text.replacing(old, with: new).utf8))
    }
    return SwiftStep(id, from: from, to: to, title: "change \(id)", fixture: "app", scope: scope) { view in
      try edit(view, old, new)
    } revert: { view in
      try edit(view, new, old)
    }
  }

  private static let spec = """
    fixture: app
    version: 1
    clock: 2026-01-02T03:04:05Z
    dynamodb:
      tables:
        - name: people
          key: {hash: "id:S"}
          items:
            - {id: "1", "name": "ann"}
    sqs:
      queues:
        - name: q
          messages:
            - body: "plain"
    """

  private func console(_ steps: [any MigrationStep] = Self.steps) throws -> Console {
    var console = try Console(inMemory: true)
    console.steps = steps
    #expect(console.run("generate", "-", "--out", "data", input: Self.spec).status == 0)
    return console
  }

  @Test func statusPlanApplyAndRollBack() throws {
    let console = try console()
    let before = try console.folder.snapshot()
    let status = console.run("migrate", "status", "data")
    #expect(status.status == 1, "\(status.errors)")
    #expect(status.output.contains("data: app version 1, the steps lead to version 3"))
    #expect(status.output.contains("pending      1-name"))
    #expect(status.output.contains("next: kumo-fixtures migrate apply data"))
    let plan = console.run("migrate", "plan", "data", "--to", "2")
    #expect(plan.status == 1 && plan.output.contains("would run    1-name") && !plan.output.contains("2-body"))
    let rehearsed = console.run("migrate", "rehearse", "data")
    #expect(rehearsed.status == 0, "\(rehearsed.errors)")
    #expect(rehearsed.output.contains("would have applied 1-name") && rehearsed.output.contains("nothing was changed"))
    #expect(try console.folder.snapshot() == before)

    let applied = console.run("migrate", "apply", "data")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(applied.output.contains("migrated data from version 1 to 3"))
    #expect(applied.errors.contains("1/2 1-name: change 1-name"))
    #expect(console.run("validate", "data").status == 0)
    #expect(console.run("verify", "data").status == 0)
    #expect(console.run("migrate", "status", "data").status == 0)
    #expect(console.run("migrate", "apply", "data").output.contains("nothing to do"))
    #expect(console.run("migrate", "snapshots", "list", "data").output.split(separator: "\n").count == 2)

    for (way, version) in [(["--down"], 2), ([], 1)] {
      let back = console.run(["migrate", "rollback", "data"] + way)
      #expect(back.status == 0, "\(back.errors)")
      #expect(back.output.contains("to \(version)\n"))
    }
    #expect(
      try Directory.open(console.folder.path("data")).walk().count == before.entries.keys.filter { $0.depth == 2 }.count
    )
    #expect(console.run("generate", "-", "--out", "data", "--check", input: Self.spec).status == 0)
    #expect(console.run("migrate", "snapshots", "prune", "data", "--keep", "0").status == 0)
    #expect(try console.folder.snapshot() == before)
  }

  @Test func jsonForPrograms() throws {
    let console = try console()
    let status = console.run("migrate", "status", "data", "--format", "json")
    for text in [#""state": "pending""#, #""id": "1-name""#, #""latestVersion": 3"#, #""work": "run""#] {
      #expect(status.output.contains(text), "\(status.output)")
    }
    #expect(console.run("migrate", "rehearse", "data", "--format", "json").output.contains(#""difference""#))
    let applied = console.run("migrate", "apply", "data", "--format", "json")
    #expect(applied.output.contains(#""version": 3"#))
    #expect(console.run("migrate", "snapshots", "list", "data", "--format", "json").output.contains(#""version": 2"#))
    #expect(console.run("migrate", "rollback", "data", "--format", "json").output.contains(#""what": "reverted""#))
  }

  @Test func aDirectoryWithoutALedgerNamesTheCommand() throws {
    var console = try Console(inMemory: true)
    console.steps = Self.steps
    try console.folder.write("data/sqs.json", #"{"queues":{}}"#)
    for command in ["status", "plan", "apply", "rehearse"] {
      let refused = console.run("migrate", command, "data")
      #expect(refused.status == 3)
      #expect(refused.errors.contains("kumo-fixtures adopt data --baseline"), "\(refused.errors)")
    }
    let unknown = console.run("adopt", "data", "--name", "app", "--baseline", "9-none")
    #expect(unknown.status == 2 && unknown.errors.contains("the steps for 'app' are 1-name, 2-body"))
    #expect(console.run("adopt", "data", "--name", "app", "--baseline", "1-name").status == 0)
    let status = console.run("migrate", "status", "data")
    #expect(status.output.contains("app version 2") && status.output.contains("baseline     1-name"))
    #expect(console.run("migrate", "rollback", "data").errors.contains("no step was applied"))
    #expect(console.run("migrate", "apply", "data").status == 0)
    #expect(console.run("adopt", "data", "--force", "--baseline", "1-name").status == 3)
  }

  @Test func refusalsHaveTheirExitCode() throws {
    var console = try console()
    #expect(console.run("migrate", "apply", "data", "--to", "9").status == 64)
    #expect(console.run("migrate", "apply", "absent").status == 2)
    #expect(console.run("migrate", "apply", "data").status == 0)
    console.steps = [Self.step("1-name", 1, 2, "a", "b"), Self.step("2-body", 2, 3, "x", "y", scope: .queues("other"))]
    // The same ids and revisions: nothing has changed as far as anybody can know.
    #expect(console.run("migrate", "status", "data").status == 0)
    console.steps = [Self.steps[0]]
    let newer = console.run("migrate", "apply", "data")
    #expect(newer.status == 3 && newer.errors.contains("newer than this list of steps"))
    for command in ["validate", "inspect", "verify"] { #expect(console.run(command, "data").status == 0) }
    console.steps = [Self.steps[0], Self.step("2-other", 2, 3, "a", "b")]
    let missing = console.run("migrate", "status", "data")
    #expect(missing.status == 3 && missing.output.contains("missing      2-body"))
    console.steps = [Self.steps[0], Self.steps[0]]
    let twice = console.run("migrate", "status", "data")
    #expect(twice.status == 2 && twice.errors.contains("two steps have the id '1-name'"))
  }

  @Test func aStepThatWritesInvalidDataIsRefused() throws {
    let console = try console([Self.step("1-bad", 1, 2, #""items":{"#, #""items":["#)])
    let before = try console.folder.snapshot()
    let refused = console.run("migrate", "apply", "data")
    #expect(refused.status != 0)
    #expect(try console.folder.snapshot() == before)
    let wrongKey = try self.console([Self.step("1-key", 1, 2, #""S:1""#, #""S:2""#)])
    let other = wrongKey.run("migrate", "apply", "data")
    #expect(other.status == 3, "\(other.errors)")
    #expect(other.errors.contains("KUMO would not load the directory completely"), "\(other.errors)")
  }

  @Test func ensureDecides() throws {
    let console = try console()
    try console.folder.write("spec.yaml", Self.spec)
    let current = console.run("migrate", "ensure", "data", "--spec", "spec.yaml")
    #expect(current.status == 0 && current.output.hasPrefix("current: data is app version 1"), "\(current.errors)")
    try console.folder.write("spec.yaml", Self.spec.replacing("version: 1", with: "version: 3"))
    let migrated = console.run("migrate", "ensure", "data", "--spec", "spec.yaml")
    #expect(migrated.output.contains("steps lead from version 1 to 3: 1-name, 2-body"), "\(migrated.errors)")
    #expect(
      console.run("migrate", "ensure", "data", "--spec", "spec.yaml").output.contains("it was migrated to version 3"))
    try console.folder.write("spec.yaml", Self.spec.replacing("version: 1", with: "version: 7"))
    let rebuilt = console.run("migrate", "ensure", "data", "--spec", "spec.yaml", "--format", "json")
    #expect(rebuilt.output.contains(#""action": "rebuild""#) && rebuilt.output.contains("no step leads to version 7"))
    try console.folder.write("spec.yaml", Self.spec.replacing("version: 1", with: "version: 7") + "  \n# more\n")
    #expect(console.run("migrate", "ensure", "data", "--spec", "spec.yaml").output.hasPrefix("current"))
    try console.folder.write(
      "spec.yaml", Self.spec.replacing("ann", with: "eve").replacing("version: 1", with: "version: 7"))
    #expect(
      console.run("migrate", "ensure", "data", "--spec", "spec.yaml").output.contains(
        "the spec changed without a new version"))
    try console.folder.write("data/sns.json", "{}")
    let changed = console.run("migrate", "ensure", "data", "--spec", "spec.yaml")
    #expect(changed.status == 3 && changed.errors.contains("--force"))
    #expect(console.run("migrate", "ensure", "data", "--spec", "spec.yaml", "--force").output.hasPrefix("built anew"))
    #expect(console.run("migrate", "ensure", "fresh", "--spec", "spec.yaml").output.contains("there is no fixture yet"))
  }

  /// A bind mount of the same file system has the device number of its parent, so only the kernel tells.
  @Test func aMountPointIsRefusedBeforeAnyWork() throws {
    let tool = try #require(Program.built("kumo-fixtures"))
    let shell = try #require(Program(named: "sh"))
    let console = try Console(inMemory: true)
    let steps = Captures.packageRoot.pushing("fixture-specs/migrations/upgrade").string
    #expect(console.run("generate", "upgrade", "--out", "mounted").status == 0)
    let script = """
      unshare --user --map-root-user --mount sh -c 'mount --bind mounted mounted && echo mounted >&2 &&
        exec "$0" migrate apply mounted --steps "$1"' "\(tool.path.string)" "\(steps)"
      """
    let result = try shell.run(["-c", script], in: console.folder.path)
    guard result.errorText.hasPrefix("mounted\n") else {
      print("not tested: this machine lets nobody mount a directory")
      return
    }
    #expect(result.exitCode == 2, "\(result.errorText)")
    #expect(result.errorText.contains("'mounted' is a mount point"), "\(result.errorText)")
    #expect(!result.errorText.contains("1/3"), "\(result.errorText)")
    #expect(try console.folder.list() == ["mounted"])
  }

  @Test func hintsNameTheSteps() throws {
    var console = try Console(inMemory: true)
    let steps = Captures.packageRoot.pushing("fixture-specs/migrations/upgrade").string
    console.steps = builtInSteps
    #expect(console.run("generate", "upgrade", "--out", "data").status == 0)
    #expect(console.run("migrate", "apply", "data", "--steps", steps).status == 0)
    for (command, hint) in [
      (["apply", "data", "--to", "2"], "migrate rollback data --to 2 --steps \(steps)"),
      (["rollback", "data", "--to", "4"], "migrate status data --steps \(steps)"),
      (["rollback", "data", "--down"], "migrate rollback data --steps \(steps)"),
    ] {
      let result = console.run(["migrate"] + command + ["--steps", steps])
      #expect(result.status != 0 && result.errors.contains(hint + "'"), "\(result.errors)")
    }
  }

  @Test func chaosIsReported() throws {
    let console = try console([Self.steps[0]])
    let before = try console.folder.snapshot()
    let report = console.run("migrate", "rehearse", "data", "--chaos", "--chaos-trials", "6")
    #expect(report.status == 0, "\(report.output)\(report.errors)")
    #expect(report.output.contains("step 1-name: operations") && report.output.contains("all of them could be resumed"))
    #expect(report.output.contains("no process was killed"))
    let json = console.run("migrate", "rehearse", "data", "--chaos", "--chaos-trials", "2", "--format", "json")
    #expect(json.output.contains(#""phase": "step 1-name""#) && json.output.contains(#""failures": 0"#))
    #expect(report.output.contains("\n6 of ") && report.output.contains("--chaos-trials all"))
    for wrong in [["--chaos-trials", "0"], ["--chaos-trials", "most"], ["--chaos", "--stat"]] {
      #expect(console.run(["migrate", "rehearse", "data"] + wrong).status == 64)
    }
    #expect(try console.folder.snapshot() == before)
  }

  @Test func aRehearsalCanOnlyCount() throws {
    let console = try console()
    let counted = console.run("migrate", "rehearse", "data", "--stat")
    #expect(counted.status == 0, "\(counted.errors)")
    #expect(counted.output.contains("people  item  ~1"), "\(counted.output)")
    #expect(!counted.output.contains("~ item"))
    #expect(console.run("migrate", "rehearse", "data").output.contains("~ item"))
  }

  @Test(arguments: ["draining", "deletable"]) func nothingIsRemovedBesideARunThatIsTornDown(_ state: String) throws {
    let console = try console()
    #expect(console.run("migrate", "apply", "data").status == 0)
    try console.folder.makeDirectory(".data.kumo-fixtures-stage.0123456789abcdef")
    try console.folder.write("data/\(state)", "")
    let before = try console.folder.snapshot()
    for command in [
      ["discard", "data"], ["snapshots", "prune", "data", "--keep", "0"], ["apply", "data"], ["resume", "data"],
    ] {
      let refused = console.run(["migrate"] + command)
      #expect(refused.status == 3 && refused.errors.contains(state), "\(command): \(refused.errors)")
    }
    #expect(try console.folder.snapshot() == before)
  }

  @Test func discardAndResumeSayWhatTheyFound() throws {
    let console = try console()
    #expect(console.run("migrate", "discard", "data").output.contains("no killed run"))
    try console.folder.makeDirectory(".data.kumo-fixtures-stage.0123456789abcdef")
    let status = console.run("migrate", "status", "data")
    #expect(
      status.output.contains("left by a killed run")
        && status.output.contains("next: kumo-fixtures migrate resume data"))
    #expect(console.run("migrate", "discard", "data").output.contains("removed"))
    try console.folder.makeDirectory(".data.kumo-fixtures-stage.0123456789abcdef")
    let resumed = console.run("migrate", "resume", "data")
    #expect(resumed.status == 0 && resumed.errors.contains("removed what a killed run had not finished"))
    #expect(resumed.output.contains("migrated data from version 1 to 3"))
  }
}
