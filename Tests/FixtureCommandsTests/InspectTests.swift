import Files
import FixtureTestSupport
import SystemPackage
import Testing

@Suite struct InspectTests {
  @Test func showsWhatTheSpecSays() throws {
    let console = try Console()
    #expect(console.run("generate", "shop", "--out", "out").status == 0)
    let text = console.run("inspect", "out")
    #expect(text.status == 0)
    for part in ["fixture   shop version 3, generated", "layout    portable", "shop-orders", "shop-events"] {
      #expect(text.output.contains(part), "\(text.output)")
    }
    let json = console.run("inspect", "out", "--format", "json")
    #expect(json.output.contains("\"treeDigest\": \"sha256:"))
  }

  @Test func brokenFilesAreListedAndHideNothing() throws {
    let console = try Console()
    #expect(console.run("generate", "tour", "--out", "out").status == 0)
    try console.folder.directory.replace("out/sqs.json", with: Array("{".utf8))
    try console.folder.directory.replace("out/fixture.json", with: Array("{}".utf8))
    let text = console.run("inspect", "out")
    #expect(text.status == 1)
    #expect(text.output.contains("sqs.json: ") && text.output.contains("fixture.json: "))
    #expect(text.output.contains("tour-items"))
  }

  @Test(arguments: Captures.dataDirectories) func capturesAreShown(_ capture: FilePath) throws {
    let console = try Console()
    try console.copy(capture, as: "data")
    let shown = console.run("inspect", "data")
    #expect(shown.status == 0)
    #expect(shown.output.contains("fixture   none"))
  }
}
