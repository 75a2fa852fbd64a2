import Files
import FixtureTestSupport
import Testing

@Suite struct InitTests {
  @Test func whatItWritesGenerates() throws {
    let console = try Console()
    let outcome = console.run("init", "--name", "orders")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "wrote fixtures/orders.yaml\nwrote fixtures.lock\nadded .kumo-data/ to .gitignore\n")
    let generated = console.run("generate", "fixtures/orders.yaml", "--out", ".kumo-data/orders")
    #expect(generated.status == 0, "\(generated.errors)")
    #expect(console.run("validate", ".kumo-data/orders", "--strict").status == 0)
    let pinned = try console.folder.directory.read("fixtures.lock", limit: 1000)
    #expect(String(decoding: pinned, as: UTF8.self).contains("orders"))
  }

  @Test func keepsWhatIsThere() throws {
    let console = try Console()
    try console.folder.write(".gitignore", "node_modules\n/.kumo-data/")
    try console.folder.write("fixtures.lock", "")
    let before = try console.folder.directory.read(".gitignore", limit: 1000)
    #expect(console.run("init", "--name", "a").output == "wrote fixtures/a.yaml\n")
    #expect(try console.folder.directory.read(".gitignore", limit: 1000) == before)
    let spec = try console.folder.directory.read("fixtures/a.yaml", limit: 10_000)
    let again = console.run("init", "--name", "a")
    #expect(again.status == 3)
    #expect(again.errors.contains("is there already"))
    #expect(try console.folder.directory.read("fixtures/a.yaml", limit: 10_000) == spec)
  }

  @Test func addsALineBehindOneWithoutNewline() throws {
    let console = try Console()
    try console.folder.write(".gitignore", "node_modules")
    #expect(console.run("init", "--name", "a").status == 0)
    let text = try console.folder.directory.read(".gitignore", limit: 1000)
    #expect(String(decoding: text, as: UTF8.self) == "node_modules\n.kumo-data/\n")
  }

  @Test func namesAfterTheFolderOrNot() throws {
    let console = try Console()
    try console.folder.makeDirectory("My Orders (old)")
    #expect(console.run("init", "My Orders (old)").output.contains("fixtures/my-orders-old.yaml"))
    for name in ["Ä", "-x", "a b", ""] {
      let outcome = console.run("init", "--name", name)
      #expect(outcome.status == 64, "\(name): \(outcome.output)\(outcome.errors)")
    }
    #expect(try console.folder.directory.status("fixtures") == nil)
  }

  /// The folder's name must be found although it is given as a dot.
  @Test func theBuiltProgramNamesAfterTheFolder() throws {
    let tool = try #require(Program.built("kumo-fixtures"))
    let folder = try TemporaryDirectory()
    try folder.makeDirectory("Billing.Service")
    let result = try tool.run(["init"], in: folder.path("Billing.Service"))
    #expect(result.exitCode == 0, "\(result.errorText)")
    #expect(result.text.contains("wrote fixtures/billing-service.yaml\n"))
  }
}
