import Files
import FixtureTestSupport
import SystemPackage
import Testing

@Suite struct CaptureCommandTests {
  /// Captures are beside the project, not in it; without them these tests have no arguments and say so by their absence.
  static let captures = Captures.dataDirectories

  @Test(arguments: captures) func validatesAdoptsAndStaysAsItWas(_ capture: FilePath) throws {
    let console = try Console()
    try console.copy(capture, as: "data")
    let validated = console.run("validate", "data")
    #expect(validated.status == 0, "\(validated.output)")
    let before = try TreeSnapshot(Directory.open(console.folder.path("data")))
    let adopted = console.run("adopt", "data", "--name", "captured", "--fixture-version", "4")
    #expect(adopted.status == 0, "\(adopted.errors)")
    var after = try TreeSnapshot(Directory.open(console.folder.path("data"))).entries
    #expect(after.removeValue(forKey: "fixture.json") != nil)
    #expect(after.removeValue(forKey: "manifest-sha256.txt") != nil)
    #expect(after == before.entries)
    #expect(console.run("validate", "data").status == 0)
    #expect(console.run("inspect", "data").output.contains("captured version 4, adopted"))
    #expect(console.run("adopt", "data").status == 3)
    #expect(console.run("adopt", "data", "--force").status == 0)
    #expect(console.run("inspect", "data").output.contains("captured version 4, adopted"))
  }

  /// One byte changed, removed or added in any file is reported after `adopt`.
  @Test(arguments: captures) func anyChangedByteIsReported(_ capture: FilePath) throws {
    let console = try Console()
    try console.copy(capture, as: "data")
    #expect(console.run("adopt", "data").status == 0)
    let directory = try Directory.open(console.folder.path("data"))
    let files = try directory.walk().filter { $0.kind == .file && $0.path != "manifest-sha256.txt" }.map(\.path)
    // All files at once: each must be named, whatever is wrong with the others.
    for (index, path) in files.enumerated() {
      let original = try directory.read(path, limit: 1 << 30)
      try directory.replace(path, with: edit(of: original, number: index))
    }
    let report = console.run("validate", "data", "--format", "json")
    #expect(report.status == 1)
    #expect(report.output.components(of: "\"manifest-changed\"") == files.count)
    try directory.remove(files[files.count / 2])
    #expect(console.run("validate", "data").output.contains("manifest-missing"))
  }

  /// One byte changed, the last one removed, or one added: three kinds in turn.
  private func edit(of bytes: [UInt8], number: Int) -> [UInt8] {
    guard !bytes.isEmpty, number % 3 != 2 else { return bytes + [0x20] }
    if number % 3 == 1 { return bytes.dropLast() }
    var changed = bytes
    changed[number * 7 % bytes.count] ^= 1
    return changed
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
