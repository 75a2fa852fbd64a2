import Files
import FixtureTestSupport
import Foundation
import SystemPackage
import Testing

@Suite struct RedactCommandTests {
  /// A directory with a secret by its place, one by its form and one that is only known from the first two.
  private func console() throws -> Console {
    let console = try Console()
    try console.folder.makeDirectory("data")
    try console.folder.makeDirectory("data/logs")
    try console.folder.write("data/ssm.json", Self.parameters)
    try console.folder.write("data/logs/app.log", "connecting with \(Self.parameter)\ncharging with \(Self.payment)\n")
    return console
  }

  private static let parameter = "Tq7Vn2Lx9Rw4Kd8Zb3Mf"
  /// Put together here, so that no scanner takes this file for a leak.
  private static let payment = ["sk", "live", "51Hq8Zx0PlM3nV7bC2dE9fGk"].joined(separator: "_")
  private static let parameters =
    #"{"parameters":{"/db":{"Name":"/db","Type":"SecureString","Value":"\#(parameter)","Version":1,"#
    + #""LastModifiedDate":"2026-01-02T03:04:05Z","ARN":"arn:aws:ssm:us-east-1:000000000000:parameter/db","#
    + #""DataType":"text","Tier":"Standard","Description":""}},"tags":{}}"#

  /// Everything that a command line printed, without any secret in it.
  private func expectSilence(_ outcome: CommandOutcome, _ name: String) {
    for secret in [Self.parameter, Self.payment] {
      #expect(!outcome.output.contains(secret) && !outcome.errors.contains(secret), "\(name)")
    }
  }

  @Test func redactsIntoANewDirectory() throws {
    let console = try console()
    let before = try TreeSnapshot(Directory.open(console.folder.path("data")))
    let outcome = console.run("redact", "data", "--out", "clean")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("3 secrets replaced in 2 files"))
    expectSilence(outcome, "redact")
    #expect(try TreeSnapshot(Directory.open(console.folder.path("data"))).entries == before.entries)
    let log = try console.folder.text("clean/logs/app.log")
    #expect(!log.contains(Self.parameter) && !log.contains(Self.payment))
    #expect(log.hasPrefix("connecting with REDACTED"))
    // The pseudonym is the one in the parameter.
    let pseudonym = log.split(separator: "\n")[0].split(separator: " ")[2]
    #expect(try console.folder.text("clean/ssm.json").contains(pseudonym))
    let document = try console.folder.text("clean/fixture.json")
    #expect(document.contains("\"redaction\"") && document.contains("\"payment-key\""))
    #expect(!document.contains(Self.parameter))
    #expect(console.run("validate", "clean").status == 0)
    #expect(console.run("verify", "clean").status == 0)
    #expect(console.run("redact", "check", "clean").status == 0)
    #expect(console.run("redact", "data", "--out", "clean").status == 2)
  }

  @Test func replacesADirectoryInOneStep() throws {
    let console = try console()
    let outcome = console.run("redact", "data", "--in-place", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("\"replaced\": 3"))
    #expect(!(try console.folder.text("data/ssm.json").contains(Self.parameter)))
    #expect(try console.folder.list() == ["data"])
    let again = console.run("redact", "data", "--in-place")
    #expect(again.status == 0 && again.output.contains("stays as it is"))
  }

  @Test(arguments: ["text", "json", "github", "sarif"]) func checkLocatesAndNeverShows(_ format: String) throws {
    let console = try console()
    let outcome = console.run("redact", "check", "data", "--format", format)
    #expect(outcome.status == 1)
    expectSilence(outcome, format)
    for text in ["ssm.json", "/parameters/~1db/Value", "app.log", "structure", "known-secret"] {
      #expect(outcome.output.contains(text), "\(text) is not in \(outcome.output)")
    }
    // The flag and the subcommand are one thing; under one key they print the same.
    try console.folder.write("key", "a key that is long enough to be one")
    let flag = console.run("redact", "data", "--check", "--format", format, "--key-file", "key")
    let command = console.run("redact", "check", "data", "--format", format, "--key-file", "key")
    #expect(flag.status == 1 && flag.output == command.output && flag.errors == command.errors)
    #expect(try console.folder.list() == ["data", "key"])
  }

  /// What ships holds a secret, parameters and endpoints in their places; no form of a secret may be seen in anything
  /// else.
  @Test(arguments: ["tour", "shop", "upgrade"]) func shippedFixturesHoldSecretsInTheirPlacesOnly(_ spec: String) throws
  {
    let console = try Console()
    #expect(console.run("generate", spec, "--out", "data").status == 0)
    let rules = console.run("redact", "check", "data").output.split(separator: "\n").filter { $0.hasSuffix("]") }
    #expect(rules.allSatisfy { $0.hasSuffix("[structure]") }, "\(rules)")
  }

  @Test func explainsWhatIsTakenAndWhatIsNot() throws {
    let console = try console()
    let taken = console.run("redact", "explain", "data", "ssm.json", "/parameters/~1db/Value")
    #expect(taken.status == 1 && taken.output.contains("the place holds a secret (parameter-value)"))
    expectSilence(taken, "explain")
    let kept = console.run("redact", "explain", "data", "ssm.json", "/parameters/~1db/Name")
    #expect(kept.status == 0 && kept.output.contains("not replaced"))
    #expect(console.run("redact", "explain", "data", "absent.json").status == 2)
    #expect(console.run("redact", "explain", "data", "logs").status == 2)
    #expect(console.run("redact", "explain", "data", "ssm.json", "/parameters/~1other").status == 2)
    // A key that findings show as `***` may be named as it is, and as they show it.
    let key = "AKIA" + "Q3EGRZ7NWYT2KLMV"
    let text = #"{"accessKeys":{"ci":{"\#(key)":{"AccessKeyID":"\#(key)","SecretAccessKey":"x1"}}}}"#
    try console.folder.write("data/iam.json", text)
    for name in [key, "***"] {
      let place = "/accessKeys/ci/\(name)/SecretAccessKey"
      let outcome = console.run("redact", "explain", "data", "iam.json", place)
      #expect(outcome.status == 1 && outcome.output.contains("replaced: at /accessKeys/ci/***/SecretAccessKey"))
      #expect(!outcome.output.contains(key))
    }
  }

  @Test func baselineAcceptsWhatIsKnownUnderItsKey() throws {
    let console = try console()
    try console.folder.write("key", "a key that is long enough to be one")
    try console.folder.write("other", "another key that is long enough too")
    #expect(console.run("redact", "check", "data", "--write-baseline", "known").status == 64)
    let written = console.run("redact", "check", "data", "--key-file", "key", "--write-baseline", "known")
    #expect(written.status == 0, "\(written.errors)")
    #expect(!(try console.folder.text("known").contains(Self.parameter)))
    #expect(console.run("redact", "check", "data", "--key-file", "key", "--baseline", "known").status == 0)
    #expect(console.run("pack", "data", "--out", "known.tar", "--key-file", "key", "--baseline", "known").status == 0)
    #expect(console.run("redact", "check", "data", "--key-file", "other", "--baseline", "known").status == 2)
    try console.folder.write("data/new.txt", "and \(Self.payment.replacingOccurrences(of: "51Hq", with: "77Wz"))\n")
    #expect(console.run("pack", "data", "--out", "new.tar", "--key-file", "key", "--baseline", "known").status == 1)
    let outcome = console.run("redact", "data", "--check", "--key-file", "key", "--baseline", "known")
    #expect(outcome.status == 1 && outcome.output.contains("new.txt"))
    #expect(outcome.output.contains("3 accepted"))
    // The same key gives the same pseudonyms.
    #expect(console.run("redact", "data", "--out", "one", "--key-file", "key").status == 0)
    #expect(console.run("redact", "data", "--out", "two", "--key-file", "key").status == 0)
    let (one, two) = (console.folder.path("one"), console.folder.path("two"))
    #expect(try TreeSnapshot(Directory.open(one)).entries == TreeSnapshot(Directory.open(two)).entries)
  }

  @Test func packRefusesUnlessToldWhatToDo() throws {
    let console = try console()
    let refused = console.run("pack", "data", "--out", "a.tar.zst")
    #expect(refused.status == 1)
    #expect(refused.errors.contains("3 secrets in 'data'") && refused.errors.contains("--redact"))
    expectSilence(refused, "pack")
    #expect(try console.folder.list() == ["data"])
    let before = try TreeSnapshot(Directory.open(console.folder.path("data")))
    let redacted = console.run("pack", "data", "--out", "a.tar.zst", "--redact")
    #expect(redacted.status == 0, "\(redacted.errors)")
    expectSilence(redacted, "pack --redact")
    #expect(try TreeSnapshot(Directory.open(console.folder.path("data"))).entries == before.entries)
    #expect(try console.folder.list() == ["a.tar.zst", "data"])
    #expect(console.run("redact", "check", "a.tar.zst").status == 0)
    #expect(console.run("unpack", "a.tar.zst", "back").status == 0)
    #expect(!(try console.folder.text("back/logs/app.log").contains(Self.payment)))
    #expect(console.run("pack", "data", "--out", "b.tar.zst", "--allow-secrets").status == 0)
    let inside = console.run("redact", "check", "b.tar.zst")
    #expect(inside.status == 1)
    expectSilence(inside, "check of an artifact")
    #expect(console.run("redact", "b.tar.zst", "--out", "opened").status == 0)
    #expect(console.run("redact", "b.tar.zst", "--in-place").status == 64)
    // A part without secrets may go.
    try console.folder.write("data/notes.txt", "nothing to see\n")
    #expect(console.run("pack", "data", "--out", "c.tar.zst", "--include", "notes.txt").status == 0)
  }

  @Test func doubtFailsAndLeavesNothing() throws {
    let console = try console()
    try console.folder.write("data/secretsmanager.json", #"{"secrets":{"#)
    let outcome = console.run("redact", "data", "--out", "clean")
    #expect(outcome.status == 2 && outcome.errors.contains("'secretsmanager.json' is not valid JSON"))
    expectSilence(outcome, "unreadable")
    #expect(try console.folder.list() == ["data"])
    let refused = console.run("pack", "data", "--out", "a.tar.zst")
    #expect(refused.status == 2 && refused.errors.contains("--exclude"))
    #expect(try console.folder.list() == ["data"])
    let rest = ["--exclude", "secretsmanager.json", "--redact"]
    #expect(console.run(["pack", "data", "--out", "a.tar.zst"] + rest).status == 0)
  }

  @Test func leftoversOfACrashAreLeftOut() throws {
    let console = try console()
    try console.folder.write("data/secretsmanager.json.tmp", #"{"secrets":{"n":{"SecretString":"\#(Self.parameter)"#)
    #expect(console.run("redact", "check", "data").output.contains("secretsmanager.json.tmp"))
    let outcome = console.run("redact", "data", "--out", "clean")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("secretsmanager.json.tmp: left out"))
    #expect(!(try console.folder.exists("clean/secretsmanager.json.tmp")))
  }

  @Test func directoriesInUseAreRefused() throws {
    let console = try console()
    try console.folder.write("data/active", "{}")
    #expect(console.run("redact", "data", "--out", "clean").status == 3)
    #expect(console.run("redact", "data", "--in-place").status == 3)
    #expect(try console.folder.list() == ["data"])
    let lock = try DirectoryLock.acquire(console.folder.path("data"))
    #expect(console.run("redact", "data", "--in-place").status == 2)
    withExtendedLifetime(lock) {}
  }

  @Test func wrongUsageIsSaid() throws {
    let console = try console()
    for arguments in [
      ["redact", "data"], ["redact", "data", "--out", "x", "--in-place"], ["redact", "data", "--check", "--in-place"],
      ["redact", "data", "--check", "--baseline", "known"], ["redact", "data", "--out", "x", "--baseline", "known"],
      ["redact", "data", "--out", "x", "--format", "sarif"],
      ["pack", "data", "--out", "a.tar", "--baseline", "known"],
      ["pack", "data", "--out", "a.tar", "--redact", "--allow-secrets"],
      ["pack", "data", "--out", "a.tar", "--allow-secrets", "--personal"],
    ] { #expect(console.run(arguments).status == 64, "\(arguments)") }
    try console.folder.write("short", "tiny")
    #expect(console.run("redact", "check", "data", "--key-file", "short").status == 2)
  }
}
