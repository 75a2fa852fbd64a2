import Files
import FixtureTestSupport
import Testing

@Suite struct ValidateTests {
  @Test func theTargetDecides() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out", "--layout", "blobs").status == 0)
    #expect(console.run("validate", "out").status == 0)
    let old = console.run("validate", "out", "--target", "v0.18.0")
    #expect(old.status == 1)
    #expect(old.output.contains("[target-layout]") && old.output.contains("[sqs-restored]"))
    #expect(console.run("validate", "out", "--target", "v0.25.3").status == 0)
    #expect(console.run("validate", "out", "--target", "newest").status == 64)
  }

  /// KUMO's own directories say nothing of a layout: the objects' own is the claim.
  @Test func aDirectoryWithoutDocumentClaimsItsOwnLayout() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out", "--layout", "blobs").status == 0)
    for path in ["fixture.json", "manifest-sha256.txt"] {
      try console.folder.directory.remove(RelativePath(text: "out/\(path)"))
    }
    let report = console.run("validate", "out")
    #expect(report.status == 0, "\(report.output)")
    #expect(report.output.contains("target v0.25.3 and newer"))
  }

  @Test func aDocumentThatClaimsAnotherLayoutIsWrong() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out", "--layout", "blobs").status == 0)
    let document = try console.folder.text("out/fixture.json").replacing("\"blobs\"", with: "\"portable\"")
    try console.folder.directory.replace("out/fixture.json", with: Array(document.utf8))
    #expect(console.run("validate", "out").output.contains("[target-layout]"))
  }

  @Test func specAndVersionAreCompared() throws {
    let console = try Console()
    let spec = "fixture: a\nversion: 1\nclock: 2026-01-02T03:04:05Z\nsqs: {queues: [{name: one}]}\n"
    #expect(console.run("generate", "-", "--out", "out", input: spec).status == 0)
    #expect(console.run("validate", "out", "--spec", "-", input: spec).status == 0)
    let newer = console.run("validate", "out", "--spec", "-", input: spec.replacing("version: 1", with: "version: 2"))
    #expect(newer.status == 1)
    #expect(newer.output.contains("[fixture-version]"))
    let other = console.run("validate", "out", "--spec", "-", input: spec.replacing("one", with: "two"))
    #expect(other.output.contains("[spec-digest]"))
  }

  @Test(arguments: ["text", "json", "github", "sarif", "junit"])
  func everyFormatNamesTheFinding(_ format: String) throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out").status == 0)
    try console.folder.directory.replace("out/sqs.json", with: Array("{\"queues\":".utf8))
    let report = console.run("validate", "out", "--format", format)
    #expect(report.status == 1)
    #expect(report.output.contains("json-syntax"))
    #expect(report.output.contains("sqs.json"))
    if let python = Program(named: "python3"), format != "text", format != "github" {
      let check =
        format == "junit"
        ? "import sys,xml.dom.minidom as m; m.parse(sys.stdin)" : "import sys,json; json.load(sys.stdin)"
      let parsed = try python.run(["-c", check], input: Array(report.output.utf8))
      #expect(parsed.exitCode == 0, "\(parsed.errorText)")
    }
  }

  @Test func fixRepairsAndSaysWhat() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out").status == 0)
    try console.folder.write("out/sqs.json.tmp", "{")
    #expect(console.run("validate", "out", "--strict").status == 1)
    let fixed = console.run("validate", "out", "--fix")
    #expect(fixed.status == 0, "\(fixed.output)")
    #expect(fixed.errors.contains("fixed: sqs.json.tmp"))
    #expect(try !console.folder.exists("out/sqs.json.tmp"))
  }

  @Test func whatCannotBeReadIsNoFinding() throws {
    let console = try Console()
    #expect(console.run("validate", "absent").status == 2)
    try console.folder.write("file", "x")
    #expect(console.run("validate", "file").status == 2)
    #expect(console.run("validate").status == 64)
  }

  @Test func rulesAreListed() throws {
    let rules = try Console().run("validate", "--rules")
    #expect(rules.status == 0)
    #expect(rules.output.contains("## s3-blob-missing"))
  }

  @Test func aWrongFileDoesNotHideAnother() throws {
    let console = try Console()
    #expect(console.run("generate", "shop", "--out", "out").status == 0)
    for name in ["s3.json", "sqs.json", "dynamodb.json"] {
      try console.folder.directory.replace(RelativePath(text: "out/\(name)"), with: [0x7B])
    }
    let report = console.run("validate", "out", "--format", "json")
    for name in ["s3.json", "sqs.json", "dynamodb.json"] {
      #expect(report.output.contains("\"file\": \"\(name)\""))
    }
  }
}
