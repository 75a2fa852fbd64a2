import Files
import FixtureTestSupport
import Glibc
import Runs
import SystemPackage
import Testing

/// A project with a KUMO, the built tool, and a word that all processes of the test carry in their command line.
struct RunScene {
  /// Whether there is anything that can be started in the place of KUMO.
  static let isPossible = RunsCommandTests.kumo != nil || Program(named: "python3") != nil

  let console: Console
  let tool: Program
  let kumo: String
  let word = "\(UInt32.random(in: 1_000_000 ... 999_999_999))"

  init() throws {
    console = try Console()
    tool = try #require(Program.built("kumo-fixtures"))
    if let name = RunsCommandTests.kumo {
      kumo = name
    } else {
      let python = try #require(Program(named: "python3"))
      let server = Captures.packageRoot.pushing("Tests/Interop/small_aws.py")
      try console.folder.writeProgram("kumo", "#!/bin/sh\nexec \(python.path) \(server) $KUMO_PORT\n")
      kumo = console.folder.path("kumo").string
    }
  }

  func start(_ script: String, _ more: [String] = []) throws -> RunningProgram {
    try tool.start(
      ["run", "--kumo", kumo, "--timeout", "120", "--run", "n1"] + more + ["--", "/bin/bash", "-c", script],
      in: console.folder.path)
  }

  /// Living processes whose command line has the word, or that work in a directory of this project.
  func processes() -> [Int32] {
    let folder = Array(console.folder.path.string.utf8)
    return ProcessTable.all().filter { process in
      guard ProcessTable.entry(process)?.isZombie == false, process != getpid() else { return false }
      let line = (try? ReadableFile.open(FilePath("/proc/\(process)/cmdline")).readAll(limit: 1 << 20)) ?? []
      if line.split(separator: 0).contains(where: { $0.elementsEqual("3\(word)".utf8) }) { return true }
      let place = ProcessTable.variable("KUMO_DATA_DIR", of: process) ?? []
      return place.starts(with: folder)
    }
  }

  /// Waits until a file of the project is there.
  func wait(for file: String) throws {
    let isThere = try eventually { try console.folder.exists(file) }
    try #require(isThere)
  }

  func noProcessStays() -> Bool { eventually { processes().isEmpty } }
}
