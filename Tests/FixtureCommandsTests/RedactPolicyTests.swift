import Files
import FixtureTestSupport
import Testing

/// What the user says about secrets: `--policy` and `--gitleaks`.
@Suite struct RedactPolicyTests {
  /// One message whose body holds a number that no detector of ours knows.
  private static let spec = """
    fixture: small
    version: 1
    clock: 2026-01-02T03:04:05Z
    sqs:
      queues:
        - name: jobs
          messages:
            - body: "ticket acme_7f3k9q2m5x8r1t4w6z0b please"
    """

  private func console() throws -> Console {
    let console = try Console()
    #expect(console.run(["generate", "-", "--out", "data"], input: Self.spec).status == 0)
    #expect(console.run("redact", "check", "data").status == 0)
    return console
  }

  @Test func aPatternOfTheUserIsFoundAndReplaced() throws {
    let console = try console()
    try console.folder.write(
      "policy.yaml",
      "patterns:\n  - {id: acme-key, title: ACME key, pattern: 'acme_[0-9a-z]{20}'}\n")
    let check = console.run("redact", "check", "data", "--policy", "policy.yaml")
    #expect(check.status == 1, "\(check.errors)")
    #expect(check.output.contains("[acme-key]") && !check.output.contains("acme_7f3k"))
    let redacted = console.run("redact", "data", "--out", "clean", "--policy", "policy.yaml")
    #expect(redacted.status == 0, "\(redacted.errors)")
    let text = String(decoding: try console.folder.directory.read("clean/sqs.json", limit: 1 << 20), as: UTF8.self)
    #expect(text.contains("ticket ") && text.contains(" please") && !text.contains("7f3k9q2m5x8r1t4w6z0b"))
    #expect(console.run("validate", "clean").status == 0)
  }

  @Test func rulesOfGitleaksAreTakenAndWhatIsNotIsNamed() throws {
    let console = try console()
    try console.folder.write(
      "rules.toml",
      """
      [[rules]]
      id = "acme"
      regex = '''acme_[0-9a-z]{20}'''
      keywords = ["acme_"]

      [[rules]]
      id = "by-path"
      path = '''\\.pem$'''
      """)
    let check = console.run("redact", "check", "data", "--gitleaks", "rules.toml")
    #expect(check.status == 1, "\(check.errors)")
    #expect(check.output.contains("[acme]"))
    #expect(check.errors.contains("by-path"))
    #expect(console.run("pack", "data", "--out", "a.tar", "--gitleaks", "rules.toml").status == 1)
    #expect(console.run("pack", "data", "--out", "a.tar").status == 0)
  }

  /// A pattern that runs away would have found nobody knows what: nothing goes out, whatever the command.
  @Test func aPatternThatRunsAwayFailsAndLeavesNothing() throws {
    let console = try console()
    try console.folder.write(
      "policy.yaml", "patterns:\n  - {id: away, title: A, pattern: 'begin((?:a+)+)+(?:b|c)end'}\n")
    try console.folder.write(
      "data/notes.txt", "begin\(String(repeating: "a", count: 5000))! begin aabend beginaabend\n")
    let before = try console.folder.list()
    for line in ["redact data --out clean", "redact data --in-place", "redact data --check", "pack data --out a.tar"] {
      let outcome = console.run(line.split(separator: " ").map(String.init) + ["--policy", "policy.yaml"])
      #expect(outcome.status == 2 && outcome.errors.contains("away"), "\(line): \(outcome.errors)")
      #expect(outcome.output.isEmpty && !outcome.errors.contains("aabend"))
      #expect(try console.folder.list() == before, "\(line)")
    }
  }

  @Test func wrongPoliciesAreRefusedWithTheirLine() throws {
    let console = try console()
    try console.folder.write("policy.yaml", "keep:\n  ruls: [x]\n")
    let check = console.run("redact", "check", "data", "--policy", "policy.yaml")
    #expect(check.status != 0 && check.status != 1)
    #expect(check.errors.contains("policy.yaml:2"), "\(check.errors)")
    #expect(console.run("redact", "check", "data", "--policy", "absent.yaml").status == 2)
  }
}
