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
