import Files
import FixtureTestSupport
import SystemPackage
import Testing

@Suite struct LayoutCommandTests {
  /// Planned, rehearsed, applied, rolled back: the data is the same all the time, and the tree is what it was.
  @Test func aLayoutIsAppliedAndTakenBack() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "data").status == 0)
    #expect(console.run("generate", "tour", "--out", "same").status == 0)
    let digest = try console.folder.read("data/manifest-sha256.txt")
    let plan = console.run("migrate", "plan", "data", "--layout", "blobs")
    #expect(plan.status == 1, "\(plan.output)\(plan.errors)")
    #expect(plan.output.contains("layout portable -> blobs"))
    #expect(plan.output.contains("next: kumo-fixtures migrate apply data --layout blobs"))
    let rehearsed = console.run("migrate", "rehearse", "data", "--layout", "blobs")
    #expect(rehearsed.status == 0, "\(rehearsed.output)\(rehearsed.errors)")
    #expect(rehearsed.output.contains("no differences"))
    #expect(try console.folder.read("data/manifest-sha256.txt") == digest)
    let applied = console.run("migrate", "slim", "data")
    #expect(applied.status == 0, "\(applied.output)\(applied.errors)")
    #expect(console.run("inspect", "data").output.contains("blobs"))
    #expect(console.run("validate", "data").status == 0)
    #expect(console.run("diff", "data", "same").status == 0)
    #expect(console.run("migrate", "plan", "data", "--layout", "blobs").status == 0)
    let inline = console.run("migrate", "apply", "data", "--layout", "inline", "--target", "v0.18.0")
    #expect(inline.status == 0, "\(inline.output)\(inline.errors)")
    #expect(inline.errors.contains("loses sqs queues{}.messages"))
    #expect(try !console.folder.exists("data/s3-objects"))
    #expect(console.run("diff", "data", "same").status == 0)
    #expect(console.run("validate", "data", "--target", "v0.18.0").status <= 1)
  }

  /// From layout to layout, and back through every stage by the snapshots.
  @Test(arguments: [["inline", "portable", "blobs"], ["blobs", "portable", "inline"]])
  func layoutsAreRolledBackExactly(_ layouts: [String]) throws {
    let console = try Console(inMemory: true)
    #expect(console.run("generate", "tour", "--out", "data", "--layout", layouts[0]).status == 0)
    var stages = [try TreeSnapshot(Directory.open(console.folder.path("data")))]
    for layout in layouts.dropFirst() {
      let applied = console.run("migrate", "apply", "data", "--layout", layout, "--target", "v0.25.3")
      #expect(applied.status == 0, "\(applied.errors)")
      stages.append(try TreeSnapshot(Directory.open(console.folder.path("data"))))
    }
    let down = console.run("migrate", "rollback", "data", "--down")
    #expect(down.status == 3 && down.errors.contains("without --down"), "\(down.errors)")
    for stage in stages.dropLast().reversed() {
      let back = console.run("migrate", "rollback", "data")
      #expect(back.status == 0, "\(back.errors)")
      #expect(try TreeSnapshot(Directory.open(console.folder.path("data"))) == stage)
    }
    #expect(console.run("verify", "data").status == 0)
  }

  /// A few accidents of each change of layout; all of them take minutes.
  @Test(arguments: [("inline", "portable"), ("portable", "blobs"), ("blobs", "portable"), ("portable", "inline")])
  func accidentsLeaveOneLayoutOrTheOther(_ from: String, _ to: String) throws {
    let console = try Console(inMemory: true)
    #expect(console.run("generate", "tour", "--out", "data", "--layout", from).status == 0)
    let before = try console.folder.snapshot()
    let report = console.run("migrate", "rehearse", "data", "--layout", to, "--chaos", "--chaos-trials", "5")
    #expect(report.status == 0, "\(report.output)\(report.errors)")
    #expect(
      report.output.contains("\n5 of ") && report.output.contains("all of them could be resumed"), "\(report.output)")
    #expect(try console.folder.snapshot() == before)
  }

  @Test func whatStandsInTheWayIsNamed() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "data", "--layout", "blobs").status == 0)
    let blobs = try Directory.open(console.folder.path("data/s3-objects"))
    for blob in try blobs.list() { try blobs.remove(blob.path) }
    #expect(console.run("adopt", "data", "--force").status == 0)
    let plan = console.run("migrate", "plan", "data", "--layout", "inline")
    #expect(plan.status == 3, "\(plan.output)\(plan.errors)")
    #expect(plan.output.contains("in a blob that is not there"))
    let before = try console.folder.read("data/s3.json")
    let applied = console.run("migrate", "apply", "data", "--layout", "inline")
    #expect(applied.status == 3, "\(applied.errors)")
    #expect(try console.folder.read("data/s3.json") == before)
    #expect(console.run("migrate", "apply", "data", "--target", "v0.18.0").status == 64)
  }
}
