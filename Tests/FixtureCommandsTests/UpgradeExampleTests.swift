import Files
import FixtureSpecs
import FixtureTestSupport
import Glibc
import Migrations
import SystemPackage
import Testing

/// The shipped example: the fixture `upgrade` from version 1 to 4, by a step in Swift, one in YAML and one that is a
/// program.
@Suite struct UpgradeExampleTests {
  private static let steps = Captures.packageRoot.pushing("fixture-specs/migrations/upgrade").string
  private static let tool = Program.built("kumo-fixtures")

  private func console() throws -> Console {
    var console = try Console(inMemory: true)
    console.steps = builtInSteps
    return console
  }

  private func digest(_ console: Console) throws -> TreeSnapshot {
    try TreeSnapshot(Directory.open(console.folder.path("data")))
  }

  @Test(arguments: ["inline", "portable", "blobs"])
  func goesThroughAllVersionsAndBack(_ layout: String) throws {
    let console = try console()
    #expect(console.run("generate", "upgrade", "--out", "data", "--layout", layout).status == 0)
    var stages = [try digest(console)]
    for version in 2...4 {
      let applied = console.run("migrate", "apply", "data", "--steps", Self.steps, "--to", "\(version)")
      #expect(applied.status == 0, "\(applied.output)\(applied.errors)")
      #expect(console.run("validate", "data", "--strict").status == 0)
      stages.append(try digest(console))
    }
    let items = try console.folder.text("data/dynamodb.json")
    #expect(items.contains(#""given-name":{"S":"Ana María"}"#) && items.contains(#""family-name":{"S":"Lopez"}"#))
    #expect(items.contains(#""currency":{"S":"EUR"}"#) && items.contains(#""price":{"N":"9.90"}"#))
    #expect(!items.contains("price-plan") && !items.contains(#""name":"#))
    let objects = try console.folder.text("data/s3.json")
    #expect(objects.contains("profiles/0001/profile.json") && !objects.contains("export/"))
    #expect(console.run("migrate", "status", "data", "--steps", Self.steps).status == 0)
    // The program has no way back, so its snapshot is restored; the others take their work back themselves.
    for (version, way) in [(3, []), (2, ["--down"]), (1, ["--down"])] {
      let back = console.run(["migrate", "rollback", "data", "--steps", Self.steps] + way)
      #expect(back.status == 0, "\(back.errors)")
      #expect(try digest(console) == stages[version - 1], "version \(version)")
    }
    let again = console.run("migrate", "apply", "data", "--steps", Self.steps)
    #expect(again.status == 0)
    #expect(try digest(console).entries["s3.json"] == stages[3].entries["s3.json"])
    let first = console.run("migrate", "rollback", "data", "--steps", Self.steps, "--to", "1")
    #expect(first.status == 0, "\(first.errors)")
    #expect(try digest(console) == stages[0])
  }

  @Test func theSumFileIsRight() throws {
    let console = try console()
    let checked = console.run("migrate", "sum", "--steps", Self.steps)
    #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
  }

  @Test func aStepThatTheSumFileDoesNotKnowIsRefused() throws {
    let console = try console()
    try console.folder.makeDirectory("steps")
    try Directory.open(FilePath(Self.steps)).copyTree(to: Directory.open(console.folder.path("steps")))
    try console.folder.write(
      "steps/0004-more.yaml",
      """
      id: 0004-more
      from: 4
      to: 5
      title: more
      fixture: upgrade
      up:
        - remove-attribute: {table: customers, name: schema}

      """)
    #expect(console.run("generate", "upgrade", "--out", "data").status == 0)
    let before = try digest(console)
    for command in ["apply", "rehearse"] {
      let refused = console.run("migrate", command, "data", "--steps", "steps")
      #expect(refused.status == 3 && refused.errors.contains("0004-more is not in it"), "\(refused.errors)")
      #expect(refused.errors.contains("migrate sum --write --steps steps"))
    }
    #expect(console.run("migrate", "status", "data", "--steps", "steps").output.contains("refused: the steps are not"))
    #expect(try digest(console) == before)
    #expect(console.run("migrate", "sum", "--steps", "steps").status == 1)
    #expect(console.run("migrate", "sum", "--steps", "steps", "--write").status == 0)
    #expect(console.run("migrate", "apply", "data", "--steps", "steps").status == 0)
  }

  @Test func aRehearsalShowsTheDifferenceByResource() throws {
    let console = try console()
    #expect(console.run("generate", "upgrade", "--out", "data").status == 0)
    let rehearsed = console.run("migrate", "rehearse", "data", "--steps", Self.steps)
    #expect(rehearsed.status == 0, "\(rehearsed.errors)")
    for words in ["customers", "customer-files", "customer-changes", "given-name"] {
      #expect(rehearsed.output.contains(words), "\(rehearsed.output)")
    }
  }

  // MARK: The built program

  @Test func killedAtAnyInstantLeavesOldOrNew() throws {
    let tool = try #require(Self.tool)
    let console = try console()
    let folder = console.folder.path
    let environment = ["SOURCE_DATE_EPOCH": "1800000000"]
    #expect(console.run("generate", "upgrade", "--out", "data").status == 0)
    let old = try digest(console)
    let apply = ["migrate", "apply", "data", "--steps", Self.steps, "--quiet"]
    var kills = 0
    for delay in [0, 60, 150, 300] {
      let running = try tool.start(apply, environment: environment, in: folder)
      usleep(UInt32(delay) * 1000)
      running.send(SIGKILL)
      kills += try running.wait().signal == SIGKILL ? 1 : 0
      let state = try digest(console)
      let version = try console.folder.text("data/fixture.json").contains("\"version\": 1,") || state == old ? 1 : 4
      if version == 1 { #expect(state == old, "after \(delay) ms") }
      #expect(console.run("verify", "data").status == 0, "after \(delay) ms")
      let resumed = try tool.run(
        ["migrate", "resume", "data", "--steps", Self.steps], environment: environment, in: folder)
      #expect(resumed.exitCode == 0, "after \(delay) ms: \(resumed.errorText)")
      #expect(try console.folder.list().allSatisfy { $0 == "data" || $0.hasSuffix("-snapshots") })
      let back = console.run("migrate", "rollback", "data", "--steps", Self.steps, "--to", "1")
      #expect(back.status == 0, "\(back.errors)")
      #expect(try digest(console) == old)
    }
    #expect(kills > 0)
  }

  @Test func ofTwoAtOnceOneWorks() throws {
    let tool = try #require(Self.tool)
    let console = try console()
    // It works until the second one has been refused.
    try console.folder.writeProgram("steps/slow.sh", "#!/bin/sh\nuntil [ -e go ]; do sleep 0.05; done\nexec cat\n")
    try console.folder.write(
      "steps/0002-slow.yaml",
      """
      id: 0002-slow
      from: 2
      to: 3
      title: slow
      fixture: upgrade
      up:
        - exec: {command: [./slow.sh], items: customers, time-limit: 10m}

      """)
    #expect(console.run("generate", "upgrade", "--out", "data").status == 0)
    let apply = ["migrate", "apply", "data", "--steps", "steps"]
    let first = try tool.start(apply, in: console.folder.path)
    #expect(try eventually { try console.folder.list().contains { $0.contains("kumo-fixtures-stage") } })
    let second = try tool.run(apply, in: console.folder.path)
    #expect(second.exitCode == 2)
    #expect(second.errorText.contains("'data' is locked by process \(first.process)"), "\(second.errorText)")
    #expect(second.errorText.contains("migrate apply data"), "\(second.errorText)")
    try console.folder.write("steps/go", "")
    let result = try first.wait()
    #expect(result.exitCode == 0, "\(result.errorText)")
    #expect(console.run("migrate", "status", "data", "--steps", "steps").status == 0)
  }
}

/// Steps in Swift on directories that real servers wrote.
@Suite struct CapturedMigrationTests {
  static let captures = Captures.dataDirectories

  @Test(arguments: captures) func appliesAndRollsBackExactly(_ capture: FilePath) throws {
    var console = try Console(inMemory: true)
    console.steps = [
      SwiftStep("1-mark", from: 1, to: 2, title: "mark items", scope: .service("dynamodb")) { view in
        for table in try view.tables() {
          try view.updateItems(in: table.name) { item in
            item["marked-by-step"] = true
            return .keep
          }
        }
      } revert: { view in
        for table in try view.tables() {
          try view.updateItems(in: table.name) { item in
            item["marked-by-step"] = nil
            return .keep
          }
        }
      },
      SwiftStep("2-tell", from: 2, to: 3, title: "count messages", scope: .nothing) { view in
        var count = 0
        for queue in try view.queues() { try view.forEachMessage(in: queue.name) { _ in count += 1 } }
        view.note("\(count) messages")
      },
    ]
    try console.copy(capture, as: "data")
    let refused = console.run("migrate", "apply", "data")
    #expect(refused.status == 3 && refused.errors.contains("adopt data --baseline"))
    #expect(console.run("adopt", "data", "--name", "captured").status == 0)
    let before = try TreeSnapshot(Directory.open(console.folder.path("data")))
    let applied = console.run("migrate", "apply", "data")
    #expect(applied.status == 0, "\(applied.errors)")
    #expect(applied.output.contains("messages"))
    let after = try TreeSnapshot(Directory.open(console.folder.path("data")))
    let changed = before.entries.keys.filter { before.entries[$0] != after.entries[$0] }.map(\.description).sorted()
    #expect(changed.allSatisfy { ["dynamodb.json", "fixture.json", "manifest-sha256.txt"].contains($0) }, "\(changed)")
    #expect(console.run("validate", "data").status == 0)
    for way in [[], ["--to", "1", "--down"]] {
      let back = console.run(["migrate", "rollback", "data"] + way)
      #expect(back.status == 0, "\(back.errors)")
    }
    #expect(try TreeSnapshot(Directory.open(console.folder.path("data"))) == before)
  }

  /// A step of each kind after a baseline, on what real servers wrote, and back through every stage.
  @Test(arguments: captures.filter { $0.lastComponent?.string == "basic" })
  func goesThroughAStepOfEachKind(_ capture: FilePath) throws {
    var console = try Console(inMemory: true)
    console.steps = [
      SwiftStep("0001-long-ago", from: 1, to: 2, title: "what the data has had for long", scope: .nothing) { _ in },
      SwiftStep("0002-mark", from: 2, to: 3, title: "mark orders", scope: .tables("orders")) { view in
        try view.updateItems(in: "orders") { item in
          item["checked"] = true
          return .keep
        }
      } revert: { view in
        try view.updateItems(in: "orders") { item in
          item["checked"] = nil
          return .keep
        }
      },
    ]
    try console.folder.write(
      "steps/0003.yaml",
      """
      id: 0003-names
      from: 3
      to: 4
      title: other names
      up:
        - rename-queue: {from: jobs-dlq, to: jobs-dead}
        - rename-attribute: {table: orders, from: checked, to: is-checked}
        - add-metadata: {bucket: receipts, prefix: tests/, metadata: {seen: "yes"}}

      """)
    try console.folder.write(
      "steps/0004.yaml",
      """
      id: 0004-words
      from: 4
      to: 5
      title: words instead of truth values
      up:
        - exec:
            command: [sed, -e, 's/"is-checked":{"BOOL":true}/"is-checked":{"S":"yes"}/']
            items: orders

      """)
    try console.copy(capture, as: "data")
    let refused = console.run("migrate", "apply", "data", "--steps", "steps")
    #expect(refused.status == 3 && refused.errors.contains("adopt data --baseline"), "\(refused.errors)")
    let adopted = console.run("adopt", "data", "--name", "captured", "--baseline", "0001-long-ago", "--steps", "steps")
    #expect(adopted.status == 0, "\(adopted.errors)")
    let data = console.folder.path("data")
    var stages = [try TreeSnapshot(Directory.open(data))]
    for version in 3...5 {
      let applied = console.run("migrate", "apply", "data", "--steps", "steps", "--to", "\(version)")
      #expect(applied.status == 0, "\(applied.errors)")
      #expect(console.run("validate", "data").status == 0)
      stages.append(try TreeSnapshot(Directory.open(data)))
    }
    #expect(try console.folder.text("data/dynamodb.json").contains(#""is-checked":{"S":"yes"}"#))
    #expect(try console.folder.text("data/sqs.json").contains("jobs-dead"))
    for (stage, way) in [(2, []), (1, ["--down"]), (0, ["--down"])] {
      let back = console.run(["migrate", "rollback", "data", "--steps", "steps"] + way)
      #expect(back.status == 0, "\(back.errors)")
      #expect(try TreeSnapshot(Directory.open(data)) == stages[stage], "stage \(stage)")
    }
  }
}
