import Files
import FixtureTestSupport
import Testing

@Suite struct GenerateTests {
  static let specs = ["tour", "shop", "upgrade"]

  @Test(arguments: specs, ["inline", "portable", "blobs"])
  func everyShippedSpecValidatesInEveryLayout(_ spec: String, _ layout: String) throws {
    let console = try Console()
    let generated = console.run("generate", spec, "--out", "out", "--layout", layout)
    #expect(generated.status == 0, "\(generated.errors)")
    let validated = console.run("validate", "out", "--spec", spec)
    #expect(validated.status == 0, "\(validated.output)\(validated.errors)")
    #expect(!validated.output.contains("error:"))
  }

  @Test(arguments: specs) func theSameSpecGivesTheSameBytes(_ spec: String) throws {
    let console = try Console()
    let first = console.run("generate", spec, "--out", "a")
    let second = console.run("generate", spec, "--out", "b")
    #expect(first.status == 0)
    #expect(first.output.split(separator: "\n").last == second.output.split(separator: "\n").last)
    let a = try TreeSnapshot(Directory.open(console.folder.path("a")))
    let b = try TreeSnapshot(Directory.open(console.folder.path("b")))
    #expect(a == b)
  }

  @Test func generatingAgainChangesNothing() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out").status == 0)
    let before = try Directory.open(console.folder.path("out")).status("s3.json")
    let again = console.run("generate", "tour", "--out", "out")
    #expect(again.status == 0)
    #expect(again.output.hasPrefix("unchanged"))
    #expect(try Directory.open(console.folder.path("out")).status("s3.json") == before)
  }

  @Test func checkNoticesDriftAndChangesNothing() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out").status == 0)
    #expect(console.run("generate", "tour", "--out", "out", "--check").status == 0)
    try console.folder.write("out/extra.txt", "x")
    try console.folder.directory.replace("out/sqs.json", with: Array("{}".utf8))
    try console.folder.directory.remove("out/dynamodb.json")
    let before = try console.folder.snapshot()
    let checked = console.run("generate", "tour", "--out", "out", "--check")
    #expect(checked.status == 1)
    for line in ["out/dynamodb.json: missing", "out/extra.txt: not made", "out/sqs.json: differs"] {
      #expect(checked.output.contains(line), "\(checked.output)")
    }
    #expect(try console.folder.snapshot() == before)
  }

  @Test func checkOfAnAbsentDirectoryCannotBeDone() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out", "--check").status == 2)
    #expect(try console.folder.list().isEmpty)
  }

  @Test func doesNotOverwriteWhatIsNoFixture() throws {
    let console = try Console()
    try console.folder.makeDirectory("mine")
    try console.folder.write("mine/thesis.txt", "years of work")
    let before = try console.folder.snapshot()
    let refused = console.run("generate", "tour", "--out", "mine")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("--force"))
    #expect(try console.folder.snapshot() == before)
    #expect(console.run("generate", "tour", "--out", "mine", "--force").status == 0)
    #expect(try !console.folder.exists("mine/thesis.txt"))
  }

  @Test func doesNotOverwriteChangesByHand() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out").status == 0)
    try console.folder.directory.replace("out/sqs.json", with: Array("{\"queues\":{}}".utf8))
    let refused = console.run("generate", "tour", "--out", "out")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("sqs.json"))
    #expect(console.run("generate", "tour", "--out", "out", "--force").status == 0)
    #expect(console.run("validate", "out").status == 0)
  }

  @Test func doesNotOverwriteAnotherFixtureOrARun() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out").status == 0)
    #expect(console.run("generate", "shop", "--out", "out").status == 3)
    try console.folder.write("out/active", "{}")
    #expect(console.run("generate", "tour", "--out", "out").status == 3)
  }

  @Test func theLockFilePinsTheFixture() throws {
    let console = try Console()
    try console.folder.write("fixtures.lock", "")
    let spec = "fixture: a\nversion: 1\nclock: 2026-01-02T03:04:05Z\nsqs: {queues: [{name: one}]}\n"
    let changed = spec.replacing("one", with: "two")
    #expect(console.run("generate", "-", "--out", "a", input: spec).status == 0)
    #expect(try console.folder.text("fixtures.lock").contains("a 1 portable sha256:"))
    #expect(console.run("generate", "-", "--out", "a", "--check", input: spec).status == 0)
    let drifted = console.run("generate", "-", "--out", "a", "--check", input: changed)
    #expect(drifted.status == 1)
    #expect(drifted.output.contains("fixtures.lock"))
    let pinned = try console.folder.text("fixtures.lock")
    #expect(console.run("generate", "-", "--out", "a", "--locked", input: changed).status == 1)
    #expect(try console.folder.text("fixtures.lock") == pinned)
    #expect(console.run("generate", "-", "--out", "a", input: changed).status == 0)
    #expect(try console.folder.text("fixtures.lock") != pinned)
  }

  @Test func aWrongSpecNamesEveryPlace() throws {
    let console = try Console()
    let spec = "fixture: a\nversion: 1\nsqs:\n  queues:\n    - nmae: one\n    - name: two\n      delai: 3\n"
    let failed = console.run("generate", "-", "--out", "a", input: spec)
    #expect(failed.status == 2)
    #expect(failed.errors.contains("-:5:") && failed.errors.contains("-:7:"), "\(failed.errors)")
    #expect(failed.errors.contains("name") && failed.errors.contains("delay"))
    #expect(try console.folder.list().isEmpty)
  }

  @Test func anUnknownSpecNamesTheNearest() throws {
    let console = try Console()
    let failed = console.run("generate", "shopp", "--out", "a")
    #expect(failed.status == 2)
    #expect(failed.errors.contains("'shop'"))
  }

  @Test func twoItemsOfOneKeyAreAnError() throws {
    let console = try Console()
    let spec = """
      fixture: a
      version: 1
      dynamodb:
        tables:
          - name: things
            key: {hash: "pk:S"}
            items:
              - {pk: same}
              - {pk: same}
      """
    let failed = console.run("generate", "-", "--out", "a", input: spec)
    #expect(failed.status == 2)
    #expect(failed.errors.contains("things") && failed.errors.contains("S:same"), "\(failed.errors)")
    #expect(try console.folder.list().isEmpty)
  }

  @Test func jsonResult() throws {
    let console = try Console()
    let generated = console.run("generate", "tour", "--out", "out", "--format", "json")
    #expect(generated.status == 0)
    #expect(generated.output.contains("\"treeDigest\": \"sha256:"))
  }

  @Test func wrongUsage() throws {
    let console = try Console()
    #expect(console.run("generate").status == 64)
    #expect(console.run("generate", "tour", "--out", "a", "--layout", "flat").status == 64)
    #expect(console.run("generate", "tour", "--out", "a", "--check", "--force").status == 64)
    #expect(console.run("generat").status == 64)
    #expect(console.run("--help").status == 0)
    #expect(console.run("generate", "--help").output.contains("kumo-fixtures generate shop"))
  }
}
